// core.js against PyTorch's own results, bit for bit, in each of its modules.

import assert from "node:assert/strict";
import { test } from "node:test";

import { coreModule, coreOptions, goldenFiles } from "./golden.js";
import { EXPECTED_COUNTS, checkEverything, draw } from "./golden_checks.js";

const { createCore } = await coreModule;
const files = goldenFiles();

for (const options of await coreOptions()) {
  const core = await createCore(options);
  const module = options.relaxedSimd ? "relaxed SIMD" : options.simd ? "SIMD" : "scalar";
  const all = checkEverything(core, files);

  test(`${module}: nothing was left out`, () => {
    const counts = Object.entries(all).map(([name, { compared }]) => [name, compared]);
    assert.deepEqual(Object.fromEntries(counts), EXPECTED_COUNTS);
  });

  for (const [name, { problems }] of Object.entries(all)) {
    test(`${module}, ${name}`, () => assert.deepEqual(problems, []));
  }

  test(`${module}: the article's program, character for character`, () => {
    const drawn = draw(core, { seed: "333512", rows: 4, cols: 5 }, "avx2");
    const { probabilities } = core.maskedSoftmax({ ...drawn, fill: -1e9 });
    const options = { precision: 3, sciMode: false, style: "1.13" };
    assert.equal(
      core.format(drawn.scores, 4, 5, options),
      `tensor([[-0.786,  1.136,  1.624,  0.417,  1.366],
        [-0.520, -0.127, -0.219, -0.489,  0.276],
        [-0.937, -0.734,  1.221, -0.305,  1.020],
        [ 2.252, -0.042, -1.098,  1.135, -0.075]])`,
    );
    assert.equal(core.format(drawn.mask, 1, 5), "tensor([[False,  True,  True, False,  True]])");
    assert.equal(
      core.format(probabilities, 4, 5, options),
      `tensor([[0.231, 0.000, 0.000, 0.769, 0.000],
        [0.492, 0.000, 0.000, 0.508, 0.000],
        [0.347, 0.000, 0.000, 0.653, 0.000],
        [0.754, 0.000, 0.000, 0.246, 0.000]])`,
    );
  });
}
