// In the browser: randn by the core, one call at a time, so that PyTorch has its turns between.

import { CoreMemory } from "/build/modules/bench/core_memory.js";
import { fastestCore } from "/build/modules/simd.js";

const CPUS = ["avx2", "default"];

/** @param {number} n @param {string} cpu */
export async function startRandn(n, cpu) {
  const memory = await CoreMemory.load(fastestCore());
  const { exports } = memory;
  const out = memory.alloc(4 * n);
  const generator = memory.alloc(exports.softmask_generator_bytes());
  return {
    /** Milliseconds of torch.manual_seed(seed) and torch.randn(n). @param {number} seed */
    time(seed) {
      const start = performance.now();
      exports.softmask_generator_seed(generator, seed, 0, CPUS.indexOf(cpu));
      exports.softmask_randn(generator, out, n);
      return performance.now() - start;
    },
    /** SHA-256 of the last result, in hexadecimal. */
    async digest() {
      const hash = await crypto.subtle.digest("SHA-256", memory.floats(out, n));
      return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join(
        "",
      );
    },
    free: () => memory.free(),
  };
}
