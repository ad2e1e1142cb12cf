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

/** Of a side; larger pieces are no quicker. */
const LARGEST_PIECE = 2048;

/** @param {any} app @returns {[number, number, number]} width, height, pixels for one of the screen's */
function sizeOf(app) {
  const at = app._softmask_screen_size() / 4;
  const [width, height, scale] = app.HEAPF32.subarray(at, at + 3);
  return [width, height, scale];
}

/**
 * In whole pixels of what is laid out; null where the panel is not shown.
 * @param {any} app
 * @param {keyof typeof PANELS | "figure"} part
 * @returns {Box | null}
 */
function boxOf(app, part) {
  const [all, high] = sizeOf(app);
  if (part === "figure") return [0, 0, all, high];
  const at = app._softmask_panel_rect(PANELS[part]) / 4;
  const [x, y, width, height] = app.HEAPF32.subarray(at, at + 4);
  if (width <= 0 || height <= 0) return null;
  const [left, top] = [Math.max(Math.floor(x), 0), Math.max(Math.floor(y), 0)];
  const right = Math.min(Math.ceil(x + width), all);
  return [left, top, right - left, Math.min(Math.ceil(y + height), high) - top];
}

/**
 * What stands in a box of the magnified screen. It may be larger than any WebGL canvas, so that it is
 * drawn piece by piece.
 * @param {Viewer} viewer
 * @param {any} app
 * @param {number[]} box in whole pixels
 * @returns {HTMLCanvasElement | null} null where there is nothing to see
 */
function painted({ options: { canvas } }, app, [x, y, width, height]) {
  const whole = document.createElement("canvas");
  whole.width = width;
  whole.height = height;
  const context = whole.getContext("2d");
  const across = Math.min(canvas.width, LARGEST_PIECE);
  const down = Math.min(canvas.height, LARGEST_PIECE);
  for (let top = 0; top < height; top += down) {
    for (let left = 0; left < width; left += across) {
      const [w, h] = [Math.min(across, width - left), Math.min(down, height - top)];
      const at = app._softmask_piece(x + left, y + top, w, h) >>> 0;
      if (at === 0) return null;
      const rgba = new Uint8ClampedArray(app.HEAPU8.slice(at, at + 4 * w * h).buffer);
      context?.putImageData(new ImageData(rgba, w, h), left, top);
    }
  }
  return whole;
}

/**
 * @param {Viewer} viewer
 * @param {keyof typeof PANELS | "figure"} part
 * @param {number} times pixels for one of the screen's
 * @returns {Promise<Blob | null>} null where there is nothing to see
 */
export async function pngOf(viewer, part, times) {
  const picture = await viewer.magnified(times, (app) => {
    const box = boxOf(app, part);
    return box && painted(viewer, app, box);
  });
  // Afterwards: until then the reader would see the last piece where the screen was.
  return picture && new Promise((resolve) => picture.toBlob(resolve, "image/png"));
}

/**
 * The screen as it is drawn now.
 * @param {any} app
 */
function drawingOf(app) {
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
  return viewer.magnified(times, (app) =>
    picturesOf(drawingOf(app)).flatMap((box) => {
      const picture = painted(viewer, app, box.map(Math.round));
      return picture ? [picture.toDataURL()] : [];
    }),
  );
}

/**
 * @param {Viewer} viewer
 * @param {keyof typeof PANELS | "figure"} part
 * @returns {Promise<Blob | null>} null where there is nothing to see
 */
export function svgFileOf(viewer, part) {
  return viewer.magnified(1, async (app) => {
    const box = boxOf(app, part);
    const words = drawingOf(app);
    if (!box || words.length === 0) return null;
    const [, , scale] = sizeOf(app);
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
