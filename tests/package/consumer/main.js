// The script of a page that has Softmask from npm.

import { mount } from "softmask";
import { createCore } from "softmask/core";

/** For the test. */
window.consumer = {
  mount: (options) => mount(document.querySelector("#mounted"), options),
  async article() {
    const core = await createCore();
    const generator = core.generator(333512);
    const scores = generator.randn(20);
    const mask = Uint8Array.from(generator.randint(0, 2, 5), Number);
    const { probabilities } = core.maskedSoftmax({ scores, rows: 4, cols: 5, mask, fill: -1e9 });
    return core.format(probabilities, 4, 5, { precision: 3, sciMode: false, style: "1.13" });
  },
};
