// One labelled field of the form: takes a value when it is committed, and says what is wrong with
// one that is refused.

import { make, setText } from "../elements.js";

let fields = 0;

export class Field {
  /**
   * @param {string} label
   * @param {HTMLInputElement | HTMLSelectElement} control
   * @param {(value: string) => string} commit takes a value; empty, or what is wrong with it
   */
  constructor(label, control, commit) {
    const id = `twin-field-${++fields}`;
    this.control = control;
    control.id = id;
    this.error = make("p", { id: `${id}-error`, class: "twin-error", role: "alert" });
    this.element = make(
      "div",
      { class: "twin-field" },
      make("label", { for: id }, label),
      control,
      this.error,
    );
    control.addEventListener("change", () => this.#take(commit(control.value.trim())));
    control.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key !== "Enter") return;
      event.preventDefault(); // a form would be sent
      this.#take(commit(control.value.trim()));
    });
  }

  /** @param {string} problem */
  #take(problem) {
    setText(this.error, problem);
    if (problem) {
      this.control.setAttribute("aria-invalid", "true");
      this.control.setAttribute("aria-describedby", this.error.id);
    } else {
      this.control.removeAttribute("aria-invalid");
      this.control.removeAttribute("aria-describedby");
    }
  }

  /** The state's value; what is being typed is left alone. @param {string} value */
  show(value) {
    const typing = document.activeElement === this.control && this.control.tagName === "INPUT";
    if (typing && this.control.value !== value && this.control.dataset.shown === value) return;
    this.control.dataset.shown = value;
    if (this.control.value !== value) this.control.value = value;
    this.#take("");
  }

  /** @param {boolean} hidden */
  set hidden(hidden) {
    this.element.hidden = hidden;
  }
}

/** @param {[value: string, label: string][]} options */
export function select(options) {
  return make("select", {}, ...options.map(([value, label]) => make("option", { value }, label)));
}

/** @param {"numeric" | "decimal" | "text"} mode the keyboard that a phone brings up */
export function input(mode) {
  return make("input", { type: "text", inputmode: mode, autocomplete: "off", spellcheck: "false" });
}
