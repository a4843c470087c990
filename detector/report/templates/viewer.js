// The viewer: a page enlarged, with the same boxes; wheel, pinch, buttons and keys zoom it.
const viewer = byId("viewer");
const stage = viewer.querySelector(".stage");
const sheet = stage.querySelector(".sheet");
const view = { page: null, number: null, zoom: 1, width: 1, height: 1 };
const MOST = 6; // times the picture's own size
const STEP = 1.25;
const TAG = 22; // pixels of a number's tag, whatever the zoom

/** Open a page, at a finding's box where one is named. */
function openViewer(page, number = null) {
  const image = page.querySelector("img");
  view.page = page;
  view.width = Number(image.getAttribute("width"));
  view.height = Number(image.getAttribute("height"));
  const large = sheet.querySelector("img");
  large.src = image.src;
  large.alt = image.alt;
  sheet.querySelector(".boxes")?.remove();
  sheet.append(page.querySelector(".boxes").cloneNode(true));
  byId("viewer-title").textContent = page.dataset.title;
  if (!viewer.open) viewer.showModal();
  view.number = null;
  tell(null);
  fit();
  if (number) reveal(number);
  stage.focus();
}

function fit() {
  setZoom(Math.min(stage.clientWidth / view.width, stage.clientHeight / view.height));
}

/** Zoom so that the point of the window at (x, y), the middle if not given, stays where it is. */
function setZoom(zoom, x = null, y = null) {
  const frame = stage.getBoundingClientRect();
  const at = { x: x ?? frame.left + frame.width / 2, y: y ?? frame.top + frame.height / 2 };
  const before = sheet.getBoundingClientRect();
  const part = { x: (at.x - before.left) / before.width, y: (at.y - before.top) / before.height };
  const smallest = Math.min(stage.clientWidth / view.width, stage.clientHeight / view.height, 1);
  view.zoom = Math.min(MOST, Math.max(smallest, zoom));
  sheet.style.width = `${view.width * view.zoom}px`;
  sheet.style.height = `${view.height * view.zoom}px`;
  const tag = sheet.querySelector(".tag rect");
  if (tag) sheet.style.setProperty("--tag", TAG / (tag.getAttribute("height") * view.zoom));
  const after = sheet.getBoundingClientRect();
  stage.scrollLeft += after.left + part.x * after.width - at.x;
  stage.scrollTop += after.top + part.y * after.height - at.y;
  byId("zoom-level").textContent = `${Math.round(view.zoom * 100)}%`;
}

function pan(across, down) {
  stage.scrollBy(across * stage.clientWidth * 0.2, down * stage.clientHeight * 0.2);
}

/** Bring a finding's box into the middle, large enough to read, and tell what it is. */
function reveal(number) {
  const box = sheet.querySelector(`.box[data-finding="${number}"]`);
  if (!box) return;
  const shape = box.querySelector(".edge").getBBox();
  setZoom(Math.min(Math.max(view.zoom, (stage.clientWidth * 0.45) / shape.width), 1.2));
  const middle = { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
  stage.scrollLeft = middle.x * view.zoom - stage.clientWidth / 2;
  stage.scrollTop = middle.y * view.zoom - stage.clientHeight / 2;
  pick(number);
}

/** Make a box's finding the current one, here and in the list behind. */
function pick(number) {
  const card = cardNumbered.get(number);
  view.number = number;
  for (const box of sheet.querySelectorAll(".box")) {
    box.classList.toggle("lit", box.dataset.finding === number);
  }
  choose(card);
  bring(card);
  tell(card);
}

function tell(card) {
  const chips = card ? Array.from(card.element.querySelectorAll(".chip"), (chip) => chip.textContent) : [];
  const term = card?.element.querySelector(".term").textContent;
  byId("told-title").textContent = card
    ? `${card.number}　${term}　${chips.join(" · ")}`
    : "点一个方框，或按 n 到下一处";
  byId("told-excerpt").textContent = card?.element.querySelector("blockquote").textContent ?? "";
  viewer.querySelector('[data-do="back"]').hidden = !card;
}

/** Go to the next shown box, or with -1 to the one before, over to other pages. */
function stepBox(by) {
  const shown = Array.from(document.querySelectorAll(".page .box:not([hidden])"))
    .filter((box) => cardNumbered.get(box.dataset.finding).shown)
    .map((box) => ({ page: box.closest(".page"), number: box.dataset.finding }));
  const here = shown.findIndex((one) => one.page === view.page && one.number === view.number);
  const first = shown.findIndex((one) => one.page === view.page);
  const next = shown[here < 0 ? first : here + by];
  if (!next) return;
  if (next.page === view.page) reveal(next.number);
  else openViewer(next.page, next.number);
}

const DEEDS = {
  in: () => setZoom(view.zoom * STEP),
  out: () => setZoom(view.zoom / STEP),
  fit,
  next: () => stepBox(1),
  previous: () => stepBox(-1),
  close: () => viewer.close(),
  back: () => viewer.close(),
};
const KEYS = {
  "+": DEEDS.in, "=": DEEDS.in, "-": DEEDS.out, 0: fit, n: DEEDS.next, p: DEEDS.previous,
  ArrowLeft: () => pan(-1, 0), ArrowRight: () => pan(1, 0), ArrowUp: () => pan(0, -1), ArrowDown: () => pan(0, 1),
};

viewer.addEventListener("close", () => {
  const card = cardNumbered.get(view.number);
  if (card) choose(card, true);
  else view.page.querySelector(".zoom").focus();
});
viewer.addEventListener("keydown", (event) => {
  const deed = KEYS[event.key];
  if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  deed();
});
viewer.addEventListener("click", (event) => {
  const box = event.target.closest(".box");
  const button = event.target.closest("[data-do]");
  if (box) event.preventDefault();
  if (box && !drag.moved) pick(box.dataset.finding);
  if (button) DEEDS[button.dataset.do]();
  if (event.target === viewer) viewer.close();
});
stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  setZoom(view.zoom * Math.exp(-event.deltaY * 0.002), event.clientX, event.clientY);
}, { passive: false });

// A mouse drags the page; fingers scroll it by themselves, two of them zoom it.
const drag = { x: 0, y: 0, on: false, moved: false };
stage.addEventListener("pointerdown", (event) => {
  Object.assign(drag, { x: event.clientX, y: event.clientY, on: event.pointerType === "mouse", moved: false });
});
window.addEventListener("pointermove", (event) => {
  if (!drag.on || !event.buttons) return;
  if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
  stage.scrollBy(drag.x - event.clientX, drag.y - event.clientY);
  Object.assign(drag, { x: event.clientX, y: event.clientY, moved: true });
});
window.addEventListener("pointerup", () => { drag.on = false; });
stage.addEventListener("dragstart", (event) => event.preventDefault());

const pinch = { apart: 0, zoom: 1 };
const fingers = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
stage.addEventListener("touchstart", (event) => {
  if (event.touches.length === 2) Object.assign(pinch, { apart: fingers(event.touches), zoom: view.zoom });
}, { passive: true });
stage.addEventListener("touchmove", (event) => {
  if (event.touches.length !== 2) return;
  event.preventDefault();
  const [one, other] = event.touches;
  const middle = { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 };
  setZoom((pinch.zoom * fingers(event.touches)) / pinch.apart, middle.x, middle.y);
}, { passive: false });
