// The panel for scores and masks of the reader's own: pasted as text, or out of a file that was opened
// or dropped.

import { makeDialog } from "../dialog.js";
import { button, make, setText } from "../elements.js";
import { showNotice } from "../notice.js";
import { STRINGS } from "../save_strings_table.js";
import { StartError, siteFiles } from "../site_files.js";
import { addTexts, language, text } from "../strings.js";
import { loadImporter } from "./imported_file.js";
import { followOwnScores } from "./own_scores.js";

/** @typedef {import("./imported_file.js").Tensor} Tensor */
/** @typedef {import("../viewer.js").Viewer} Viewer */

addTexts(STRINGS);

const USES = /** @type {const} */ (["scores", "masked", "kept"]);
/** @typedef {typeof USES[number]} Use   as scores, or as a mask whose true cells are masked, or kept */

/** Characters of a text that the panel shows: laying out megabytes of them holds the page up. */
const MOST_SHOWN = 200_000;

/** @param {Use} use */
const useName = (use) =>
  ({
    scores: () => text("importAsScores"),
    masked: () => text("importAsMask"),
    kept: () => text("importAsKeepMask"),
  })[use]();

/** @param {number[]} shape as Python writes it */
const shapeText = (shape) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

/** Loaded with the first file of a panel, kept for its next. @type {ReturnType<typeof loadImporter> | null} */
let importer = null;
/** It refuses in the page's language. */
async function theImporter() {
  importer ??= fetchImporter();
  try {
    const one = await importer;
    one.setLanguage(language());
    return one;
  } catch (error) {
    importer = null; // the next try fetches it anew
    throw error;
  }
}

/** A StartError where something else came than the module, or not all of it. */
async function fetchImporter() {
  const response = await siteFiles().open("import.wasm");
  try {
    return await loadImporter(response);
  } catch (error) {
    const words = text("notTheModule", response.url || "import.wasm", error);
    throw new StartError(text("importNoReader", words));
  }
}

/** @type {ImportPanel | null} */
let open = null;

/**
 * Opens the panel, or gives what was dropped or pasted to the one that is open.
 * @param {Viewer} viewer
 * @param {File | string} [given] a file, or a text
 * @param {number} [others] how many files came with it
 */
export function openImportPanel(viewer, given = "", others = 0) {
  followOwnScores(viewer);
  // One that has just been closed is told of it later.
  if (!open?.isOpen) open = new ImportPanel(viewer);
  open.give(given, others);
}

class ImportPanel {
  #viewer;
  #dialog;
  #ending = new AbortController();
  /** What was chosen, and what of it the importer has open. @type {File | null} */
  #chosenFile = null;
  /** @type {File | null} */
  #file = null;
  /** @type {Promise<void>} */
  #opening = Promise.resolve();
  /** @type {Tensor[]} */
  #tensors = [];
  /** Counts what was chosen: what comes of an earlier choice is dropped. */
  #turn = 0;
  /** Whether the reader has said what it is for. */
  #chosen = false;
  /** @type {Use} */
  #use = "scores";

  #area = make("textarea", {
    rows: "6",
    spellcheck: "false",
    autocomplete: "off",
    placeholder: "tensor([[ 1.2, -0.3],\n        [ 0.5,  2.0]])",
  });
  #picker = make("input", { type: "file", hidden: "" });
  #fileLine = make("p", { class: "import-file" });
  #othersLine = make("p", { class: "dialog-hint import-others", role: "status" });
  #tensorLine = make("div", { class: "import-tensor" });
  #tensor = make("select", { id: "import-tensor" });
  #slice = make("span", { class: "import-slice" });
  #uses = make("fieldset", { class: "dialog-chips" });
  #progress = make("progress", { max: "1" });
  #said = make("p", { class: "import-said", role: "alert" });
  #take = button("", () => void this.#apply(), { class: "dialog-primary" });

  /** @param {Viewer} viewer */
  constructor(viewer) {
    this.#viewer = viewer;
    this.#dialog = makeDialog("softmask-import", "import-title", () => {
      this.#ending.abort();
      if (open !== this) return; // the next one has the importer
      open = null;
      importer = null; // and its memory, which never shrinks
    });
    this.#area.setAttribute("aria-label", text("importText"));
    this.#area.addEventListener("input", () => this.#forgetFile());
    this.#area.addEventListener("paste", (event) => {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      if (pasted.length <= MOST_SHOWN) return;
      event.preventDefault();
      this.give(pasted);
    });
    this.#picker.addEventListener("change", () => {
      const [file] = this.#picker.files ?? [];
      if (file) this.give(file);
    });
    this.#tensor.addEventListener("change", () => this.#showTensor());
    this.#progress.hidden = true;
    this.#progress.setAttribute("aria-label", text("importReading"));
    setText(this.#take, text("importUse"));
    this.#tensorLine.append(
      make("label", { for: "import-tensor" }, text("importTensor")),
      " ",
      this.#tensor,
      this.#slice,
    );
    this.#makeUses();
    this.#dialog.append(
      make("h2", { id: "import-title" }, text("importHeading")),
      make("p", { class: "dialog-hint" }, text("importHint")),
      make("div", { class: "dialog-text" }, this.#area),
      make(
        "div",
        { class: "dialog-buttons" },
        button(text("importOpen"), () => this.#picker.click()),
        this.#fileLine,
      ),
      this.#othersLine,
      this.#picker,
      this.#tensorLine,
      this.#uses,
      this.#said,
      make(
        "div",
        { class: "dialog-buttons" },
        this.#take,
        button(text("close"), () => this.#dialog.close()),
        this.#progress,
      ),
    );
    document.body.append(this.#dialog);
    this.#forgetFile();
    this.#dialog.showModal();
    this.#area.focus();
  }

  #makeUses() {
    this.#uses.append(make("legend", {}, text("importAs")));
    for (const use of USES) {
      const radio = make("input", { type: "radio", name: "import-use", value: use });
      radio.addEventListener("change", () => {
        this.#chosen = true;
        this.#setUse(use);
      });
      this.#uses.append(make("label", {}, radio, make("span", {}, useName(use))));
    }
    this.#setUse("scores");
  }

  /** @param {Use} use */
  #setUse(use) {
    this.#use = use;
    for (const radio of this.#uses.querySelectorAll("input")) radio.checked = radio.value === use;
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** @param {File | string} given @param {number} [others] how many files came with it */
  give(given, others = 0) {
    if (given === "") return;
    if (typeof given === "string" && given.length > MOST_SHOWN) {
      this.#chooseFile(new File([given], text("importPasted")));
      return;
    }
    if (typeof given === "string") {
      this.#area.value = given;
      this.#forgetFile();
      this.#take.focus();
      return;
    }
    this.#chooseFile(given);
    if (others === 1) setText(this.#othersLine, text("importOneOfTwo", given.name));
    else if (others > 1) setText(this.#othersLine, text("importOneOfMany", given.name, others));
  }

  #forgetFile() {
    this.#turn += 1;
    this.#chosenFile = null;
    this.#file = null;
    this.#tensors = [];
    this.#picker.value = "";
    setText(this.#fileLine, "");
    setText(this.#othersLine, "");
    setText(this.#said, "");
    this.#tensorLine.hidden = true;
  }

  /** @param {File} file */
  #chooseFile(file) {
    this.#area.value = "";
    this.#forgetFile();
    this.#chosenFile = file;
    const bytes = file.size.toLocaleString("en");
    setText(
      this.#fileLine,
      file.size === 1 ? text("importFileOne", file.name) : text("importFile", file.name, bytes),
    );
    this.#opening = this.#open(file);
  }

  /** @param {File} file */
  async #open(file) {
    const turn = this.#turn;
    try {
      const { kind, tensors } = await (await theImporter()).open(file);
      if (turn !== this.#turn) return;
      this.#file = file;
      if (kind !== "text") this.#listTensors(tensors);
      this.#take.focus();
    } catch (error) {
      if (turn === this.#turn) this.#refuse(error);
    }
  }

  /** @param {Tensor[]} tensors */
  #listTensors(tensors) {
    this.#tensors = tensors;
    this.#tensor.replaceChildren(
      ...tensors.map(({ name, dtype, readable, shape }, i) => {
        const words = [name || text("importArray"), dtype, shapeText(shape)].filter(Boolean);
        const option = make("option", { value: String(i) }, words.join(" "));
        option.disabled = !readable;
        return option;
      }),
    );
    const isMatrix = (/** @type {Tensor} */ { readable, shape }) =>
      readable && shape.length >= 2 && !shape.includes(0);
    const first = [isMatrix, (/** @type {Tensor} */ { readable }) => readable]
      .map((isWanted) => tensors.findIndex(isWanted))
      .find((at) => at >= 0);
    this.#tensor.value = String(first ?? 0);
    this.#tensorLine.hidden = false;
    this.#showTensor();
  }

  /** A field for the index in each dim before the last two. */
  #showTensor() {
    const { shape, dtype } = this.#tensors[Number(this.#tensor.value)];
    const fields = shape.slice(0, -2).map((size, dim) => {
      const name = text("importIndex", dim, size - 1);
      const range = { type: "number", min: "0", max: String(size - 1), value: "0" };
      return make("input", { ...range, "aria-label": name, title: name });
    });
    // As the slice is written in Python: [0, 3, :, :].
    const between = fields.flatMap((field) => [field, ", "]);
    this.#slice.replaceChildren(...(fields.length > 0 ? ["[", ...between, ":, :]"] : []));
    if (!this.#chosen) this.#setUse(/^bool$/i.test(dtype) ? "masked" : "scores");
  }

  async #apply() {
    setText(this.#said, "");
    const turn = this.#turn;
    this.#take.disabled = true;
    try {
      const file = this.#chosenFile;
      if (file) {
        await this.#opening;
        // Once more where it was refused, to say it again, or because it can be read now.
        if (turn === this.#turn && !this.#file) await this.#open(file);
        if (turn !== this.#turn || !this.#file) return;
      }
      const reader = await theImporter();
      if (!file) await reader.open(new Blob([this.#area.value]));
      const slice = [...this.#slice.querySelectorAll("input")].map((input) => input.valueAsNumber);
      const matrix = await reader.read(
        this.#tensorLine.hidden ? 0 : Number(this.#tensor.value),
        this.#tensorLine.hidden ? [] : slice,
        { signal: this.#ending.signal, onProgress: (part) => this.#showProgress(part) },
      );
      if (turn !== this.#turn) return;
      if (this.#use === "scores") this.#viewer.setOwnScores(matrix);
      else {
        const { rows, cols } = this.#viewer.getState();
        const shape = { rows: Number(rows), cols: Number(cols) };
        this.#viewer.setMaskBits(reader.mask(this.#use === "masked", shape));
      }
      this.#dialog.close();
      const { overflowed } = matrix;
      if (overflowed > 0 && this.#use === "scores") {
        void showNotice(
          overflowed === 1 ? text("importOverflowOne") : text("importOverflow", overflowed),
        );
      }
    } catch (error) {
      if (turn === this.#turn && !this.#ending.signal.aborted) this.#refuse(error);
    } finally {
      this.#take.disabled = false; // which has lost the focus by being disabled
      if (this.#dialog.open) this.#take.focus();
      this.#progress.hidden = true;
    }
  }

  /** @param {number} part */
  #showProgress(part) {
    this.#progress.hidden = part >= 1;
    this.#progress.value = part;
  }

  /** @param {unknown} error */
  #refuse(error) {
    const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
    // The browser's own words, in its own language, say nothing of what it was.
    const isUnreadable = name === "NotFoundError" || name === "NotReadableError";
    setText(this.#said, isUnreadable ? text("importUnreadable") : message);
  }
}
