// The state as text, "seed=333512&rows=4": what the exported C functions take and give.

const NUMBERS = new Set(["rows", "cols", "dim", "temperature"]);

const KEYS = [
  ...["seed", "rows", "cols", "scores", "cpu", "mask", "fill", "dtype", "order", "dim"],
  ...["temperature", "row", "lesson", "lang", "theme", "hide", "animate"],
];

/** @param {unknown} value */
function spelled(value) {
  if (value === -Infinity) return "-inf";
  if (typeof value === "object" && value !== null) return JSON.stringify(value) ?? "object";
  return String(value);
}

/**
 * A patch of setState as text. Unknown keys are left out, as are undefined values; whether the
 * others are allowed is decided in one place, by the application.
 * @param {unknown} patch
 */
export function patchText(patch) {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) {
    throw new TypeError(`setState takes an object of state keys, not ${spelled(patch)}`);
  }
  const values = /** @type {Record<string, unknown>} */ (patch);
  return KEYS.filter((key) => Object.hasOwn(values, key) && values[key] !== undefined)
    .map((key) => `${key}=${encodeURIComponent(spelled(values[key]))}`)
    .join("&");
}

/**
 * The application's text as a record.
 * @param {string} text
 */
export function parseState(text) {
  /** @type {Record<string, string | number>} */
  const state = {};
  for (const field of text.split("&")) {
    const at = field.indexOf("=");
    const key = field.slice(0, at);
    const value = decodeURIComponent(field.slice(at + 1));
    state[key] = NUMBERS.has(key) ? Number(value) : value;
  }
  return state;
}
