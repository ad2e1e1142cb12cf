// The fast kernel: against the fastest peer, and against a copy of the same bytes.

const GOAL_PEER = 6;
const GOAL_COPY = 3.5;
const COPY_SIZE = "2048×2048";
const TOLERANCE = 1e-6;
const PEERS = ["tfjs", "onnxruntime", "JavaScript"];

export const title = "Fast kernel: half the columns masked, fill -1e9, softmax over rows";

/** @param {import("../run.js").Bench} bench @returns {Promise<import("../table.js").Row[]>} */
export async function run({ page, options }) {
  const results = await page.evaluate(async (given) => {
    const address = "/tests/bench/page/kernel.js";
    return (await import(address)).runKernel(given);
  }, options);
  return results.flatMap(rowsOf);
}

function rowsOf({ rows, cols, distances, timings }) {
  const size = `${rows}×${cols}`;
  for (const [peer, distance] of Object.entries(distances)) {
    if (!(distance <= TOLERANCE)) {
      throw new Error(`${peer} differs from ours by ${distance} at ${size}: nothing to compare`);
    }
  }
  const ns = Object.fromEntries(timings.map(({ name, ms }) => [name, (ms * 1e6) / (rows * cols)]));
  const fastest = Math.min(...PEERS.map((peer) => ns[peer]));
  const figures = { unit: "ns an element", ...ns };
  const copyGoal = size === COPY_SIZE ? { atMost: GOAL_COPY } : undefined;
  return [
    {
      what: size,
      figures,
      ratio: {
        name: "fastest peer / ours",
        value: fastest / ns.ours,
        goal: { atLeast: GOAL_PEER },
      },
    },
    { what: size, ratio: { name: "ours / copy", value: ns.ours / ns.copy, goal: copyGoal } },
  ];
}
