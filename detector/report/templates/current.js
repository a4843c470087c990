// The current finding: its box is lit, its clauses stand beside it, keys start from it.
let current = null;
const beside = byId("beside");

/** Make a card the current one; `move` also brings it into the window and focuses it. */
function choose(card, move = false) {
  if (card !== current) {
    light(current, false);
    current = card;
    light(card, true);
    showClauses(card);
    showPage(card);
  }
  if (!move) return;
  bring(card);
  card.element.focus({ preventScroll: true });
}

/**
 * Bring a card to the top of the window. What lies off the window has no height of its own until
 * it comes near, and then moves what follows: so it is brought there again while that goes on.
 */
function bring(card, frames = 4) {
  card.element.scrollIntoView({ block: "start" });
  if (frames) requestAnimationFrame(() => { if (card === current) bring(card, frames - 1); });
}

function light(card, on) {
  if (!card) return;
  if (on) card.element.setAttribute("aria-current", "true");
  else card.element.removeAttribute("aria-current");
  for (const box of boxes.get(card.number) ?? []) box.classList.toggle("lit", on);
}

/** Go to a finding wherever it is; a filter that hides it is cleared. */
function goTo(number) {
  const card = cardNumbered.get(number);
  if (!card) return;
  if (!card.shown) {
    form.reset();
    for (const box of controls.outcome) box.checked = true;
    apply();
  }
  choose(card, true);
}

/** Go to the next shown finding, or with -1 to the one before. */
function step(by) {
  const from = current ? cards.indexOf(current) : by > 0 ? -1 : cards.length;
  for (let at = from + by; at >= 0 && at < cards.length; at += by) {
    if (cards[at].shown) return choose(cards[at], true);
  }
}

/** Put the clauses of a card into the column, its own term marked in what they list. */
function showClauses(card) {
  const term = card.element.querySelector(".term").textContent;
  const texts = card.values.clause.filter(Boolean).map((key) => {
    const text = byId(`clause-${key}`).cloneNode(true);
    text.removeAttribute("id");
    for (const listed of text.querySelectorAll(".listed")) {
      listed.classList.toggle("own", listed.textContent === term);
    }
    return text;
  });
  byId("beside-clauses").replaceChildren(...texts);
  byId("beside-clauses").scrollTop = 0;
  byId("beside-number").textContent = `${card.number} ${term}`;
}

/** Scroll the column of pages to the one that the card has a box on. */
function showPage(card) {
  const box = (boxes.get(card.number) ?? []).find((one) => one.closest(".page"));
  const page = box?.closest(".page");
  const column = page?.parentElement;
  if (!column || column.scrollHeight <= column.clientHeight) return;
  column.scrollTop = page.offsetTop - column.offsetTop;
}

/** Once the current finding has left the window, the one at its top becomes the current one. */
function follow() {
  const shape = current?.shown ? current.element.getBoundingClientRect() : null;
  if (shape && shape.bottom > bar.height + 50 && shape.top < window.innerHeight - 50) return;
  const list = byId("findings").getBoundingClientRect();
  const found = [100, 250, 400, 550]
    .map((y) => document.elementFromPoint(list.right - 30, bar.height + y)?.closest(".finding"))
    .find(Boolean);
  if (found) choose(cardOf.get(found));
}

function measureBar() {
  bar.height = getComputedStyle(form).position === "sticky" ? form.offsetHeight : 0;
  document.documentElement.style.setProperty("--bar", `${bar.height}px`);
}
