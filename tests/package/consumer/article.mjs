// The article's program in Node, with Softmask from npm; and the import of a page's module, as a
// server that renders pages does it.

import { mount } from "softmask";
import { createCore } from "softmask/core";

const core = await createCore();
const generator = core.generator(333512);
const scores = generator.randn(20);
const mask = Uint8Array.from(generator.randint(0, 2, 5), Number);
const { probabilities } = core.maskedSoftmax({ scores, rows: 4, cols: 5, mask, fill: -1e9 });
console.log(core.format(probabilities, 4, 5, { precision: 3, sciMode: false, style: "1.13" }));
await mount().catch((error) => console.log(error.message));
