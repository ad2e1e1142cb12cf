// Values on their way into WebKit's pages and back: WebDriver's JSON has neither undefined nor NaN.

/** Marks what is not JSON: {"#": "NaN"}, {"#": "handle", at: 0}. */
const MARK = "#";

/**
 * @param {unknown} value
 * @param {{reference: object}[]} handles takes the handles that are in it
 */
function encode(value, handles) {
  if (value === undefined) return { [MARK]: "undefined" };
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { [MARK]: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (typeof value === "bigint") return { [MARK]: "bigint", digits: String(value) };
  if (value === null || typeof value !== "object") return value;
  if ("reference" in value) {
    handles.push(/** @type {any} */ (value));
    return { [MARK]: "handle", at: handles.length - 1 };
  }
  if (Array.isArray(value)) return value.map((one) => encode(one, handles));
  return Object.fromEntries(Object.entries(value).map(([k, one]) => [k, encode(one, handles)]));
}

/** The opposite of both encode() and encodeThere(). */
function decode(value, handles) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((one) => decode(one, handles));
  const mark = value["#"];
  if (mark === "undefined") return undefined;
  if (mark === "bigint") return BigInt(value.digits);
  if (mark === "handle") return handles[value.at];
  if (mark !== undefined) return Number(mark);
  return Object.fromEntries(Object.entries(value).map(([k, one]) => [k, decode(one, handles)]));
}

/** encode() as pages run it: nodes, windows and functions stay there. */
function encodeThere(value, outer = []) {
  if (typeof value === "bigint") return { "#": "bigint", digits: String(value) };
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { "#": Object.is(value, -0) ? "-0" : String(value) };
  }
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value;
  const stays = typeof value !== "object" || value instanceof Node || value.window === value;
  if (stays || value instanceof Promise) return { "#": "undefined" };
  if (outer.includes(value)) throw new TypeError("a value that holds itself cannot be handed over");
  const inner = [...outer, value];
  if (Array.isArray(value)) return Array.from(value, (one) => encodeThere(one, inner));
  return Object.fromEntries(Object.entries(value).map(([k, one]) => [k, encodeThere(one, inner)]));
}

/** Where pages keep the answers that have been asked for, by number. */
const ANSWERS = "softmask answers";
let asked = 0;

/**
 * What WebDriver's "execute async script" takes to call a function with arguments. The answer is
 * there in the next turn, or { pending } tells the number by which laterScript() finds it: one
 * that takes its time must not hold up all that a test does meanwhile.
 * @param {Function | string} body a function, or a script whose value is wanted
 * @param {unknown[]} args
 * @param {boolean} wantsElement for the element that comes out itself, not for its value
 */
export function scriptOf(body, args, wantsElement) {
  const handles = [];
  const encoded = encode(args, handles);
  const call =
    typeof body === "function"
      ? `(${body})(...decode(arguments[0], Array.from(arguments).slice(1, -1)))`
      : `(0, globalThis.eval)(${JSON.stringify(body)})`;
  const result = wantsElement
    ? "value instanceof Node ? { element: value } : { text: JSON.stringify(encodeThere(value)) }"
    : "{ text: JSON.stringify(encodeThere(value)) }";
  return {
    script: `
      ${decode}
      ${encodeThere}
      const done = arguments[arguments.length - 1];
      const answers = (window[Symbol.for("${ANSWERS}")] ??= new Map());
      const answer = (value) => answers.set(${++asked}, value);
      const failed = (error) =>
        answer({ error: String(error?.message ?? error), stack: String(error?.stack ?? "") });
      try {
        Promise.resolve(${call}).then((value) => answer(${result})).catch(failed);
      } catch (error) {
        failed(error);
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        done(answers.get(${asked}) ?? { pending: ${asked} });
        answers.delete(${asked});
      };
      port2.postMessage(null);`,
    // The driver finds elements among the arguments themselves alone.
    args: [encoded, ...handles.map(({ reference }) => reference)],
  };
}

/** What "execute script" takes to look for an answer: null as long as there is none. */
export const laterScript = (number) => ({
  script: `
    const answers = window[Symbol.for("${ANSWERS}")];
    if (!answers) return { error: "the page was left before its answer", stack: "" };
    const answer = answers.get(${number});
    answers.delete(${number});
    return answer ?? null;`,
  args: [],
});

/** The value of an answer of such a script. */
export function valueOf(answer) {
  if (answer?.error !== undefined) {
    throw new Error(`${answer.error}\nin the page: ${answer.stack}`);
  }
  return decode(JSON.parse(answer.text), []);
}
