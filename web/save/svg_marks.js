// The small change of SVG: numbers, colors, elements, and what is defined once and used by its name.

/** Hundredths of a pixel. @param {number} value */
export const number = (value) => String(Math.round(value * 100) / 100);

/** @param {number} packed red in the lowest byte */
export function color(packed) {
  const swapped = ((packed & 255) << 16) | (packed & 0xff00) | ((packed >>> 16) & 255);
  return `#${swapped.toString(16).padStart(6, "0")}`;
}

/**
 * A line of that thickness, or a filling, as attributes.
 * @param {number} packed its highest byte is the opacity
 * @param {number} thickness 0: filled
 */
export function paint(packed, thickness) {
  const alpha = packed >>> 24;
  const what = thickness > 0 ? "stroke" : "fill";
  const opacity = alpha < 255 ? ` ${what}-opacity="${number(alpha / 255)}"` : "";
  const line = thickness > 0 ? ` fill="none" stroke-width="${number(thickness)}"` : "";
  return ` ${what}="${color(packed)}"${opacity}${line}`;
}

/**
 * What XML would take for its own, and what it cannot hold at all.
 * @param {string} text
 */
export const escaped = (text) =>
  text
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

/**
 * @param {string} name
 * @param {Record<string, number>} numbers attributes; those that are 0 as they would be without are
 *   left out
 * @param {string} [rest] further attributes, as they are to stand
 * @param {boolean} [closed]
 */
export function tag(name, numbers, rest = "", closed = true) {
  const attributes = Object.entries(numbers)
    .filter(([key, value]) => value !== 0 || !["rx", "x", "y"].includes(key))
    .map(([key, value]) => ` ${key}="${number(value)}"`);
  return `<${name}${attributes.join("")}${rest}${closed ? "/" : ""}>`;
}

/** Patterns, gradients and clips: each is defined once, by whoever needs it first. */
export class Marks {
  /** @type {Map<string, {id: string, text: string}>} */
  #known = new Map();

  /**
   * @param {string} key what it is
   * @param {(id: string) => string} make
   * @returns {string} its id
   */
  define(key, make) {
    let found = this.#known.get(key);
    if (!found) {
      const id = `softmask-${this.#known.size}`;
      found = { id, text: make(id) };
      this.#known.set(key, found);
    }
    return found.id;
  }

  /**
   * Lines at 45 degrees through the whole drawing, so that neighbours continue each other.
   * @param {{ink: string, opacity: number, width: number, scale: number, falling?: boolean}} lines
   *   `width` in CSS pixels; `falling` to the right instead of rising
   */
  hatch({ ink, opacity, width, scale, falling = false }) {
    const period = 7 * scale;
    const turn = falling ? -45 : 45;
    const id = this.define(`hatch:${ink}:${opacity}:${width}:${scale}:${turn}`, (name) => {
      const size = `width="${number(period)}" height="${number(period)}"`;
      const where = `patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})"`;
      const line = `stroke="${ink}" stroke-opacity="${opacity}" stroke-width="${number(width * scale)}"`;
      const middle = number(period / 2);
      return (
        `<pattern id="${name}" ${size} ${where}>` +
        `<path d="M${middle} 0V${number(period)}" ${line}/></pattern>`
      );
    });
    return `url(#${id})`;
  }

  definitions() {
    return [...this.#known.values()].map(({ text }) => text).join("");
  }
}
