// PyTorch's arithmetic, bit for bit: SIMD against the scalar module.

const GOAL = 5;

export const title = 'Exact kernel (method "torch", avx2) at 512×512: SIMD against scalar';

/** @param {import("../run.js").Bench} bench @returns {Promise<import("../table.js").Row[]>} */
export async function run({ page, options }) {
  const { elements, results } = await page.evaluate(async (given) => {
    const address = "/tests/bench/page/exact.js";
    return (await import(address)).runExact(given);
  }, options);
  return results.map(({ what, timings }) => {
    const ns = Object.fromEntries(timings.map(({ name, ms }) => [name, (ms * 1e6) / elements]));
    const value = ns.scalar / ns.SIMD;
    const figures = { unit: "ns an element", ...ns };
    return { what, figures, ratio: { name: "scalar / SIMD", value, goal: { atLeast: GOAL } } };
  });
}
