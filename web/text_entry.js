// A real text field over the canvas, where something has to be typed: it brings the phone's
// keyboard, input methods and paste, which a canvas has not.

/** @type {Record<string, string>} */
const INPUT_MODES = {
  seed: "numeric",
  rows: "numeric",
  cols: "numeric",
  mask: "numeric",
  temperature: "decimal",
  // Phones' number pads have no minus sign.
  fill: "text",
};

/**
 * @typedef {{key: string, prefix: string, label: string, value: string, x: number, y: number,
 *   width: number, height: number}} Entry a field of the state and where it stands, CSS pixels
 */

export class TextEntry {
  /**
   * @param {HTMLElement} container positioned; holds the canvas at its left top corner
   * @param {HTMLCanvasElement} canvas
   * @param {(key: string, value: string) => string} commit takes a value; empty, or what is wrong
   */
  constructor(container, canvas, commit) {
    this.container = container;
    this.canvas = canvas;
    this.commit = commit;
    /** @type {HTMLElement | null} */
    this.box = null;
  }

  /** @param {Entry} entry */
  open(entry) {
    this.close();
    const box = document.createElement("form");
    box.className = "softmask-entry";
    box.style.left = `${this.canvas.offsetLeft + entry.x}px`;
    box.style.top = `${this.canvas.offsetTop + entry.y}px`;
    box.style.width = `${entry.width}px`;
    const input = document.createElement("input");
    input.value = entry.value;
    input.setAttribute("aria-label", entry.label);
    input.inputMode = INPUT_MODES[entry.key] ?? "text";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.style.height = `${entry.height}px`;
    const error = document.createElement("p");
    error.setAttribute("role", "alert");
    box.append(input, error);
    this.container.append(box);
    this.box = box;

    const commit = () => this.commit(entry.key, entry.prefix + input.value.trim());
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      const problem = commit();
      if (problem === "") {
        this.close();
        this.canvas.focus({ preventScroll: true });
      } else {
        error.textContent = problem;
        input.setAttribute("aria-invalid", "true");
      }
    });
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape") return;
      this.close();
      this.canvas.focus({ preventScroll: true });
    });
    input.addEventListener("blur", () => {
      if (this.box !== box) return;
      // Leaving the field takes what is good and forgets what is not.
      if (input.value !== entry.value) commit();
      this.close();
    });
    input.focus({ preventScroll: true });
    input.select();
  }

  close() {
    const box = this.box;
    this.box = null; // first: removing a focused field blurs it
    box?.remove();
  }
}
