// In the browser: one changed column in a session against a full fast softmax of the same matrix.

import { CoreMemory } from "/build/modules/bench/core_memory.js";
import { coreWork, randomCase } from "/build/modules/bench/softmax_work.js";
import { timeInterleaved } from "/build/modules/bench/timing.js";
import { fastestCore } from "/build/modules/simd.js";

const ROWS = 4096;
const COLS = 4096;

/** The column a session changes next: every one in turn, in an order that jumps about. */
const STEP = 1597;

/** @param {{rounds: number, sampleMs: number}} options */
export async function runSession(options) {
  const memory = await CoreMemory.load(fastestCore());
  const { exports } = memory;
  const input = randomCase(memory, ROWS, COLS);
  const session = exports.softmask_session_new(ROWS, COLS);
  if (session === 0) throw new RangeError("out of memory");
  const scores = memory.store(input.scores);
  exports.softmask_session_rows(session, 0, ROWS, scores);
  input.mask.forEach((masked, col) => exports.softmask_session_column(session, col, masked));
  const mask = input.mask.slice();
  const scales = memory.alloc(4 * ROWS);
  let col = 0;
  const change = () => {
    col = (col + STEP) % COLS;
    mask[col] ^= 1;
    exports.softmask_session_column(session, col, mask[col]);
  };

  const full = coreWork("full fast", memory, input);
  full.work();
  const expected = full.result();
  const out = memory.alloc(4 * COLS);
  exports.softmask_session_probabilities(session, 7, 1, out);
  const row = memory.floats(out, COLS);
  const differs = row.some((p, i) => Math.abs(p - expected[7 * COLS + i]) > 1e-6);
  if (differs) throw new Error("the session and the full softmax differ");

  const timings = await timeInterleaved(
    [
      full,
      { name: "setColumn", work: change },
      {
        name: "setColumn and rowScale",
        work() {
          change();
          exports.softmask_session_scale(session, scales);
        },
      },
    ],
    options,
  );
  exports.softmask_session_free(session);
  memory.free();
  return timings;
}
