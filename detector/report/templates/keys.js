// Keys and clicks of the page itself; last, since it starts what the other files declare.
const help = byId("keys");
const searchBox = byId("search");

function openPage(card) {
  const box = (boxes.get(card.number) ?? []).find((one) => one.closest(".page"));
  if (box) openViewer(box.closest(".page"), card.number);
}

function showFilter() {
  openChoices(true);
  controls.outcome[0].focus();
}

function showKeys() {
  help.showModal();
  help.querySelector(".close").focus();
}

function openChoices(open) {
  byId("more").setAttribute("aria-expanded", String(open));
  form.classList.toggle("open", open);
  measureBar();
}

function goBack(event) {
  if (event.target === searchBox && searchBox.value) {
    searchBox.value = "";
    apply();
  } else if (form.contains(event.target)) {
    openChoices(false);
    (current?.shown ? current.element : byId("findings")).focus({ preventScroll: true });
  }
}

const PAGE_KEYS = {
  j: () => step(1), k: () => step(-1), ArrowRight: () => step(1), ArrowLeft: () => step(-1),
  "/": () => searchBox.focus(), f: showFilter, "?": showKeys,
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return goBack(event);
  const onCard = event.target === document.body || event.target.matches(".finding");
  if (event.key === "Enter" && onCard && current) return openPage(current);
  const typing = event.target.matches("input:not([type=checkbox]), select");
  const sideways = event.key.startsWith("Arrow") && event.target.closest(".strip, .scroll, #beside");
  const deed = PAGE_KEYS[event.key];
  if (!deed || typing || sideways || !byId("keys-on").checked) return;
  event.preventDefault();
  deed();
}

function clicked(event) {
  const on = (selector) => event.target.closest(selector);
  const page = on(".page");
  const card = cardOf.get(on(".finding"));
  if (on(".only")) {
    only(on(".only").dataset.group, on(".only").dataset.value);
    form.scrollIntoView();
  } else if (page && on(".box")) {
    event.preventDefault();
    goTo(on(".box").dataset.finding);
  } else if (page && on(".zoom")) {
    openViewer(page);
  } else if (card) {
    if (on(".number")) event.preventDefault();
    choose(card);
    if (on(".show-page")) openPage(card);
  }
}

if (form) {
  form.hidden = beside.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  document.addEventListener("focusin", (event) => {
    const card = cardOf.get(event.target.closest(".finding"));
    if (card) choose(card);
  });
  byId("clear").addEventListener("click", clearFilter);
  byId("more").addEventListener("click", () => openChoices(!form.classList.contains("open")));
  byId("show-keys").addEventListener("click", showKeys);
  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("unfold").addEventListener("click", (event) => {
    const open = beside.classList.toggle("open");
    event.currentTarget.setAttribute("aria-expanded", String(open));
    event.currentTarget.textContent = open ? "收起" : "看条款";
  });
  help.querySelector(".close").addEventListener("click", () => help.close());
  window.addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
  window.addEventListener("resize", measureBar);
  window.addEventListener("hashchange", () => goTo(location.hash.replace("#finding-", "")));
  apply();
  measureBar();
  const first = cards.find((card) => card.shown) ?? cards[0];
  if (first) choose(first);
  if (location.hash) goTo(location.hash.replace("#finding-", ""));
  readAhead();
}
