// core.js in Chromium: PyTorch's own results, bit for bit, in each of its modules; and how it loads.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { checksSource, goldenFiles } from "../node/golden.js";
import { EXPECTED_COUNTS } from "../node/golden_checks.js";
import { openPage, startBrowser } from "./harness.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
before(async () => {
  started = await startBrowser();
});
after(() => started?.close());

/** A page of the site that loads nothing by itself. */
const openEmpty = () => openPage(started.browser, `${started.url}core.d.ts`);

const MODULES = {
  "relaxed SIMD": { simd: true, relaxedSimd: true },
  SIMD: { simd: true, relaxedSimd: false },
  "the scalar module": { simd: false, relaxedSimd: false },
};

for (const [module, options] of Object.entries(MODULES)) {
  test(`all golden data with ${module}`, async (t) => {
    const opened = await openEmpty();
    const all = await opened.page.evaluate(
      async (url, wanted, source, files) => {
        const { createCore } = await import(`${url}core.js`);
        if (wanted.relaxedSimd && !(await createCore()).relaxedSimd) return null;
        const core = await createCore(wanted);
        const { simd, relaxedSimd } = core;
        if (simd !== wanted.simd || relaxedSimd !== wanted.relaxedSimd) {
          throw new Error("another module runs");
        }
        const text = new Blob([source], { type: "text/javascript" });
        const { checkEverything } = await import(URL.createObjectURL(text));
        return checkEverything(core, files);
      },
      started.url,
      options,
      checksSource(),
      goldenFiles(),
    );
    if (all === null) {
      await opened.close();
      return t.skip("no fused multiply-add of relaxed SIMD here");
    }
    for (const [name, { compared, problems }] of Object.entries(all)) {
      assert.deepEqual(problems, [], name);
      assert.equal(compared, EXPECTED_COUNTS[name], name);
    }
    assert.deepEqual(opened.foreign(), []);
    await opened.close();
  });
}

/** The script itself comes before requests are looked at: in WebKit one through the proxy may fail. */
async function openWithScript() {
  const opened = await openEmpty();
  await opened.page.evaluate(async (url) => {
    await import(`${url}core.js`);
  }, started.url);
  return opened;
}

test("a server that does not know the type of .wasm", async () => {
  const opened = await openWithScript();
  await opened.page.setRequestInterception(true);
  opened.page.on("request", async (request) => {
    if (!request.url().endsWith(".wasm")) return request.continue();
    const body = Buffer.from(await (await fetch(request.url())).arrayBuffer());
    return request.respond({ status: 200, contentType: "text/plain", body });
  });
  const first = await opened.page.evaluate(async (url) => {
    const { createCore } = await import(`${url}core.js`);
    return (await createCore()).generator(0).rand(1)[0];
  }, started.url);
  assert.equal(first, Math.fround(0.49625658988952637));
  await opened.close();
});

test("a module that is not there is said by its address, and can be had later", async () => {
  const opened = await openWithScript();
  await opened.page.setRequestInterception(true);
  let missing = true;
  opened.page.on("request", (request) => {
    if (missing && request.url().endsWith(".wasm")) return request.respond({ status: 404 });
    return request.continue();
  });
  const attempt = () =>
    opened.page.evaluate(async (url) => {
      const { createCore } = await import(`${url}core.js`);
      return createCore({ simd: false }).then(
        (core) => `simd ${core.simd}`,
        (error) => error.message,
      );
    }, started.url);
  assert.match(await attempt(), /core-scalar\.wasm could not be loaded: HTTP 404/);
  missing = false;
  assert.equal(await attempt(), "simd false");
  await opened.close();
});
