// The accessible twin of the picture: the same numbers as a table, the same commands as buttons and
// labelled fields. It is always there for a screen reader, and to be seen on demand.

import { copyText } from "../clipboard.js";
import { onLanguage, text } from "../strings.js";
import { Controls } from "./controls.js";
import { button, make, setText } from "../elements.js";
import { Field, input } from "./field.js";
import { LessonPart } from "./lesson_part.js";
import { MassTable } from "./mass_table.js";
import { MatrixTable, MOST_COLS, MOST_ROWS } from "./matrix_table.js";

/** @typedef {import("../viewer.js").Viewer} Viewer */

// Tensors that a part of `hide` takes away.
const TENSOR_OF_PART = /** @type {const} */ ([
  ["scores", "scores"],
  ["masked", "masked_scores"],
]);
const FOCUSABLE = "button, input, select, [tabindex]";

export class Twin {
  #viewer;
  #content = make("div", { id: "twin-content", class: "twin-card" });
  #toggle = button("", () => (this.open = !this.open), {
    id: "twin-toggle",
    "aria-controls": "twin-content",
  });
  #open = false;
  /** @type {ReturnType<Twin["build"]> | null} */
  #parts = null;
  #firstRow = 0;
  #firstCol = 0;

  #share = button("", () => {}, { id: "share" });
  #import = button("", () => {}, { id: "import" });
  #work = make("progress", { max: "1" });
  #stop = button("", () => this.#viewer.cancelWork());
  #workLine = make("div", { class: "twin-window" }, this.#work, " ", this.#stop);

  /**
   * @param {HTMLElement} place where it is built; has nothing else in it
   * @param {Viewer} viewer
   * @param {{onShare?: () => void, onImport?: () => void}} [options] onShare offers links to the
   *   present state, onImport takes scores of the reader's own
   */
  constructor(place, viewer, { onShare, onImport } = {}) {
    this.#viewer = viewer;
    this.#workLine.hidden = true;
    place.replaceChildren(this.#toggle, this.#content);
    if (onShare) {
      this.#share.addEventListener("click", onShare);
      this.#toggle.after(" ", this.#share);
    }
    if (onImport) {
      this.#import.addEventListener("click", onImport);
      this.#toggle.after(" ", this.#import);
    }
    this.open = false;
    onLanguage(() => {
      if (!this.#parts) return;
      this.#parts = null;
      this.open = this.#open; // its button has words as well
      this.update();
    });
  }

  /** Whether it is to be seen. */
  get open() {
    return this.#open;
  }

  set open(open) {
    this.#open = open;
    // A screen reader has it always.
    this.#content.classList.toggle("visually-hidden", !open);
    this.#toggle.setAttribute("aria-expanded", String(open));
    setText(this.#share, text("shareOpenPanel"));
    setText(this.#import, text("importOpenPanel"));
    setText(this.#toggle, open ? text("twinHide") : text("twinShow"));
    this.#setTabStops();
  }

  // What cannot be seen must not take the focus of who sees; a screen reader reaches it all the same.
  #setTabStops() {
    for (const element of this.#content.querySelectorAll(FOCUSABLE)) {
      const part = /** @type {HTMLElement} */ (element);
      if (this.#open) {
        if (part.classList.contains("twin-scroll")) part.tabIndex = 0;
        else part.removeAttribute("tabindex");
      } else {
        part.tabIndex = -1;
      }
    }
  }

  /**
   * How far numbers under way are; what is here stays as it was until they are there.
   * @param {number | null} part 0 … 1
   */
  showWork(part) {
    this.#workLine.hidden = part === null;
    this.#content.setAttribute("aria-busy", String(part !== null));
    if (part === null) return;
    this.#work.setAttribute("aria-label", text("workPart"));
    this.#work.setAttribute("value", part.toFixed(2));
    setText(this.#stop, text("workStop"));
    if (this.#workLine.parentElement !== this.#content) this.#content.prepend(this.#workLine);
  }

  /** After a change of the state. */
  update() {
    this.#parts ??= this.build();
    const parts = this.#parts;
    const state = this.#viewer.getState();
    const { concealed } = this.#viewer.twin.conditions();
    const allNotes = this.#viewer.twin.notes();
    const hide = new Set(String(state.hide).split(","));
    const hidden = new Set(
      TENSOR_OF_PART.filter(([part]) => hide.has(part)).map(([, tensor]) => String(tensor)),
    );
    const rows = Number(state.rows);
    const cols = Number(state.cols);
    const firstRow = Math.min(this.#firstRow, Math.max(rows - MOST_ROWS, 0));
    const firstCol = Math.min(this.#firstCol, Math.max(cols - MOST_COLS, 0));
    parts.table.update({ rows, cols, firstRow, firstCol, hidden }, concealed, allNotes[0] ?? "");

    const large = rows > MOST_ROWS || cols > MOST_COLS;
    parts.window.hidden = !large;
    if (large) {
      const lastRow = Math.min(firstRow + MOST_ROWS, rows) - 1;
      const lastCol = Math.min(firstCol + MOST_COLS, cols) - 1;
      setText(
        parts.windowWords,
        text("twinWindow", firstRow, lastRow, rows, firstCol, lastCol, cols),
      );
      parts.firstRow.show(String(firstRow));
      parts.firstCol.show(String(firstCol));
    }

    parts.mass.element.hidden = hide.has("ledger");
    if (!hide.has("ledger")) {
      parts.mass.update(firstRow, Math.min(rows, MOST_ROWS), String(state.row), concealed);
    }
    const notes = concealed ? [] : [this.#viewer.sentence, ...allNotes];
    parts.notes.hidden = notes.length === 0;
    if (parts.notesList.children.length !== notes.length) {
      parts.notesList.replaceChildren(...notes.map(() => make("li")));
    }
    notes.forEach((note, at) => setText(parts.notesList.children[at], note));

    parts.lesson.update(String(state.lesson));
    parts.controls.element.hidden = hide.has("controls");
    parts.controls.update(state);
    parts.program.hidden = hide.has("code");
    setText(parts.programText, this.#viewer.twin.program());
    this.#setTabStops();
  }

  /** The parts, in the present language. */
  build() {
    const access = this.#viewer.twin;
    /** @param {Record<string, string>} patch */
    const setState = (patch) => {
      try {
        this.#viewer.setState(patch);
        return "";
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    const table = new MatrixTable(access);
    const mass = new MassTable(access, (row) => setState({ row }));
    const controls = new Controls(access, setState);
    const lesson = new LessonPart(access, setState);

    const move = (/** @type {"row" | "col"} */ which) => (/** @type {string} */ value) => {
      const { rows, cols } = this.#viewer.getState();
      const most = Number(which === "row" ? rows : cols) - 1;
      if (!/^\d+$/.test(value) || Number(value) > most) return text("twinWindowWrong", most);
      if (which === "row") this.#firstRow = Number(value);
      else this.#firstCol = Number(value);
      this.update();
      return "";
    };
    const firstRow = new Field(text("twinFirstRow"), input("numeric"), move("row"));
    const firstCol = new Field(text("twinFirstColumn"), input("numeric"), move("col"));
    const windowWords = make("p", { class: "twin-note" });
    const shown = make(
      "div",
      { class: "twin-window" },
      windowWords,
      firstRow.element,
      firstCol.element,
    );

    const notesList = make("ul");
    const notes = make("div", {}, make("h3", {}, text("twinNotes")), notesList);

    const programText = make("code");
    const copied = make("span", { role: "status" });
    const program = make(
      "div",
      {},
      make("h3", {}, text("twinProgram")),
      make("pre", { class: "twin-scroll", tabindex: "0" }, programText),
      make(
        "div",
        { class: "twin-buttons" },
        button(text("twinCopyProgram"), async () => {
          if (await copyText(access.program())) copied.textContent = text("twinCopied");
        }),
        copied,
      ),
    );

    this.#content.replaceChildren(
      this.#workLine,
      make("h2", {}, text("twinTitle")),
      lesson.element,
      make("div", {}, table.element, shown),
      make("div", {}, notes, mass.element, program),
      controls.element,
    );
    return {
      table,
      mass,
      controls,
      lesson,
      window: shown,
      windowWords,
      firstRow,
      firstCol,
      notes,
      notesList,
      program,
      programText,
    };
  }
}
