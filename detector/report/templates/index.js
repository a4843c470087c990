// What the page holds, read once: cards of findings, the blocks they stand in, boxes on pages.
const byId = (id) => document.getElementById(id);
const form = byId("filter");
const bar = { height: 0 };

const blocks = [];
const thumbnails = Array.from(document.querySelectorAll(".thumbnail"));
const cards = Array.from(document.querySelectorAll(".file")).flatMap(readSection);
const cardOf = new Map(cards.map((card) => [card.element, card]));
const cardNumbered = new Map(cards.map((card) => [card.number, card]));
const boxes = new Map();
for (const box of document.querySelectorAll(".box")) {
  const number = box.dataset.finding;
  boxes.set(number, [...(boxes.get(number) ?? []), box]);
}

function readSection(element) {
  const { file, kind, institution } = element.dataset;
  const section = addBlock(element);
  section.thumbnails = thumbnails.filter((one) => one.dataset.file === file);
  const shared = { file: [file], kind: [kind], institution: institution.split(" ") };
  return Array.from(element.querySelectorAll(".run")).flatMap((run) => {
    const within = [section, addBlock(run)];
    return Array.from(run.children, (card) => readCard(card, within, shared));
  });
}

function addBlock(element) {
  const block = { element, count: 0, shown: true, thumbnails: [] };
  blocks.push(block);
  return block;
}

function readCard(element, within, shared) {
  const { outcome, severity, clause } = element.dataset;
  return {
    element,
    within,
    number: element.id.replace("finding-", ""),
    values: { ...shared, outcome: [outcome], severity: [severity], clause: clause.split(" ") },
    shown: !element.hidden,
    text: null,
  };
}

/** Return what a search looks through: the card, and the name of its source. */
function textOf(card) {
  card.text ??= `${card.within[0].element.querySelector("h2").textContent} ${card.element.textContent}`.toLowerCase();
  return card.text;
}

/** Read the texts of all cards while nobody waits for it. */
function readAhead(from = 0) {
  const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 50));
  for (const card of cards.slice(from, from + 250)) textOf(card);
  if (from < cards.length) idle(() => readAhead(from + 250));
}
