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

/** Where a page keeps what tests hold of it, by number: elements, and answers that take their time. */
const KEPT = 'window[Symbol.for("softmask tests")]';
let last = 0;

/**
 * What WebDriver's "execute async script" takes to call a function with arguments. The call is a task
 * of its own, as those of pages are: in the driver's own script WebKit ends every callback with the
 * microtasks. The answer is there in the next task, or { pending } tells the number by which
 * laterScript() finds it: one that takes its time must not hold up what a test does meanwhile.
 * @param {Function | string} body a function, or the text of a script
 * @param {unknown[]} args
 * @param {boolean} wantsElement an element that comes out is kept: { key }
 */
export function scriptOf(body, args, wantsElement) {
  const number = ++last;
  const call =
    typeof body === "function"
      ? `(${body})(...decode(given, kept.handles))`
      : `(function () { ${body}\n }).call(window)`;
  const keep = `if (value instanceof Node) {
          kept.handles.set(${number}, value);
          return { key: ${number} };
        }`;
  return {
    script: `
      ${decode}
      ${encodeThere}
      const [given, done] = arguments;
      const kept = (${KEPT} ??= { handles: new Map(), answers: new Map() });
      const failed = (error) =>
        ({ error: String(error?.message ?? error), stack: String(error?.stack ?? "") });
      const answered = (value) => {
        ${wantsElement ? keep : ""}
        return { text: JSON.stringify(encodeThere(value)), truthy: Boolean(value) };
      };
      const run = async () => answered(await ${call});
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        run().catch(failed).then((answer) => kept.answers.set(${number}, answer));
        port1.onmessage = () => {
          done(kept.answers.get(${number}) ?? { pending: ${number} });
          kept.answers.delete(${number});
        };
        port2.postMessage(null);
      };
      port2.postMessage(null);`,
    args: [encode(args)],
  };
}

/** What "execute script" takes to look for an answer: null as long as there is none. */
export const laterScript = (number) => ({
  script: `
    const answers = ${KEPT}?.answers;
    if (!answers) return { error: "the page was left before its answer", stack: "" };
    const answer = answers.get(${number});
    answers.delete(${number});
    return answer ?? null;`,
  args: [],
});

/** The same for a kept element itself, which WebDriver then has a name for. */
export const elementScript = (key) => ({
  script: `return ${KEPT}.handles.get(${key});`,
  args: [],
});

/** The value of an answer of such a script. */
export function valueOf(answer) {
  if (answer?.error !== undefined) {
    throw new Error(`${answer.error}\nin the page: ${answer.stack}`);
  }
  return decode(JSON.parse(answer.text), []);
}
