// Values on their way into WebKit's pages and back: WebDriver's JSON has neither undefined nor NaN.

/** Marks what is not JSON: {"#": "NaN"}, {"#": "handle", key: 1}. */
const MARK = "#";

/** Something that a page keeps. */
export class Handle {
  /** @param {number} key */
  constructor(key) {
    this.key = key;
  }
}

/** @param {unknown} value handles of elements have a `key` */
function encode(value) {
  if (value === undefined) return { [MARK]: "undefined" };
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { [MARK]: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (typeof value === "bigint") return { [MARK]: "bigint", digits: String(value) };
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Handle) return { [MARK]: "handle", key: value.key };
  if (Array.isArray(value)) return value.map((one) => encode(one));
  return Object.fromEntries(Object.entries(value).map(([k, one]) => [k, encode(one)]));
}

/** The opposite of both encode() and encodeThere(). @param {Map<number, unknown>} handles */
function decode(value, handles) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((one) => decode(one, handles));
  const mark = value["#"];
  if (mark === "undefined") return undefined;
  if (mark === "bigint") return BigInt(value.digits);
  if (mark === "handle") return handles.get(value.key);
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

/** Where a window keeps what tests hold of it, by number: elements, and answers that take their time. */
const KEPT = 'Symbol.for("softmask tests")';
let last = 0;

/** Finds the window of a frame by the elements that lead to it, from the driver's own. */
const within = (path) => `
  let place = window;
  for (const key of ${JSON.stringify(path)}) place = place[${KEPT}].handles.get(key).contentWindow;`;

/**
 * What WebDriver's "execute async script" takes to call a function with arguments, in a frame of the
 * same origin as if it were written there. (Had the driver gone into the frame, it would have moved
 * the focus.) The call is a task of its own, as those of pages are: in the driver's own script WebKit
 * ends every callback with the microtasks. The answer is there in the next task, or { pending } tells
 * the number by which laterScript() finds it: one that takes its time must not hold up what a test
 * does meanwhile. { foreign } is the answer for a frame of another origin.
 * @param {number[]} path to the frame
 * @param {Function | string} body a function, or the text of a script
 * @param {unknown[]} args
 * @param {boolean} wantsElement an element that comes out is kept: { key }
 */
export function scriptOf(path, body, args, wantsElement) {
  const number = ++last;
  const call =
    typeof body === "function"
      ? `(${body})(...decode(given, kept.handles))`
      : `(function () { ${body}\n }).call(place)`;
  const keep = `if (value instanceof Node) {
          kept.handles.set(${number}, value);
          return { key: ${number} };
        }`;
  return {
    script: `
      const [given, done] = arguments;
      ${within(path)}
      try {
        place.document;
      } catch {
        return done({ foreign: true });
      }
      const kept = (place[${KEPT}] ??= { handles: new Map(), answers: new Map() });
      const { port1, port2 } = new MessageChannel();
      with (place) {
        ${decode}
        ${encodeThere}
        const failed = (error) =>
          ({ error: String(error?.message ?? error), stack: String(error?.stack ?? "") });
        const answered = (value) => {
          ${wantsElement ? keep : ""}
          return { text: JSON.stringify(encodeThere(value)), truthy: Boolean(value) };
        };
        const run = async () => answered(await ${call});
        port1.onmessage = () => {
          run().catch(failed).then((answer) => kept.answers.set(${number}, answer));
          port1.onmessage = () => {
            done(kept.answers.get(${number}) ?? { pending: ${number} });
            kept.answers.delete(${number});
          };
          port2.postMessage(null);
        };
        port2.postMessage(null);
      }`,
    args: [encode(args)],
  };
}

/** What "execute script" takes to look for an answer: null as long as there is none. */
export const laterScript = (path, number) => ({
  script: `
    try {
      ${within(path)}
      const { answers } = place[${KEPT}];
      const answer = answers.get(${number});
      answers.delete(${number});
      return answer ?? null;
    } catch {
      return { error: "the page was left before its answer", stack: "" };
    }`,
  args: [],
});

/** The same for a kept element itself, which WebDriver then has a name for. */
export const elementScript = (path, key) => ({
  script: `
    ${within(path)}
    return place[${KEPT}].handles.get(${key});`,
  args: [],
});

/** The value of an answer of such a script. */
export function valueOf(answer) {
  if (answer?.error !== undefined) {
    throw new Error(`${answer.error}\nin the page: ${answer.stack}`);
  }
  return decode(JSON.parse(answer.text), []);
}
