// The part of the Share panel that saves: a tensor, the picture or a panel of it, a program.

import { button, make, setText } from "../elements.js";
import { STRINGS } from "../save_strings_table.js";
import { addTexts, text } from "../strings.js";
import { PANELS, pngOf, svgFileOf } from "./figure_files.js";
import { programRow } from "./program_part.js";
import { FORMATS, MOST_TEXT_CELLS, tensorFile } from "./tensor_files.js";

/** @typedef {import("../viewer.js").Viewer} Viewer */

addTexts(STRINGS);

/** @typedef {import("../viewer.js").Result} Result */
/** @typedef {import("../twin/access.js").LensTensorName} LensTensorName */

/**
 * The tensors of a result by the names of their files, which are those of the program where it has
 * one; those that are empty PyTorch does not come to.
 * @type {Record<string, (result: Result) => Float32Array | Uint8Array>}
 */
const TENSORS = {
  scores: ({ scores }) => scores,
  mask: ({ mask }) => mask,
  masked_scores: ({ maskedScores }) => maskedScores,
  scores_softmax: ({ probabilities }) => probabilities,
  unmasked_softmax: ({ baseline }) => baseline,
};
/** Those of the lenses, likewise. @type {Record<string, LensTensorName>} */
const LENS_TENSORS = {
  "scores.grad": "gradient",
  softmax_steps: "steps",
  pinned_softmax: "pinned",
  softmax_difference: "difference",
};
/** What the screen calls those of another name. @type {Record<string, () => string>} */
const SHOWN_AS = {
  unmasked_softmax: () => "softmax(scores)",
  softmax_steps: () => text("saveSteps"),
  pinned_softmax: () => text("savePinned"),
  softmax_difference: () => "B − A",
};

/**
 * A tensor by its name; of no values where PyTorch raises. A RangeError says why there is none.
 * @param {Viewer} viewer
 * @param {string} name
 */
function tensorOf(viewer, name) {
  if (name in LENS_TENSORS) return viewer.twin.lensTensor(LENS_TENSORS[name]);
  const result = viewer.getResult();
  return { rows: result.rows, cols: result.cols, data: TENSORS[name](result) };
}

/** What of the picture is no tensor. @type {Record<string, () => string>} */
const PART_NAMES = { figure: () => text("saveWhole"), ledger: () => text("shareLedger") };
/** Pixels for one of the screen's. */
const SCALES = [1, 2, 4];

/**
 * Whether the browser took the graphics context away, without which nothing is drawn.
 * @param {HTMLCanvasElement} canvas
 */
const isLost = (canvas) => canvas.getContext("webgl2")?.isContextLost() ?? false;

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // some browsers read it later
}

/**
 * @param {Viewer} viewer
 * @param {(part: HTMLElement) => void} add puts it where it belongs
 */
export function addSavePart(viewer, add) {
  const said = make("span", { role: "status" });
  const tensor = make("select", { id: "save-tensor" });
  for (const name of [...Object.keys(TENSORS), ...Object.keys(LENS_TENSORS)])
    tensor.append(make("option", { value: name }, SHOWN_AS[name]?.() ?? name));
  const saveTensor = (/** @type {string} */ format) => {
    let found;
    try {
      found = tensorOf(viewer, tensor.value);
    } catch (error) {
      // Nothing is pinned, no row selected, or there is no memory.
      setText(said, error instanceof Error ? error.message : String(error));
      return;
    }
    const { rows, cols, data } = found;
    if (data.length === 0) {
      setText(said, text("saveNothing")); // PyTorch raised
      return;
    }
    if (format !== "npy" && rows * cols > MOST_TEXT_CELLS) {
      setText(said, text("saveTooMany", MOST_TEXT_CELLS.toLocaleString("en")));
      return;
    }
    const blob = tensorFile({ name: tensor.value, rows, cols, data }, format);
    download(blob, `${tensor.value}.${format}`);
    setText(said, text("saveDone", `${tensor.value}.${format}`));
  };
  const part = make("select", { id: "save-part" });
  for (const name of ["figure", ...Object.keys(PANELS)]) {
    part.append(make("option", { value: name }, PART_NAMES[name]?.() ?? name));
  }
  const { canvas } = viewer.options;
  const sayLost = () => {
    const words = text("saveNoContext");
    setText(said, words);
    const forget = () => said.textContent === words && setText(said, "");
    canvas.addEventListener("webglcontextrestored", forget, { once: true });
  };
  const takePicture = async (/** @type {any} */ of, /** @type {number} */ times) => {
    const blob = await (times ? pngOf(viewer, of, times) : svgFileOf(viewer, of));
    const name = `${of === "figure" ? "softmask" : of}${times ? `@${times}x.png` : ".svg"}`;
    if (blob) download(blob, name);
    if (!blob && isLost(canvas)) return sayLost();
    const shown =
      of === "figure" ? text("saveNoPicture") : text("saveNotShown", PART_NAMES[of]?.() ?? of);
    setText(said, blob ? text("saveDone", name) : shown);
  };
  // One after the other: each draws the screen with as many pixels as it wants.
  let taking = Promise.resolve();
  const savePicture = (/** @type {number} */ times) => {
    const of = part.value;
    taking = taking.then(() => takePicture(of, times));
  };
  add(
    make(
      "div",
      { class: "save-part" },
      make("h3", {}, text("saveHeading")),
      make(
        "div",
        { class: "dialog-buttons" },
        make("label", { for: "save-tensor" }, text("saveTensor")),
        tensor,
        ...Object.keys(FORMATS).map((format) => button(`.${format}`, () => saveTensor(format))),
      ),
      make(
        "div",
        { class: "dialog-buttons" },
        make("label", { for: "save-part" }, text("savePicture")),
        part,
        ...SCALES.map((times) => button(`PNG ${times}×`, () => savePicture(times))),
        button("SVG", () => savePicture(0)),
      ),
      programRow(viewer, download, (words) => setText(said, words)),
      said,
    ),
  );
}
