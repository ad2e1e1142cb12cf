// The Share panel: opened by mouse and keys, and each text copied from it pasted where it belongs.
// (What only documentation tools can paste is in tests/hosts.)

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

import { serveFolder } from "../../tools/lib/serve.js";
import { restructuredText } from "../../web/share/share_texts.js";
import { engine } from "./engines/engine.js";
import { openPage } from "./harness.js";
import { repaints } from "./host_page.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { started, withViewer } = viewerTests({
  ...FEW_PIXELS,
  width: 1024,
  height: 768,
  reducedMotion: true,
});
const folder = mkdtempSync(path.join(tmpdir(), "share-"));
after(() => rmSync(folder, { recursive: true }));

const HEAD = '<!doctype html><title>Pasted</title><link rel="icon" href="data:," />';
const VIEW = "seed=7&mask=01101&fill=-inf&dtype=bfloat16&temperature=2";

const openByKey = async (page) => {
  await page.focus("#canvas");
  await page.keyboard.press("e");
  await page.waitForSelector("dialog.softmask-share[open]");
};
const textShown = (page) => page.$eval(".softmask-share textarea", (area) => area.value);
const isOpen = (page) => page.evaluate(() => !!document.querySelector("dialog.softmask-share"));
const clickLabel = async (page, value) => {
  const label = await page.evaluateHandle(
    (wanted) => document.querySelector(`.softmask-share input[value="${wanted}"]`)?.parentElement,
    value,
  );
  await label.asElement().click();
};

/** The text of one form, by the panel's own Copy button and the real clipboard. */
async function copied(page, form) {
  const { origin } = new URL(await page.url());
  const permissions = ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"];
  await page.browserContext().overridePermissions(origin, permissions);
  await clickLabel(page, form);
  await page.click(".dialog-primary");
  await page.waitForFunction(() =>
    document.querySelector(".softmask-share [role=status]")?.textContent?.includes("Copied"),
  );
  return engine.clipboardText(page);
}

/** The preview's frame, when it is ready. */
async function previewFrame(page) {
  const element = await page.waitForSelector(".share-preview iframe");
  const frame = await element.contentFrame();
  await frame.waitForFunction(() => /** @type {any} */ (window).softmask?.whenIdle);
  await frame.evaluate(() => /** @type {any} */ (window).softmask.ready);
  return frame;
}

/** Opens a page that holds a pasted text, on a host of its own; use gets the viewer's frame. */
async function pasted(html, use) {
  writeFileSync(path.join(folder, "page.html"), `${HEAD}${html}`);
  const host = await serveFolder(folder, 0);
  const { page, errors, close } = await openPage(started().browser, `${host.url}page.html`, {
    width: 1024,
    height: 768,
    reducedMotion: true,
  });
  try {
    const element = await page.waitForFunction(
      () =>
        document.querySelector("iframe") ??
        document.querySelector("softmask-view")?.shadowRoot?.querySelector("iframe"),
    );
    const frame = await element.asElement().contentFrame();
    await frame.waitForFunction(() => /** @type {any} */ (window).softmask?.whenIdle);
    await frame.evaluate(() => /** @type {any} */ (window).softmask.ready);
    await use(frame, page);
    assert.deepEqual(errors(), []);
  } finally {
    await close();
    await host.close();
  }
}

const bitsOf = (frame) =>
  frame.evaluate(() => {
    const { probabilities } = /** @type {any} */ (window).softmask.getResult();
    return [...new Uint32Array(probabilities.buffer)];
  });
const stateOf = (frame) => frame.evaluate(() => /** @type {any} */ (window).softmask.getState());

test("a click on Share opens it, Close, Escape and a click beside it close it", () =>
  withViewer("", async ({ page }) => {
    for (const shut of [
      () => page.keyboard.press("Escape"),
      () => page.mouse.click(8, 400),
      async () => {
        const [close] = await page.$$(".dialog-buttons button:not(.dialog-primary)");
        await close.click();
      },
    ]) {
      await page.mouse.click(1024 - 50, 28);
      await page.waitForSelector("dialog.softmask-share[open]");
      await shut();
      await page.waitForFunction(() => !document.querySelector("dialog.softmask-share"));
    }
  }));

test("by keyboard: e opens one panel, the forms go by arrows, and the canvas has the focus again", () =>
  withViewer(VIEW, async ({ page }) => {
    await openByKey(page);
    const before = await stateOf(page);
    await page.keyboard.press("e"); // belongs to the panel now, which has no use for it
    assert.equal((await page.$$("dialog.softmask-share")).length, 1);
    await page.focus('.softmask-share input[value="link"]');
    await page.keyboard.press("ArrowRight");
    assert.match(await textShown(page), /^<iframe /);
    await page.keyboard.press("ArrowRight");
    assert.match(await textShown(page), /<softmask-view /);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.id === "canvas");
    assert.deepEqual(await stateOf(page), before);
  }));

test("the button below the picture opens it too", () =>
  withViewer("", async ({ page }) => {
    await page.focus("#share");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog.softmask-share[open]");
  }));

test("opening the panel on a phone is no failure that the page tells", () =>
  withViewer("", { width: 390, height: 844 }, async ({ page }) => {
    await openByKey(page);
    await previewFrame(page);
    await page.waitForFunction(() => {
      const preview = document.querySelector(".share-preview");
      const frame = preview?.querySelector("iframe");
      return frame && frame.getBoundingClientRect().width <= preview.clientWidth;
    });
    assert.equal(await page.$eval("#status", (status) => status.textContent), "");
  }));

test("a file that is taken while the panel is open, and Back, renew what it shows", () =>
  withViewer(VIEW, async ({ page }) => {
    await openByKey(page);
    await clickLabel(page, "code");
    const before = await textShown(page);
    const preview = await previewFrame(page);
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["1, 2\n3, 4"], "own.csv"));
      const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    });
    await page.waitForFunction(() => document.querySelector(".import-file")?.textContent);
    await page.click(".softmask-import .dialog-primary");
    await page.waitForFunction(() => !document.querySelector(".softmask-import"));
    const link = await textShown(page);
    assert.equal(link, `${await page.url()}&hide=code`);
    assert.match(link, /rows=2.*scores=/);
    await preview.waitForFunction(
      () => /** @type {any} */ (window).softmask.getState().scores !== "",
    );
    assert.equal((await stateOf(preview)).hide, "code");
    assert.deepEqual(await bitsOf(preview), await bitsOf(page));
    await page.goBack();
    await page.waitForFunction(
      (was) => document.querySelector(".softmask-share textarea").value === was,
      {},
      before,
    );
    await preview.waitForFunction(
      () => /** @type {any} */ (window).softmask.getState().scores === "",
    );
  }));

test("an embedded viewer has no panel: the page around it is what is shared", () =>
  withViewer("", { file: "embed.html" }, async ({ page }) => {
    await page.focus("#canvas");
    await page.keyboard.press("e");
    await page.keyboard.press("]"); // a key that does something, after it
    await page.waitForFunction(
      () => /** @type {any} */ (window).softmask.getState().seed !== "333512",
    );
    assert.equal(await isOpen(page), false);
    assert.equal(await page.$("#share"), null);
  }));

test("the copied link opens the same view without the parts that were taken away", () =>
  withViewer(VIEW, async ({ page }) => {
    await openByKey(page);
    await clickLabel(page, "code");
    await clickLabel(page, "title");
    const link = await copied(page, "link");
    const expected = await bitsOf(page);
    const other = await openPage(started().browser, link, { width: 1024, height: 768 });
    try {
      await other.page.evaluate(() => /** @type {any} */ (window).softmask.ready);
      assert.deepEqual(await bitsOf(other.page), expected);
      assert.equal((await stateOf(other.page)).hide, "code,title");
      assert.equal((await stateOf(page)).hide, "", "the page that shares keeps its parts");
    } finally {
      await other.close();
    }
  }));

for (const form of ["iframe", "element"]) {
  test(`the copied ${form} works as pasted, with the parts that were chosen`, () =>
    withViewer(VIEW, async ({ page }) => {
      await openByKey(page);
      await clickLabel(page, "controls");
      const preview = await previewFrame(page);
      await preview.waitForFunction(
        () => /** @type {any} */ (window).softmask.getState().hide === "controls",
      );
      const html = await copied(page, form);
      const expected = await bitsOf(page);
      await pasted(html, async (frame, host) => {
        assert.deepEqual(await bitsOf(frame), expected);
        assert.equal((await stateOf(frame)).hide, "controls");
        const { needs, has } = await host.evaluate(() => {
          const inner =
            document.querySelector("iframe") ??
            document.querySelector("softmask-view")?.shadowRoot?.querySelector("iframe");
          return { needs: 300, has: inner?.clientHeight ?? 0 };
        });
        assert.ok(has > needs, `the frame is ${has} px high`);
      });
    }));
}

test("the height in the iframe line is what the view needs in a column of 720 px", () =>
  // Where the page pasted into has other pixels, text may be a trace wider and break elsewhere.
  withViewer(VIEW, { deviceScaleFactor: 1 }, async ({ page }) => {
    await openByKey(page);
    // From before the preview is there: the height that every frame starts with is never said.
    await page.evaluate(() => {
      const own = /** @type {any} */ (window);
      own.heights = [];
      own.look = () => {
        const text = document.querySelector(".softmask-share textarea")?.value ?? "";
        own.heights.push(/height="(\d+)"/.exec(text)?.[1]);
        requestAnimationFrame(own.look);
      };
      own.look();
    });
    await clickLabel(page, "iframe");
    const preview = await previewFrame(page);
    await preview.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
    await repaints(page, 3);
    await page.waitForFunction(() => {
      const frame = document.querySelector(".share-preview iframe");
      const { heights } = /** @type {any} */ (window);
      return Number(heights.at(-1)) === /** @type {HTMLElement} */ (frame).offsetHeight;
    });
    assert.ok(!(await page.evaluate(() => /** @type {any} */ (window).heights.includes("480"))));
    const html = await textShown(page);
    await pasted(`<div id="column">${html}</div>`, async (frame, host) => {
      await host.evaluate(() => {
        /** @type {HTMLElement} */ (document.querySelector("#column")).style.width = "720px";
      });
      await frame.waitForFunction(() => innerWidth === 720);
      await repaints(frame, 3); // sizes are reported in the frame after they have changed
      await frame.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
      const [content, room] = await frame.evaluate(() => [
        document.documentElement.scrollHeight,
        innerHeight,
      ]);
      assert.ok(Math.abs(content - room) <= 2, `${content} px in ${room} px`);
    });
  }));

test("where the page may not copy, the text is selected and the reader told", () =>
  withViewer("", async ({ page }) => {
    const { origin } = new URL(await page.url());
    await page.browserContext().overridePermissions(origin, []);
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
    });
    await openByKey(page);
    await page.click(".dialog-primary");
    await page.waitForFunction(() =>
      document.querySelector(".softmask-share [role=status]")?.textContent?.includes("Ctrl + C"),
    );
    assert.equal(await page.evaluate(() => getSelection()?.toString()), await textShown(page));
  }));

test("an address that ends in an underscore stays an address in reStructuredText", () => {
  const view = {
    page: "https://example.org/index.html#scores=AAA_",
    frame: "https://example.org/embed.html#scores=AAA_",
    script: "",
    fields: [],
    height: 500,
    title: "Softmask",
    open: "Open",
  };
  assert.match(restructuredText(/** @type {any} */ (view)), /`Open <.*AAA\\_>`__$/);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing in the open panel, ${colorScheme}`, () =>
    withViewer("", { colorScheme }, async ({ page }) => {
      await openByKey(page);
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => {
        const { violations } = await /** @type {any} */ (window).axe.run(".softmask-share");
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0].failureSummary}`);
      });
      assert.deepEqual(found, []);
    }));
}
