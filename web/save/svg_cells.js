// The cells of a heatmap as SVG, one by one: what src/gfx/heatmap_shader.h draws.

import { color, number, paint, tag } from "./svg_marks.js";

/** view::ValueClass */
const CLASS = /** @type {const} */ ({ zero: 1, tiny: 2, nan: 3, inf: 4 });
/** view::Panel, and the strip of a header. */
const PANEL = /** @type {const} */ ({ scores: 0, mask: 1, probabilities: 3, strip: 4 });

const OPAQUE = 0xff000000;

/** @param {number} packed as the shader has it */
function luminance(packed) {
  const square = (/** @type {number} */ byte) => (byte / 255) ** 2;
  return (
    0.2126 * square(packed & 255) +
    0.7152 * square((packed >>> 8) & 255) +
    0.0722 * square((packed >>> 16) & 255)
  );
}

/**
 * @param {import("./svg.js").Shape} shape
 * @param {import("./svg_marks.js").Marks} marks
 */
export function cellShapes({ words, numbers }, marks) {
  const sight = [...numbers.subarray(1, 5)];
  const [panel, cols, x0, y0, cellW, cellH, gap, radius, scale] = numbers.subarray(5);
  const [, hatch, muted, ink, danger, onMasked] = words.subarray(14);
  const cells = words.subarray(20);
  const width = cellW - gap;
  const height = cellH - (panel === PANEL.strip ? 0 : gap);
  const rx = Math.min(radius, 2 * gap, width / 2, height / 2);
  const lines = { width: 1.2, scale };
  const clipId = marks.define(`clip:${sight.join(":")}`, (name) => {
    const [x, y, w, h] = sight;
    return `<clipPath id="${name}">${tag("rect", { x, y, width: w, height: h })}</clipPath>`;
  });

  /** The hatch is grey on grey; on a color it is that color, darker or lighter. */
  const hatchOn = (/** @type {number} */ back, /** @type {boolean} */ blank) => {
    if (blank) return marks.hatch({ ink: color(hatch), opacity: 0.8, ...lines });
    const over = luminance(back) > 0.18 ? "#000000" : "#ffffff";
    return marks.hatch({ ink: over, opacity: 0.42, ...lines });
  };
  const outline = (
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {number} */ thickness,
    /** @type {string} */ strokes,
  ) => {
    const half = thickness / 2;
    const place = {
      x: x + half,
      y: y + half,
      width: width - thickness,
      height: height - thickness,
    };
    return tag("rect", { ...place, rx: Math.max(rx - half, 0) }, strokes);
  };
  /** scores are what they were: only the foot of the cell says that they will be filled. */
  const foot = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ fill) => {
    const [right, bottom, top] = [x + width, y + height, y + height - 6 * scale];
    const corner = `${number(rx)} ${number(rx)} 0 0 1`;
    const d =
      `M${number(x)} ${number(top)}H${number(right)}V${number(bottom - rx)}` +
      `A${corner} ${number(right - rx)} ${number(bottom)}H${number(x + rx)}` +
      `A${corner} ${number(x)} ${number(bottom - rx)}Z`;
    return `<path d="${d}" fill="${fill}"/>`;
  };
  const cross = (/** @type {number} */ x, /** @type {number} */ y) => {
    const [cx, cy, d] = [x + width / 2, y + height / 2, 3.6 * scale * Math.SQRT1_2];
    const arm = (/** @type {number} */ s) =>
      `M${number(cx - d)} ${number(cy - s * d)}L${number(cx + d)} ${number(cy + s * d)}`;
    return `<path d="${arm(1)}${arm(-1)}"${paint(onMasked, 1.3 * scale)}/>`;
  };

  const out = [`<g clip-path="url(#${clipId})">`];
  cells.forEach((word, index) => {
    const x = x0 + (index % cols) * cellW;
    const y = y0 + Math.floor(index / cols) * cellH;
    const look = word >>> 24;
    const valueClass = look & 7;
    const masked = (look & 8) !== 0;
    const blank = (look & 16) !== 0;
    const whole = (/** @type {string} */ attributes) =>
      tag("rect", { x, y, width, height, rx }, attributes);
    out.push(whole(` class="cell"${paint((word | OPAQUE) >>> 0, 0)}`));
    if (panel === PANEL.mask) {
      if (masked && Math.min(cellW, cellH) >= 12 * scale) out.push(cross(x, y));
      return;
    }
    if (masked) {
      const fill = hatchOn(word, blank);
      const onlyFoot = panel === PANEL.scores && cellH >= 14 * scale;
      out.push(onlyFoot ? foot(x, y, fill) : whole(` fill="${fill}"`));
    }
    if (valueClass === CLASS.nan) {
      for (const falling of [false, true]) {
        const fill = marks.hatch({ ink: color(danger), opacity: 0.38, ...lines, falling });
        out.push(whole(` fill="${fill}"`));
      }
    } else if (valueClass === CLASS.zero && panel === PANEL.probabilities && !masked) {
      out.push(outline(x, y, scale, `${paint(muted, scale)} stroke-opacity="0.55"`));
    } else if (valueClass === CLASS.inf && !blank) {
      out.push(outline(x, y, 2 * scale, paint(ink, 2 * scale)));
    } else if (valueClass === CLASS.tiny && panel === PANEL.probabilities) {
      const [dx, dy] = [Math.min(6 * scale, width / 2), Math.min(6 * scale, height / 2)];
      const r = Math.min(1.75 * scale, 0.2 * Math.min(cellW, cellH));
      out.push(tag("circle", { cx: x + width - dx, cy: y + dy, r }, paint(muted, 0)));
    }
  });
  out.push("</g>");
  return out.join("\n");
}
