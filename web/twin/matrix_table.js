// The four tensors in one table, whose columns are the columns of the scores: their headers are
// toggle buttons that mask them.

import { text } from "../strings.js";
import { button, make, setText } from "./elements.js";

// So many rows and columns at once; of a larger matrix a window can be chosen.
export const MOST_ROWS = 32;
export const MOST_COLS = 32;

/**
 * @typedef {import("./access.js").TwinAccess} TwinAccess
 * @typedef {import("../viewer.js").Result} Result
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
  /** @type {{name: string, note: HTMLElement, lines: HTMLTableCellElement[][]}[]} */
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
   * @param {Result} result
   * @param {boolean} concealed whether the results have to stay hidden for now
   */
  update(shape, result, concealed) {
    const part = windowOf(shape);
    const wanted = JSON.stringify([part, [...shape.hidden], shape.rows, shape.cols]);
    if (wanted !== this.#built) this.#build(shape, part);
    this.#built = wanted;
    this.#toggles.forEach((toggle, at) => {
      const col = part.col + at;
      let masked = true;
      for (let row = 0; row < shape.rows && masked; ++row) {
        masked = result.mask[row * shape.cols + col] === 1;
      }
      toggle.setAttribute("aria-pressed", String(masked));
    });
    for (const group of this.#groups) this.#fill(group, shape, part, result, concealed);
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
    for (const name of ["scores", "mask", "masked_scores", "scores_softmax"]) {
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
   * @param {{name: string, note: HTMLElement, lines: HTMLTableCellElement[][]}} group
   * @param {Shape} shape
   * @param {ReturnType<typeof windowOf>} part
   * @param {Result} result
   * @param {boolean} concealed
   */
  #fill({ name, note, lines }, shape, part, result, concealed) {
    const values = {
      scores: result.scores,
      mask: result.mask,
      masked_scores: result.maskedScores,
      scores_softmax: result.probabilities,
    }[name];
    const hidden = concealed && name === "scores_softmax";
    const missing = hidden || !values || values.length === 0;
    setText(
      note,
      hidden ? text("twinConcealed") : missing ? text("twinRaises", result.notes[0] ?? "") : "",
    );
    lines.forEach((cells, at) => {
      /** @type {HTMLElement} */ (cells[0]?.parentElement).hidden = missing;
      if (missing || !values) return;
      cells.forEach((cell, index) => {
        const i = (part.row + at) * shape.cols + part.col + index;
        const masked = result.mask[i] === 1;
        setText(
          cell,
          name === "mask" ? (masked ? "True" : "False") : this.#access.cellText(values[i]),
        );
        cell.classList.toggle("masked", masked);
      });
    });
  }
}
