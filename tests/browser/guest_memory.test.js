// A viewer that is taken away leaves nothing behind: measured over many rounds of one page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage } from "./harness.js";
import { hostTests, tallPage } from "./host_page.js";
import { FEW_PIXELS } from "./viewer_tests.js";

const started = hostTests({ pages: { "/": tallPage('<div id="place"></div>') } });
const ROUNDS = 50;
const MEGABYTE = 1e6;

/** What the browser counts of the page and its frames, after it has cleaned up. */
async function measured(session) {
  // Twice: what the first round frees may have held what the second one finds.
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const value = Object.fromEntries(metrics.map((metric) => [metric.name, metric.value]));
  const { JSHeapUsedSize, JSEventListeners, Documents, Frames, Nodes } = value;
  return { JSHeapUsedSize, JSEventListeners, Documents, Frames, Nodes };
}

test(`${ROUNDS} viewers one after the other: no context stays`, async (t) => {
  const opened = await openPage(started().browser, `${started().host}/`, {
    ...FEW_PIXELS,
    reducedMotion: true,
    width: 480,
    height: 600,
  });
  const { page } = opened;
  const warnings = [];
  page.on("console", (message) => warnings.push(message.text()));
  // Were contexts left behind, the browser would take the oldest: this one, of the page itself.
  await page.evaluate(() => {
    const own = /** @type {any} */ (window);
    own.canary = document.createElement("canvas").getContext("webgl2");
    document.querySelector("#before")?.append(own.canary.canvas);
  });
  /** @param {number} count half of them mounted by script, half as the element, two at a time */
  const rounds = (count) =>
    page.evaluate(async (many) => {
      const { mount } = await import(/** @type {any} */ (document.scripts[0]).src);
      const place = /** @type {HTMLElement} */ (document.getElementById("place"));
      const hide = "title,controls,code,ledger,scores,masked";
      const byScript = async () => {
        const viewer = await mount(place, { mask: "00000", hide });
        await viewer.setState({ mask: "01010" });
        viewer.destroy();
      };
      const byElement = async () => {
        const view = document.createElement("softmask-view");
        view.setAttribute("hide", hide);
        const ready = new Promise((resolve) =>
          view.addEventListener("ready", resolve, { once: true }),
        );
        place.append(view);
        await ready;
        view.remove();
      };
      for (let i = 0; i < many; i += 2) await Promise.all([byScript(), byElement()]);
    }, count);
  const skip = cannot("memory");
  const session = skip ? null : await page.createCDPSession();
  await session?.send("Performance.enable");
  await session?.send("HeapProfiler.enable");
  await rounds(4); // what is loaded once stays
  const before = session && (await measured(session));
  await rounds(ROUNDS);
  await t.test("nor heap, listener or frame", { skip }, async () => {
    const after = await measured(session);
    const grown = after.JSHeapUsedSize - before.JSHeapUsedSize;
    assert.ok(grown < MEGABYTE, `the heap grew by ${grown} bytes`);
    assert.ok(after.JSEventListeners <= before.JSEventListeners, JSON.stringify([before, after]));
    assert.ok(after.Documents <= before.Documents, JSON.stringify([before, after]));
    assert.ok(after.Frames <= before.Frames, JSON.stringify([before, after]));
    assert.ok(after.Nodes <= before.Nodes + 10, JSON.stringify([before, after]));
  });
  assert.equal(
    await page.evaluate(() => /** @type {any} */ (window).canary.isContextLost()),
    false,
  );
  assert.deepEqual(
    warnings.filter((words) => /WebGL/.test(words)),
    [],
  );
  assert.deepEqual(opened.errors(), []);
  await opened.close();
});
