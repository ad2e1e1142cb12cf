// The screen, or a panel of it, as a picture file: PNG with as many pixels as are wanted, or SVG.

import { counted } from "../app_memory.js";
import { language, text } from "../strings.js";
import { picturesOf, svgOf } from "./svg.js";

/** @typedef {import("../viewer.js").Viewer} Viewer */
/** @typedef {import("./svg.js").Box} Box */

/** Panels by the names of their tensors; the numbers are softmask_panel_rect's. */
export const PANELS = {
  scores: 0,
  mask: 1,
  masked_scores: 2,
  scores_softmax: 3,
  ledger: 4,
};
/** Where the view is to be found again; the folder of a page that is a file is nobody's business. */
const linkTo = (/** @type {string} */ link) =>
  location.protocol === "file:" ? `#${link}` : new URL(`#${link}`, location.href).href;

/** The pixels for one of the screen's of what is no shape in an SVG. */
const PIXEL_TIMES = 2;

/**
 * In whole pixels of the canvas; null where the panel is not shown.
 * @param {any} app
 * @param {HTMLCanvasElement} canvas
 * @param {keyof typeof PANELS | "figure"} part
 * @returns {Box | null}
 */
function boxOf(app, canvas, part) {
  if (part === "figure") return [0, 0, canvas.width, canvas.height];
  const at = app._softmask_panel_rect(PANELS[part]) / 4;
  const [x, y, width, height] = app.HEAPF32.subarray(at, at + 4);
  if (width <= 0 || height <= 0) return null;
  const [left, top] = [Math.max(Math.floor(x), 0), Math.max(Math.floor(y), 0)];
  const right = Math.min(Math.ceil(x + width), canvas.width);
  return [left, top, right - left, Math.min(Math.ceil(y + height), canvas.height) - top];
}

/**
 * A piece of the canvas, which must have been drawn just now.
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} box in whole pixels
 */
function cutOut(canvas, [x, y, width, height]) {
  const piece = document.createElement("canvas");
  piece.width = width;
  piece.height = height;
  piece.getContext("2d")?.drawImage(canvas, x, y, width, height, 0, 0, width, height);
  return piece;
}

/**
 * @param {Viewer} viewer
 * @param {keyof typeof PANELS | "figure"} part
 * @param {number} times pixels for one of the screen's
 * @returns {Promise<Blob | null>} null where there is nothing to see
 */
export function pngOf(viewer, part, times) {
  const { canvas } = viewer.options;
  return viewer.magnified(times, (app) => {
    const box = boxOf(app, canvas, part);
    if (!box || !viewer.drawAtOnce()) return null;
    const piece = part === "figure" ? canvas : cutOut(canvas, box);
    return new Promise((resolve) => piece.toBlob(resolve, "image/png"));
  });
}

/**
 * The screen as it is drawn now.
 * @param {Viewer} viewer
 * @param {any} app
 */
function drawingOf(viewer, app) {
  viewer.drawAtOnce(); // to where a motion ends
  const { pointer, count } = counted(app, (/** @type {number} */ at) =>
    app._softmask_drawing(performance.now(), at),
  );
  return new Uint32Array(app.HEAPU8.slice(pointer, pointer + 4 * count).buffer);
}

/**
 * The heatmaps that have too many cells for shapes, as pixels.
 * @param {Viewer} viewer
 * @param {number} times pixels for one of the screen's
 * @returns {Promise<string[]>} data: addresses
 */
function pixelsOf(viewer, times) {
  const { canvas } = viewer.options;
  return viewer.magnified(times, (app) => {
    const boxes = picturesOf(drawingOf(viewer, app));
    if (!viewer.drawAtOnce()) return [];
    return boxes.map((box) => cutOut(canvas, box.map(Math.round)).toDataURL());
  });
}

/**
 * @param {Viewer} viewer
 * @param {keyof typeof PANELS | "figure"} part
 * @returns {Promise<Blob | null>} null where there is nothing to see
 */
export function svgFileOf(viewer, part) {
  const { canvas } = viewer.options;
  return viewer.magnified(1, async (app) => {
    const box = boxOf(app, canvas, part);
    const words = drawingOf(viewer, app);
    if (!box || words.length === 0) return null;
    const scale = canvas.width / parseFloat(canvas.style.width);
    const count = picturesOf(words).length;
    let pictures = count > 0 ? await pixelsOf(viewer, PIXEL_TIMES) : [];
    // Where there is an edge of what is in sight, cells may be just too many in one of them.
    if (pictures.length !== count) pictures = await pixelsOf(viewer, 1);
    if (pictures.length !== count) return null;
    const svg = svgOf({
      words,
      box,
      scale,
      title: part === "figure" ? text("frameTitle") : `Softmask: ${part}`,
      link: linkTo(viewer.link),
      language: language(),
      pictures,
    });
    return new Blob([svg], { type: "image/svg+xml" });
  });
}
