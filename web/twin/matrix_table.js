// The four tensors in one table, whose columns are the columns of the scores: their headers are
// toggle buttons that mask them.

import { text } from "../strings.js";
import { button, make, setText } from "../elements.js";

// So many rows and columns at once; of a larger matrix a window can be chosen.
export const MOST_ROWS = 32;
export const MOST_COLS = 32;

// In the order of the program.
const NAMES = /** @type {const} */ (["scores", "mask", "masked_scores", "scores_softmax"]);

/**
 * @typedef {import("./access.js").TwinAccess} TwinAccess
 * @typedef {{name: typeof NAMES[number], note: HTMLElement, lines: HTMLTableCellElement[][]}} Group
 * @typedef {{rows: number, cols: number, firstRow: number, firstCol: number, hidden: Set<string>}}
 *   Shape   which part of the matrix is shown, and which tensors are not
 */

/** @param {Shape} shape */
function windowOf({ rows, cols, firstRow, firstCol }) {
  const rowCount = Math.min(rows, MOST_ROWS);
  const colCount = Math.min(cols, MOST_COLS);
  return {
    row: Math.min(firstRow, rows - rowCount),
    col: Math.min(firstCol, cols - colCount),
    rowCount,
    colCount,
  };
}

export class MatrixTable {
  #access;
  #table = make("table", { class: "twin-matrix" });
  #built = "";
  /** @type {HTMLButtonElement[]} */
  #toggles = [];
  /** @type {Group[]} */
  #groups = [];

  /** @param {TwinAccess} access */
  constructor(access) {
    this.#access = access;
    this.element = make("div", {
      class: "twin-scroll",
      role: "group",
      tabindex: "0",
      "aria-label": text("twinTable"),
    });
    this.element.append(this.#table);
  }

  /**
   * @param {Shape} shape
   * @param {boolean} concealed whether the results have to stay hidden for now
   * @param {string} error why there are no results, or empty
   */
  update(shape, concealed, error) {
    const part = windowOf(shape);
    const wanted = JSON.stringify([part, [...shape.hidden], shape.rows, shape.cols]);
    if (wanted !== this.#built) this.#build(shape, part);
    this.#built = wanted;
    this.#toggles.forEach((toggle, at) => {
      const masked = this.#access.isMasked(part.col + at);
      toggle.setAttribute("aria-pressed", String(masked));
    });
    for (const group of this.#groups) this.#fill(group, shape, part, concealed, error);
  }

  /**
   * @param {Shape} shape
   * @param {ReturnType<typeof windowOf>} part
   */
  #build(shape, part) {
    const columns = Array.from({ length: part.colCount }, (_, at) => part.col + at);
    this.#toggles = columns.map((col) =>
      button(String(col), () => this.#access.toggleColumn(col), {
        "aria-label": text("twinMaskColumn", col),
      }),
    );
    const head = make("tr", {}, make("th", { scope: "col" }, text("twinCorner")));
    for (const toggle of this.#toggles) head.append(make("th", { scope: "col" }, toggle));
    const body = [];
    this.#groups = [];
    for (const name of NAMES) {
      if (shape.hidden.has(name)) continue;
      const note = make("span", { class: "twin-note" });
      const title = name === "mask" ? text("twinMaskGroup") : name;
      const group = make(
        "tbody",
        {},
        make(
          "tr",
          {},
          make("th", { scope: "rowgroup", colspan: String(part.colCount + 1) }, title, " ", note),
        ),
      );
      const lines = [];
      for (let row = part.row; row < part.row + part.rowCount; ++row) {
        const line = make("tr", {}, make("th", { scope: "row" }, String(row)));
        const cells = columns.map(() => make("td"));
        line.append(...cells);
        group.append(line);
        lines.push(cells);
      }
      this.#groups.push({ name, note, lines });
      body.push(group);
    }
    this.#table.replaceChildren(
      make("caption", { class: "visually-hidden" }, text("twinTable")),
      make("thead", {}, head),
      ...body,
    );
  }

  /**
   * @param {Group} group
   * @param {Shape} shape
   * @param {ReturnType<typeof windowOf>} part
   * @param {boolean} concealed
   * @param {string} error
   */
  #fill({ name, note, lines }, shape, part, concealed, error) {
    const hidden = concealed && name === "scores_softmax";
    const missing = hidden || this.#access.row(name, part.row).length === 0;
    setText(note, hidden ? text("twinConcealed") : missing ? text("twinRaises", error) : "");
    lines.forEach((cells, at) => {
      /** @type {HTMLElement} */ (cells[0].parentElement).hidden = missing;
      if (missing) return;
      // Copied, as naming a cell's text is a call.
      const [values, masked] = /** @type {const} */ ([name, "mask"]).map((tensor) =>
        this.#access.row(tensor, part.row + at).slice(part.col, part.col + cells.length),
      );
      cells.forEach((cell, index) => {
        const words = masked[index] === 1 ? "True" : "False";
        setText(cell, name === "mask" ? words : this.#access.cellText(values[index]));
        cell.classList.toggle("masked", masked[index] === 1);
      });
    });
  }
}
