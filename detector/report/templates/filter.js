// The filter: which findings are shown, how many each choice would show, and what was asked for.
const GROUPS = ["outcome", "severity", "clause", "kind", "institution", "file"];
const controls = Object.fromEntries(
  GROUPS.map((group) => [group, Array.from(form?.querySelectorAll(`[data-group="${group}"]`) ?? [])]),
);
const counted = Array.from(form?.querySelectorAll("[data-counted]") ?? []);
const bars = Array.from(document.querySelectorAll(".only"));
for (const select of counted) {
  for (const option of select.options) option.dataset.label = option.textContent;
}

/** Return for each group the values asked for; null where all are. */
function readChoice() {
  return Object.fromEntries(
    GROUPS.map((group) => {
      const [first, ...others] = controls[group];
      if (first.matches("select")) return [group, first.value ? new Set([first.value]) : null];
      const ticked = [first, ...others].filter((box) => box.checked);
      return [group, new Set(ticked.map((box) => box.value))];
    }),
  );
}

function apply() {
  const choice = readChoice();
  const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const asked = GROUPS.filter((group) => choice[group]);
  const counts = new Map();
  for (const block of blocks) block.count = 0;
  let shown = 0;
  for (const card of cards) {
    const found = words.every((word) => textOf(card).includes(word));
    const failed = asked.filter((group) => !card.values[group].some((one) => choice[group].has(one)));
    if (found) tally(counts, card, failed);
    showCard(card, found && failed.length === 0);
    if (card.shown) shown += 1;
  }
  // A page of thousands is fast because whole blocks go, and nothing is written that stays as it is.
  for (const block of blocks) {
    toggle(block, block.count > 0);
    for (const thumbnail of block.thumbnails) thumbnail.parentElement.hidden = !block.shown;
  }
  showCounts(counts);
  tellState(shown, choice, words);
  return shown;
}

/** A group's counts say what its options would show while the other groups stay as they are. */
function tally(counts, card, failed) {
  for (const group of failed.length ? failed : GROUPS) {
    if (failed.length > 1) return;
    for (const value of card.values[group]) {
      const key = `${group}:${value}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
}

function showCard(card, show) {
  if (show) for (const block of card.within) block.count += 1;
  if (card.shown === show) return;
  toggle(card, show);
  for (const box of boxes.get(card.number) ?? []) box.toggleAttribute("hidden", !show);
}

function toggle(thing, show) {
  if (thing.shown !== show) thing.element.hidden = !show;
  thing.shown = show;
}

function showCounts(counts) {
  for (const output of form.querySelectorAll("output")) {
    output.textContent = String(counts.get(output.dataset.count) ?? 0);
  }
  for (const select of counted) {
    for (const option of select.options) {
      const count = counts.get(`${select.dataset.group}:${option.value}`) ?? 0;
      option.textContent = option.value ? `${option.dataset.label}（${count}）` : option.dataset.label;
    }
  }
}

function tellState(shown, choice, words) {
  byId("nothing").hidden = shown > 0;
  byId("state").textContent = `显示 ${shown} 处，共 ${cards.length} 处`;
  byId("applied").textContent = `筛选：${describe(choice, words)}。显示 ${shown} 处，共 ${cards.length} 处。`;
  for (const button of bars) {
    const chosen = choice[button.dataset.group];
    const alone = chosen?.size === 1 && chosen.has(button.dataset.value);
    button.setAttribute("aria-pressed", String(alone));
  }
}

/** Return in words what was asked for, for the printed page. */
function describe(choice, words) {
  const parts = GROUPS.filter((group) => choice[group]).map((group) => {
    const names = controls[group].flatMap((control) =>
      control.matches("select")
        ? [control.selectedOptions[0].dataset.label ?? control.selectedOptions[0].textContent]
        : control.checked ? [control.nextElementSibling.textContent] : [],
    );
    const title = controls[group][0].closest("fieldset, .pick").firstElementChild.textContent;
    return `${title} ${names.join("、") || "无"}`;
  });
  if (words.length) parts.push(`查找“${words.join(" ")}”`);
  return parts.join("；");
}

/** Show one value of a group alone; all of the group again where it was alone already. */
function only(group, value) {
  const [first] = controls[group];
  const chosen = readChoice()[group];
  const alone = chosen?.size === 1 && chosen.has(value);
  if (first.matches("select")) first.value = alone ? "" : value;
  else for (const box of controls[group]) box.checked = alone || box.value === value;
  // A bar may hold nothing but dismissed findings; then those are what was meant.
  if (!apply()) {
    for (const box of controls.outcome) box.checked = true;
    apply();
  }
}

function clearFilter() {
  form.reset();
  apply();
}
