// Which keys go to the picture. SDL keeps every key that reaches the canvas from the browser, so
// only those that Softmask uses may get there.

const TYPED = new Set("[]rmodxte123456?.,zvwgGcasulpnb+=-ikfqy");
const NAMED = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);
// A lesson's way on and back, which presenters' buttons send; otherwise they scroll the page.
const PAGES = new Set(["PageUp", "PageDown"]);
const OTHERS = new Set([" ", "Enter", "Escape", "Shift", "Control", "Meta"]);
const WITH_CONTROL = new Set(["z", "y"]);

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLElement} around an element that holds the canvas
 * @param {(character: number) => void} type takes a typed character's code point
 * @param {() => boolean} inLesson
 * @param {AbortSignal} signal
 */
export function listenToKeys(canvas, around, type, inLesson, signal) {
  /** @param {KeyboardEvent} event */
  const sort = (event) => {
    if (event.target !== canvas) return;
    const { key } = event;
    const graph = event.getModifierState("AltGraph");
    const control = (event.ctrlKey || event.metaKey) && !graph;
    if (control && key !== "Control" && key !== "Meta" && key !== "Shift") {
      if (!WITH_CONTROL.has(key.toLowerCase())) event.stopPropagation();
      return;
    }
    if (TYPED.has(key) && (!event.altKey || graph)) {
      event.stopPropagation();
      if (event.type !== "keydown") return;
      event.preventDefault();
      type(/** @type {number} */ (key.codePointAt(0)));
    } else if (PAGES.has(key) && !event.altKey && inLesson()) {
      return;
    } else if (event.altKey || !(NAMED.has(key) || OTHERS.has(key))) {
      event.stopPropagation();
    }
  };
  for (const kind of ["keydown", "keyup", "keypress"]) {
    around.addEventListener(kind, /** @type {EventListener} */ (sort), { capture: true, signal });
  }
}
