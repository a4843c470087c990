(() => {
  "use strict";
  const form = document.getElementById("filter");
  const cards = Array.from(document.querySelectorAll(".finding"), (element) => ({
    element,
    values: {
      outcome: [element.dataset.outcome],
      severity: [element.dataset.severity],
      kind: [element.dataset.kind],
      file: [element.dataset.file],
      clause: element.dataset.clause.split(" "),
    },
    text: null,
  }));
  const sections = Array.from(document.querySelectorAll(".file"));
  const groups = ["outcome", "severity", "kind", "file", "clause"];

  /** Return for each group the values asked for; null where all are. */
  function readChoice() {
    const choice = {};
    for (const group of groups) {
      const select = form.querySelector(`select[data-group="${group}"]`);
      const boxes = form.querySelectorAll(`input[data-group="${group}"]:checked`);
      choice[group] = select
        ? select.value && new Set([select.value])
        : new Set(Array.from(boxes, (box) => box.value));
    }
    return choice;
  }

  function holds(card, words) {
    card.text ??= card.element.textContent.toLowerCase();
    return words.every((word) => card.text.includes(word));
  }

  /** A group's counts say what its options would show while the other groups stay as they are. */
  function tally(counts, card, failed) {
    for (const group of groups) {
      if (failed.length > 1 || (failed.length === 1 && failed[0] !== group)) continue;
      for (const value of card.values[group]) {
        const key = `${group}:${value}`;
        counts.set(key, (counts.get(key) || 0) + 1);
      }
    }
  }

  function apply() {
    const choice = readChoice();
    const words = document.getElementById("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = new Map();
    const files = new Map();
    let visible = 0;
    for (const card of cards) {
      const found = holds(card, words);
      const failed = groups.filter(
        (group) => choice[group] && !card.values[group].some((value) => choice[group].has(value)),
      );
      if (found) tally(counts, card, failed);
      const show = found && failed.length === 0;
      card.element.hidden = !show;
      if (show) {
        visible += 1;
        files.set(card.element.dataset.file, true);
      }
    }
    for (const section of sections) section.hidden = !files.has(section.dataset.file);
    showCounts(counts);
    document.getElementById("nothing").hidden = visible > 0;
    document.getElementById("state").textContent = `显示 ${visible} 处，共 ${cards.length} 处`;
  }

  function showCounts(counts) {
    for (const output of form.querySelectorAll("output")) {
      output.textContent = String(counts.get(output.dataset.count) || 0);
    }
    for (const select of form.querySelectorAll("select")) {
      for (const option of select.options) {
        option.dataset.label ??= option.textContent;
        const count = counts.get(`${select.dataset.group}:${option.value}`) || 0;
        option.textContent = option.value ? `${option.dataset.label}（${count}）` : option.dataset.label;
      }
    }
  }

  function openViewer(picture) {
    const viewer = document.getElementById("viewer");
    viewer.querySelector("img").src = picture.src;
    viewer.showModal();
  }

  document.addEventListener("click", (event) => {
    const jump = event.target.closest(".jump");
    const zoom = event.target.closest(".zoom");
    if (jump) {
      document.getElementById("clause").value = jump.dataset.clause;
      apply();
      form.scrollIntoView();
      document.getElementById("clause").focus({ preventScroll: true });
    } else if (zoom) {
      openViewer(zoom.querySelector("img"));
    } else if (event.target.closest("#viewer")) {
      document.getElementById("viewer").close();
    }
  });

  if (form) {
    form.hidden = false;
    form.addEventListener("input", apply);
    document.getElementById("clear").addEventListener("click", () => {
      form.reset();
      apply();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && !event.target.matches("input, select")) {
        event.preventDefault();
        document.getElementById("search").focus();
      }
    });
    apply();
  }
})();
