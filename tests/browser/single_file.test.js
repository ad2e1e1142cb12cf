// build/softmask.html, the page as one file, opened from file:// and used as a reader does.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { coreModule, goldenFiles } from "../node/golden.js";
import { decode, firstDifference } from "../node/golden_checks.js";
import { cannot } from "./engines/cannot.js";
import { openPage, openViewer, startBrowser } from "./harness.js";
import { ViewerDriver, differences, withColumnToggled } from "./viewer_driver.js";

const FILE = fileURLToPath(new URL("../../build/softmask.html", import.meta.url));
const FOLDER = { url: pathToFileURL(path.dirname(FILE)).href + "/", file: path.basename(FILE) };

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
const scratch = mkdtempSync(path.join(tmpdir(), "softmask-file-"));
before(async () => {
  started = await startBrowser();
});
after(async () => {
  rmSync(scratch, { recursive: true });
  await started?.close();
});

/** Opens the file, hands its driver over, and fails on any error of the page. */
async function withFile(fragment, use, options = {}) {
  const { url, file } = FOLDER;
  const opened = await openViewer({ browser: started.browser, url }, fragment, {
    file,
    reducedMotion: true,
    ...options,
  });
  try {
    await use(await ViewerDriver.on(opened), opened);
    assert.deepEqual(opened.errors(), []);
  } finally {
    await opened.close();
  }
}

/** An address opened, with what a script does before any of the page's own. */
async function withChanged(change, address, use) {
  const opened = await openPage(started.browser, "about:blank", { reducedMotion: true });
  const { page } = opened;
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  if (change) await page.evaluateOnNewDocument(change);
  await page.goto(address);
  try {
    await use(page, asked);
  } finally {
    await opened.close();
  }
}

const ready = (page) => page.evaluate(() => /** @type {any} */ (window).softmask.ready);
const words = (page, selector) => page.$eval(selector, (place) => place.textContent);

test("the article's program, bit for bit, and no request but for the file itself", async () => {
  const { url, file } = FOLDER;
  await withChanged(null, url + file, async (page, asked) => {
    await ready(page);
    await page.evaluate(() => document.fonts.ready);
    assert.deepEqual(
      asked.filter((address) => !/^(data|blob):/.test(address)),
      cannot("requests of files") ? [] : [url + file],
    );
    const result = await (await ViewerDriver.on({ page })).result();
    const golden = goldenFiles()["torch-avx2.json"].cases.find(
      (one) => `${one.seed} ${one.rows} ${one.cols} ${one.fill}` === "333512 4 5 -1e9",
    );
    assert.equal(firstDifference(result.scores, decode(golden.scores)), null);
    assert.equal(firstDifference(result.probabilities, decode(golden.softmax)), null);
  });
});

test("the file's own policy stops a request that a script would make", () =>
  withChanged(null, FOLDER.url + FOLDER.file, async (page) => {
    await ready(page);
    const outcome = await page.evaluate(async (site) => {
      const violation = new Promise((resolve) =>
        document.addEventListener("securitypolicyviolation", resolve, { once: true }),
      );
      const answer = await fetch(`${site}licenses.txt`).catch(() => "nothing");
      return [answer, /** @type {any} */ (await violation).effectiveDirective];
    }, started.url);
    assert.deepEqual(outcome, ["nothing", "connect-src"]);
  }));

test("columns are clicked, the address follows, Back and reload keep the view", () =>
  withFile("seed=1&rows=3&cols=8&fill=-inf&mask=00000000", async (driver) => {
    const core = await (await coreModule).createCore();
    let { mask } = await driver.result();
    const scores = core.generator(1).randn(24);
    for (const [panel, row, col] of [
      ["scores", -1, 7],
      ["probabilities", 1, 0],
      ["mask", 0, 7],
    ]) {
      await driver.click(panel, row, col);
      mask = withColumnToggled(mask, 3, 8, col);
      const result = await driver.result();
      assert.deepEqual(result.mask, mask);
      const options = { scores, mask, rows: 3, cols: 8, fill: -Infinity };
      const { probabilities } = core.maskedSoftmax({ ...options, method: "torch" });
      assert.equal(firstDifference(result.probabilities, probabilities), null);
    }
    assert.match(await driver.page.url(), /^file:.*softmask\.html#.*mask=10000000/);
    await driver.page.goBack();
    await driver.settled();
    assert.equal((await driver.state()).mask, "10000001");
    await driver.page.reload();
    await ready(driver.page);
    assert.equal((await driver.state()).mask, "10000001");
    assert.equal((await driver.state()).fill, "-inf");
  }));

test("the same bits as the site, whatever the state", () =>
  withFile("", async (file) => {
    const opened = await openViewer(started, "", { reducedMotion: true });
    const site = await ViewerDriver.on(opened);
    for (const patch of [
      { seed: "42", rows: 6, cols: 40, mask: "causal", fill: "finfo.min" },
      { seed: "7", dtype: "bfloat16", order: "zero", dim: 0, temperature: 0.5, cpu: "default" },
      { rows: 64, cols: 300, mask: "padding:17", dtype: "float16", fill: "-1e4", dim: -1 },
    ]) {
      await site.set(patch);
      await file.set(patch);
      assert.deepEqual(differences(await file.result(), await site.result()), []);
    }
    await opened.close();
  }));

test("a lesson is gone through by keys, in Chinese", () =>
  withFile("lesson=nan-row&lang=zh-CN", async (driver) => {
    assert.ok(await driver.isFocused());
    assert.equal(await driver.page.title(), "Softmask：masked_fill 与 softmax 做了什么");
    const first = await words(driver.page, "#live");
    assert.match(first ?? "", /\p{Script=Han}/u, "the picture's own words, with the file's font");
    await driver.press("2");
    assert.notEqual(await words(driver.page, "#live"), first, "the answer is told");
    await driver.press("n");
    assert.match(await driver.page.url(), /#.*lesson=nan-row/);
    assert.equal((await driver.state()).lesson, "nan-row");
  }));

test("the table and form is there: its buttons mask, the canvas follows", () =>
  withFile("mask=00000", async (driver) => {
    const { page } = driver;
    await (await page.$("#twin-toggle")).click();
    await (await page.$(".twin-matrix thead button")).click();
    await driver.settled();
    assert.equal((await driver.state()).mask, "10000");
    assert.ok((await driver.colors(await driver.screenshot())) > 100, "there is a picture");
  }));

test("Share is by key, by the place of the reader's own site, and needs no clipboard", () =>
  withFile("seed=5", async (driver) => {
    const { page } = driver;
    await page.evaluate(() => {
      // As in the browsers that give it to https: alone.
      Object.defineProperty(navigator, "clipboard", { value: undefined });
    });
    await driver.focus();
    await page.keyboard.press("e");
    await page.waitForSelector("dialog.softmask-share[open] textarea");
    const area = () =>
      page.$eval(".softmask-share textarea", (/** @type {any} */ field) => field.value);
    assert.match(await area(), /^https:\/\/example\.org\/softmask\/index\.html#seed=5/);
    assert.equal(await page.$(".softmask-share iframe"), null, "no preview of what is not there");
    await (await page.$(".dialog-primary")).click();
    await page.waitForFunction(
      () => document.querySelector(".dialog-buttons [role=status]").textContent !== "",
    );
    const selected = await page.evaluate(() => String(getSelection()));
    assert.equal(selected, await area(), "selected, to be copied by hand");
  }));

test("scores of the reader's own are read by what is in the file", () =>
  withFile("", async (driver) => {
    const { page } = driver;
    await driver.focus();
    await page.keyboard.press("y");
    await page.waitForSelector("dialog.softmask-import[open] textarea");
    await page.keyboard.type("[[1, 2], [3, 4]]");
    await (await page.$(".softmask-import .dialog-primary")).click();
    await page.waitForFunction(() => !document.querySelector("dialog.softmask-import"));
    await driver.settled();
    assert.deepEqual([...(await driver.result()).scores], [1, 2, 3, 4]);
  }));

test("without SIMD the scalar module is there too", async () => {
  const { url, file } = FOLDER;
  const bits = (page) =>
    page.evaluate(() => [...new Uint32Array(window["softmask"].getResult().probabilities.buffer)]);
  const noSimd = () => {
    WebAssembly.validate = () => false;
    const { querySelector } = Document.prototype;
    Document.prototype.querySelector = function (selector) {
      if (selector.includes("data-file")) window["openedBlock"] = selector;
      return querySelector.call(this, selector);
    };
  };
  await withChanged(noSimd, url + file, async (scalar) => {
    await ready(scalar);
    assert.match(await scalar.evaluate(() => window["openedBlock"]), /app-scalar\.wasm/);
    await withFile("", async ({ page }) => assert.deepEqual(await bits(scalar), await bits(page)));
  });
});

const whole = readFileSync(FILE, "utf8");
const blockStart = whole.indexOf(">", whole.indexOf('data-file="app-simd.wasm"')) + 1;
const blockEnd = whole.indexOf("</script>", blockStart);
const middle = (blockStart + blockEnd) >> 1;
const flipped = whole[middle] === "A" ? "B" : "A";

for (const [what, html, message] of /** @type {[string, string, RegExp][]} */ ([
  [
    "one character changed",
    whole.slice(0, middle) + flipped + whole.slice(middle + 1),
    /app-simd\.wasm in this file is damaged/,
  ],
  ["been cut off within a block", whole.slice(0, middle), /app-simd\.wasm in this file is damaged/],
  [
    "been cut off before it",
    whole.slice(0, whole.lastIndexOf("<script", blockStart)),
    /app-simd\.wasm is missing from this file/,
  ],
])) {
  test(`a file that has ${what} says so in words`, async () => {
    const file = path.join(scratch, "damaged.html");
    writeFileSync(file, html);
    await withChanged(null, pathToFileURL(file).href, async (page) => {
      await page.waitForFunction(() => document.getElementById("status")?.className === "failed");
      assert.match(await words(page, "#status"), message);
    });
  });
}

test("a browser that cannot unpack it says so in words", async () => {
  const old = () => {
    delete window["DecompressionStream"];
  };
  await withChanged(old, FOLDER.url + FOLDER.file, async (page) => {
    await page.waitForFunction(() => document.getElementById("status")?.className === "failed");
    assert.match(await words(page, "#status"), /too old to unpack this file/);
  });
});

test("its size, and the licences in it", (t) => {
  t.diagnostic(`softmask.html: ${Buffer.byteLength(whole)} bytes`);
  assert.ok(Buffer.byteLength(whole) < 4e6, "small enough to be sent by mail");
  const licenses = readFileSync(new URL("../../build/web/licenses.txt", import.meta.url), "utf8");
  assert.ok(whole.includes(licenses));
});
