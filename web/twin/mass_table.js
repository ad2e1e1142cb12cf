// The mass of every row as a table; its row headers select the row.

import { text } from "../strings.js";
import { button, make, setText } from "../elements.js";

/** @typedef {import("./access.js").TwinAccess} TwinAccess */

export class MassTable {
  #access;
  #select;
  #body = make("tbody");
  #built = "";
  /** @type {{toggle: HTMLButtonElement, cells: HTMLTableCellElement[]}[]} */
  #lines = [];

  /**
   * @param {TwinAccess} access
   * @param {(row: string) => void} select
   */
  constructor(access, select) {
    this.#access = access;
    this.#select = select;
    const names = [
      text("twinCorner"),
      text("twinMoved"),
      text("twinLeaked"),
      text("twinLost"),
      text("twinSum"),
    ];
    this.element = make(
      "table",
      { class: "twin-mass" },
      make("caption", {}, text("twinMassTable")),
      make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)))),
      this.#body,
    );
  }

  /**
   * @param {number} firstRow
   * @param {number} rowCount
   * @param {string} selected the state's `row`
   * @param {boolean} concealed
   */
  update(firstRow, rowCount, selected, concealed) {
    const masses = this.#access.masses(firstRow, rowCount);
    const wanted = `${firstRow} ${rowCount}`;
    if (wanted !== this.#built) this.#build(firstRow, rowCount);
    this.#built = wanted;
    this.#lines.forEach(({ toggle, cells }, at) => {
      const row = firstRow + at;
      toggle.setAttribute("aria-pressed", String(selected === String(row)));
      const mass = masses[at];
      const { massText } = this.#access;
      const shown =
        !mass || concealed
          ? ["", "", "", ""]
          : mass.nan
            ? ["NaN", "NaN", "NaN", "NaN"]
            : [mass.moved, mass.leaked, mass.lost, mass.sum].map(massText);
      cells.forEach((cell, index) => setText(cell, shown[index]));
    });
  }

  /**
   * @param {number} firstRow
   * @param {number} rowCount
   */
  #build(firstRow, rowCount) {
    this.#lines = Array.from({ length: rowCount }, (_, at) => {
      const row = String(firstRow + at);
      const toggle = button(
        row,
        () => this.#select(toggle.getAttribute("aria-pressed") === "true" ? "none" : row),
        { "aria-label": text("twinSelectRow", row) },
      );
      return { toggle, cells: Array.from({ length: 4 }, () => make("td")) };
    });
    this.#body.replaceChildren(
      ...this.#lines.map(({ toggle, cells }) =>
        make("tr", {}, make("th", { scope: "row" }, toggle), ...cells),
      ),
    );
  }
}
