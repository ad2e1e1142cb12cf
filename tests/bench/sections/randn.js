// randn in WebAssembly against PyTorch on the same machine, bit for bit, where there is a PyTorch.

import { median } from "../../../web/bench/timing.js";
import { startTorch } from "../native_torch.js";

const N = 16_777_216;
const GOAL = 1.5;

export const title = `randn of ${N.toLocaleString("en")} values against native PyTorch, one thread`;

/** @param {import("../run.js").Bench} bench @returns {Promise<import("../table.js").Row[]>} */
export async function run({ page, options }) {
  const rows = [];
  for (const cpu of /** @type {const} */ (["avx2", "default"])) {
    const what = `cpu ${cpu}`;
    const torch = await startTorch(cpu);
    if (!torch) {
      rows.push({ what, note: "not measured: no PyTorch here" });
      continue;
    }
    try {
      rows.push({ what, ...(await measure(page, torch, cpu, options)) });
    } finally {
      torch.close();
    }
  }
  return rows;
}

async function measure(page, torch, cpu, { rounds }) {
  const core = await page.evaluateHandle(
    async (n, path) => {
      const address = "/tests/bench/page/randn.js";
      return (await import(address)).startRandn(n, path);
    },
    N,
    cpu,
  );
  const ours = [];
  const theirs = [];
  for (let seed = 0; seed <= rounds; seed++) {
    const ms = await core.evaluate((running, given) => running.time(given), seed);
    const [torchMs, torchDigest] = (await torch.ask(`${seed} ${N}`)).split(" ");
    const digest = await core.evaluate((running) => running.digest());
    if (digest !== torchDigest) throw new Error(`randn differs from PyTorch's, seed ${seed}`);
    if (seed === 0) continue; // memory and code were new
    ours.push(ms);
    theirs.push(Number(torchMs));
  }
  await core.evaluate((running) => running.free());
  const figures = { unit: "ms", ours: median(ours), [`PyTorch ${torch.version}`]: median(theirs) };
  const value = median(ours) / median(theirs);
  return { figures, ratio: { name: "ours / PyTorch", value, goal: { atMost: GOAL } } };
}
