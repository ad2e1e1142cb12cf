// A drawing of the screen (src/view/drawing.h) as SVG: shapes, and words that stay words.

import { Marks, color, escaped, number, paint, tag } from "./svg_marks.js";
import { cellShapes } from "./svg_cells.js";
import { ribbonShapes } from "./svg_ribbons.js";

/**
 * @typedef {[number, number, number, number]} Box   x, y, width, height in pixels of the drawing
 * @typedef {{words: Uint32Array, box: Box, scale: number, title: string, link: string,
 *   language: string, pictures: string[]}} Figure   `scale`: pixels of the drawing for a CSS pixel;
 *   `pictures`: data: addresses for the heatmaps that are no shapes, in order
 */

/** view::Drawing::Op */
const OP = /** @type {const} */ ({
  rect: 0,
  ellipse: 1,
  path: 2,
  words: 3,
  shade: 4,
  clip: 5,
  unclip: 6,
  ribbon: 7,
  cells: 8,
  picture: 9,
});

const SANS =
  "Inter, 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif";
const MONO =
  "'JetBrains Mono', ui-monospace, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace, sans-serif";
const SANS_EM = 1.21; // what Dear ImGui calls the size, in ems (src/ui/fonts_ui.cpp)
const MONO_EM = 1.32;
/** By the number of the face, as ui::Fonts has them. */
const FACES = [
  { family: SANS, em: SANS_EM, weight: 400 },
  { family: SANS, em: SANS_EM, weight: 400 },
  { family: SANS, em: SANS_EM, weight: 400 },
  { family: SANS, em: SANS_EM, weight: 600 },
  { family: SANS, em: SANS_EM, weight: 600 },
  { family: SANS, em: SANS_EM, weight: 600 },
  { family: SANS, em: SANS_EM, weight: 400 },
  { family: MONO, em: MONO_EM, weight: 400 },
  { family: MONO, em: MONO_EM, weight: 400 },
  { family: MONO, em: MONO_EM, weight: 600 },
];

/** Faces of running text, of which every word comes by itself: body, strong, large. */
const RUNNING = [0, 3, 6];
const SPACE_EM = 0.28;

/** @typedef {{op: number, words: Uint32Array, numbers: Float32Array}} Shape   the same in two ways */

/** @param {Uint32Array} words @returns {Generator<Shape>} */
export function* shapesOf(words) {
  const numbers = new Float32Array(words.buffer, words.byteOffset, words.length);
  for (let at = 0; at < words.length; at += 2 + words[at + 1]) {
    const end = at + 2 + words[at + 1];
    yield {
      op: words[at],
      words: words.subarray(at + 2, end),
      numbers: numbers.subarray(at + 2, end),
    };
  }
}

/** The heatmaps that are no shapes. @param {Uint32Array} words @returns {Box[]} */
export const picturesOf = (words) =>
  [...shapesOf(words)]
    .filter(({ op }) => op === OP.picture)
    .map(({ numbers }) => /** @type {Box} */ ([...numbers.subarray(1, 5)]));

/** @param {Box} a @param {Box} b */
const meet = ([ax, ay, aw, ah], [bx, by, bw, bh]) =>
  ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;

/** Around points, x and y in turn. @param {Float32Array} points @returns {Box} */
function boxOf(points) {
  const x = points.filter((_, i) => i % 2 === 0);
  const y = points.filter((_, i) => i % 2 === 1);
  const [left, top] = [Math.min(...x), Math.min(...y)];
  return [left - 1, top - 1, Math.max(...x) - left + 2, Math.max(...y) - top + 2];
}

/**
 * Where a shape lies, so that of a panel only its own are written; null for what has no place.
 * @param {Shape} shape
 * @returns {Box | null}
 */
function placeOf({ op, numbers }) {
  const [, a, b, c, d, e] = numbers;
  switch (op) {
    case OP.rect:
    case OP.shade:
    case OP.cells:
    case OP.picture:
      return [a, b, c, d];
    case OP.ellipse:
      return [a - c, b - d, 2 * c, 2 * d];
    case OP.path:
      return boxOf(numbers.subarray(7));
    case OP.words:
      return [c, d - b, e, 1.5 * b];
    case OP.ribbon: {
      const [x0, x1, x2, x3] = numbers.subarray(7);
      return boxOf(Float32Array.of(x0, d, x1, d, x2, e, x3, e));
    }
    default:
      return null;
  }
}

/** @param {Shape} shape */
function rect({ words, numbers: [, x, y, width, height, radius, thickness] }) {
  if (width <= 0 || height <= 0) return "";
  const rx = Math.min(radius, width / 2, height / 2);
  return tag("rect", { x, y, width, height, rx }, paint(words[0], thickness));
}

/** @param {Shape} shape */
function ellipse({ words, numbers: [, cx, cy, rx, ry, , thickness] }) {
  return `<ellipse cx="${number(cx)}" cy="${number(cy)}" rx="${number(rx)}" ry="${number(ry)}"${paint(words[0], thickness)}/>`;
}

/** @param {Shape} shape */
function path({ words, numbers }) {
  const [, , , , , , thickness, ...points] = numbers;
  const d = points.map((value, i) => `${i % 2 ? " " : i ? "L" : "M"}${number(value)}`).join("");
  return `<path d="${d}${thickness ? "" : "Z"}"${paint(words[0], thickness)}/>`;
}

/**
 * @typedef {{ink: number, face: number, size: number, x: number, y: number, width: number,
 *   text: string}} Line
 */

/** @param {Shape} shape @returns {Line} */
function lineOf({ words, numbers: [, face, size, x, y, width, length] }) {
  const bytes = new Uint8Array(words.buffer, words.byteOffset + 7 * 4, length);
  return { ink: words[0], face, size, x, y, width, text: new TextDecoder().decode(bytes) };
}

/** Puts a word behind those before it, where it is the next one. @param {Line} line @param {Line} next */
function joined(line, next) {
  const same = line.face === next.face && line.ink === next.ink && line.y === next.y;
  if (!same || !RUNNING.includes(line.face)) return false;
  const gap = next.x - line.x - line.width;
  if (Math.abs(gap - (SPACE_EM * line.size) / SANS_EM) > 1.5) return false;
  line.text += ` ${next.text}`;
  line.width = next.x + next.width - line.x;
  return true;
}

/** @param {Line} line */
function textOf({ ink, face, size, x, y, width, text }) {
  if (text.trim() === "") return "";
  const { family, em, weight } = FACES[face];
  const length = { textLength: width, "font-size": size / em };
  // As wide as on the screen, whatever font there is. Spaced letters have no ligatures: >= is two.
  const rest = [
    ` lengthAdjust="spacingAndGlyphs"`,
    weight === 400 ? "" : ` font-weight="${weight}"`,
    family === SANS ? "" : ` font-family="${family}" letter-spacing="0.01"`,
    /^ | {2}/.test(text) ? ` xml:space="preserve"` : "",
  ].join("");
  return `${tag("text", { x, y, ...length }, rest + paint(ink, 0), false)}${escaped(text)}</text>`;
}

/** @param {Shape} shape @param {Marks} marks */
function shade({ words, numbers }, marks) {
  const [, x, y, width, height] = numbers;
  const id = marks.define(
    `linearGradient:${words[0]}:${words[7]}`,
    (name) =>
      `<linearGradient id="${name}"><stop stop-color="${color(words[0])}"/>` +
      `<stop offset="1" stop-color="${color(words[7])}"/></linearGradient>`,
  );
  // Crisp: pieces of one scale stand beside each other.
  return tag("rect", { x, y, width, height }, ` fill="url(#${id})" shape-rendering="crispEdges"`);
}

/** @param {Shape} shape @param {Marks} marks */
function clip({ numbers: [, x, y, width, height] }, marks) {
  const id = marks.define(
    `clip:${x}:${y}:${width}:${height}`,
    (name) => `<clipPath id="${name}">${tag("rect", { x, y, width, height })}</clipPath>`,
  );
  return `<g clip-path="url(#${id})">`;
}

/**
 * The part of a drawing that lies in its box, in CSS pixels: well-formed XML without script.
 * @param {Figure} figure
 */
export function svgOf({ words, box, scale, title, link, language, pictures }) {
  const marks = new Marks();
  const [left, top, width, height] = box;
  let picture = 0;
  /** @param {Shape} shape */
  const written = (shape) => {
    switch (shape.op) {
      case OP.rect:
        return rect(shape);
      case OP.ellipse:
        return ellipse(shape);
      case OP.path:
        return path(shape);
      case OP.shade:
        return shade(shape, marks);
      case OP.clip:
        return clip(shape, marks);
      case OP.unclip:
        return "</g>";
      case OP.ribbon:
        return ribbonShapes(shape, marks);
      case OP.cells:
        return cellShapes(shape, marks);
      case OP.picture: {
        const [, x, y, w, h] = shape.numbers;
        const place = { x, y, width: w, height: h };
        return tag("image", place, ` preserveAspectRatio="none" href="${pictures[picture]}"`);
      }
      default:
        throw new RangeError(`a drawing has no shape ${shape.op}`);
    }
  };
  const shapes = [];
  /** @type {Line | null} */
  let line = null;
  const endLine = () => {
    if (line) shapes.push(textOf(line));
    line = null;
  };
  for (const shape of shapesOf(words)) {
    const place = placeOf(shape);
    if (!place || meet(place, box)) {
      const next = shape.op === OP.words ? lineOf(shape) : null;
      if (!line || !next || !joined(line, next)) {
        endLine();
        if (next) line = next;
        else shapes.push(written(shape));
      }
    }
    if (shape.op === OP.picture) picture += 1;
  }
  endLine();
  const size = { width: width / scale, height: height / scale };
  const view = `viewBox="${[left, top, width, height].map(number).join(" ")}"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    tag(
      "svg",
      size,
      ` xmlns="http://www.w3.org/2000/svg" ${view} role="img" xml:lang="${language}" font-family="${SANS}"`,
      false,
    ),
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(link)}</desc>`,
    `<defs>${marks.definitions()}</defs>`,
    ...shapes.filter(Boolean),
    "</svg>\n",
  ].join("\n");
}
