// Sessions: a changed column against a full fast softmax.

const GOAL = 100;

export const title = "Session at 4096×4096: one column changed, against a full fast softmax";

/** @param {import("../run.js").Bench} bench @returns {Promise<import("../table.js").Row[]>} */
export async function run({ page, options }) {
  const timings = await page.evaluate(async (given) => {
    const address = "/tests/bench/page/session.js";
    return (await import(address)).runSession(given);
  }, options);
  const ms = Object.fromEntries(timings.map((timing) => [timing.name, timing.ms]));
  const full = ms["full fast"];
  return [
    {
      what: "setColumn",
      figures: { unit: "ms", ...ms },
      ratio: { name: "full / changed", value: full / ms.setColumn, goal: { atLeast: GOAL } },
    },
    {
      what: "setColumn and rowScale",
      ratio: { name: "full / changed", value: full / ms["setColumn and rowScale"] },
    },
  ];
}
