// Scores and masks of the reader's own, typed, pasted and dropped into the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { viewerTests } from "./viewer_tests.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PANEL = "dialog.softmask-import";
const { withViewer } = viewerTests({ reducedMotion: true });

async function openByKey(page) {
  await page.focus("#canvas");
  await page.keyboard.press("y");
  await page.waitForSelector(PANEL);
}

/** Types into the panel that is open, and takes it. */
async function use(page, text, as = "scores") {
  await page.$eval(
    `${PANEL} textarea`,
    (area, words) => {
      area.value = words;
      area.dispatchEvent(new Event("input"));
    },
    text,
  );
  await page.click(`${PANEL} label:has(input[value=${as}])`);
  await page.click(`${PANEL} .dialog-primary`);
}

const closed = (page) => page.waitForFunction((name) => !document.querySelector(name), {}, PANEL);

const said = async (page) => {
  await page.waitForFunction(() => document.querySelector(".import-said")?.textContent);
  return page.$eval(".import-said", ({ textContent }) => textContent);
};

/** What the browser does when a file is let go above the page. */
const drop = (page, name, bytes) =>
  page.evaluate(
    (fileName, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(content)], fileName));
      const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    },
    name,
    [...bytes],
  );

/**
 * What comes over an element that something is dragged to, and is let go there. Whether the page took
 * both for itself.
 */
const dragText = (page, data, selector = "body") =>
  page.$eval(
    selector,
    (target, given) => {
      const dataTransfer = new DataTransfer();
      for (const [type, words] of Object.entries(given)) dataTransfer.setData(type, words);
      return ["dragover", "drop"].map((type) => {
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
        target.dispatchEvent(event);
        return event.defaultPrevented;
      });
    },
    data,
  );

/** NumPy's own file of float32 values. */
function npy(rows, cols, values) {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${cols}), }\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([
    Buffer.from("\x93NUMPY\x01\x00", "latin1"),
    length,
    Buffer.from(header),
    Buffer.from(Float32Array.from(values).buffer),
  ]);
}

test("a matrix that is typed is on the screen, in the address, and can be undone", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const before = await driver.result();
    await openByKey(page);
    await page.keyboard.type("[[1, 2, 3], [0.5, -inf, 7]]");
    await page.keyboard.press("Tab");
    await page.click(`${PANEL} .dialog-primary`);
    await closed(page);
    await driver.settled();
    const { rows, cols, scores, mask } = await driver.result();
    assert.deepEqual([rows, cols], [2, 3]);
    assert.deepEqual([...scores], [1, 2, 3, 0.5, -Infinity, 7]);
    assert.deepEqual([...mask], [0, 0, 0, 0, 0, 0]);
    assert.match(await page.evaluate(() => location.hash), /scores=/);
    await driver.focus();
    await page.keyboard.down("Control");
    await page.keyboard.press("z");
    await page.keyboard.up("Control");
    await driver.settled();
    assert.deepEqual((await driver.result()).scores, before.scores);
  }));

test("what is wrong is said with its place, and nothing changes", () =>
  withViewer("mask=01101", {}, async (driver) => {
    const { page } = driver;
    const before = await driver.state();
    await openByKey(page);
    await use(page, "[[1, 2, 3],\n [4, x, 6]]");
    assert.match(await said(page), /line 2, column 6: found "x.*allowed/);
    await use(page, "1 0 1", "masked");
    assert.equal(
      await said(page),
      "the mask has the shape (1, 3), the scores have (4, 5); allowed: (4, 5), (1, 5), (4, 1) and (1, 1), which masked_fill broadcasts",
    );
    await page.keyboard.press("Escape");
    await closed(page);
    assert.deepEqual(await driver.state(), before);
  }));

test("what is wrong is said in the reader's language", () =>
  withViewer("lang=zh-CN", {}, async ({ page }) => {
    await openByKey(page);
    await use(page, "[[1, 2, 3],\n [4, x, 6]]");
    assert.match(await said(page), /^文本第 2 行第 6 个字符：遇到“x”；可用：/);
    await page.keyboard.press("Escape");
    await closed(page);
    await drop(page, "weights.npz", Buffer.from("PK\x03\x04 and so on", "latin1"));
    assert.match(await said(page), /^字节 14：没有找到压缩包的末尾/);
  }));

test("a mask is taken as masked or as kept", () =>
  withViewer("mask=none", {}, async (driver) => {
    const { page } = driver;
    for (const [as, bits] of [
      ["masked", "10010"],
      ["kept", "01101"],
    ]) {
      await openByKey(page);
      await use(page, "[True, False, False, True, False]", as);
      await closed(page);
      assert.equal((await driver.state()).mask, bits);
    }
  }));

test("a mask of one column masks rows, as masked_fill broadcasts it", () =>
  withViewer("mask=none", {}, async (driver) => {
    await openByKey(driver.page);
    await use(driver.page, "[[True], [False], [False], [True]]", "masked");
    await closed(driver.page);
    const { mask } = await driver.result();
    assert.deepEqual([...mask], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  }));

test("a file that is dropped is more than a link carries, and stays for the page", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const values = Array.from({ length: 40 * 50 }, (_, i) => Math.fround(Math.sin(i)));
    await drop(page, "scores.npy", npy(40, 50, values));
    await page.waitForFunction(() => document.querySelector(".import-tensor")?.clientHeight);
    await page.click(`${PANEL} .dialog-primary`);
    await closed(page);
    await driver.settled();
    const result = await driver.result();
    assert.deepEqual([...result.scores], values);
    assert.match(result.notes.join(" "), /40 × 50 scores are too many for a link/);
    assert.doesNotMatch(await page.evaluate(() => location.hash), /scores=/);
    // Back over a change keeps them: the address could not.
    await driver.click("scores", -1, 3);
    await page.goBack();
    await driver.settled();
    const back = await driver.result();
    assert.deepEqual(back.scores, result.scores);
    assert.deepEqual(back.mask, result.mask);
  }));

test("of an archive of NumPy's an array is chosen: scores, and a mask of true and false", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const archive = readFileSync(new URL("../fuzz/corpus/import_npz/deflated", import.meta.url));
    const choose = async (array) => {
      await drop(page, "two.npz", archive);
      await page.waitForFunction(() => document.querySelector(".import-tensor")?.clientHeight);
      await page.select("#import-tensor", array);
      const words = await page.$$eval("#import-tensor option", (options) =>
        options.map(({ textContent }) => textContent),
      );
      assert.deepEqual(words, ["scores float32 (2, 3)", "mask bool (2, 2)"]);
      await page.click(`${PANEL} .dialog-primary`);
    };
    await choose("0");
    await closed(page);
    await driver.settled();
    const { rows, cols, scores } = await driver.result();
    assert.deepEqual([rows, cols, [...scores]], [2, 3, [1, 2, 3, 4, 5, 6]]);
    await choose("1"); // a mask of its own accord, of another size
    assert.match(await said(page), /the mask has the shape \(2, 2\), the scores have \(2, 3\)/);
    await page.keyboard.press("Escape");
    await closed(page);
    await page.evaluate(() =>
      window.softmask.setState({ seed: "7", rows: 2, cols: 2, scores: "" }),
    );
    await choose("1");
    await closed(page);
    await driver.settled();
    assert.deepEqual([...(await driver.result()).mask], [1, 0, 0, 1]);
  }));

test("of a file of torch.save a head is chosen, of a tensor that is a transposed view of another", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    await drop(
      page,
      "attention.pt",
      readFileSync(new URL("../fuzz/corpus/import_npz/torch_dict", import.meta.url)),
    );
    await page.waitForFunction(() => document.querySelector(".import-tensor")?.clientHeight);
    await page.select("#import-tensor", "1");
    const words = await page.$eval("#import-tensor", (list) => list.selectedOptions[0].textContent);
    assert.equal(words, "attn[1] float32 (2, 2, 3, 2)");
    for (const field of await page.$$(".import-tensor input")) {
      await field.click({ clickCount: 3 });
      await page.keyboard.type("1");
    }
    await page.click(`${PANEL} .dialog-primary`);
    await closed(page);
    await driver.settled();
    const { rows, cols, scores } = await driver.result();
    assert.deepEqual([rows, cols, [...scores]], [3, 2, [18, 21, 19, 22, 20, 23]]);
  }));

test("a file that is taken before it is open is waited for, and an index outside is refused", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const before = await driver.result();
    const file = readFileSync(new URL("../fuzz/corpus/import_npz/torch_dict", import.meta.url));
    await openByKey(page);
    await drop(page, "attention.pt", file);
    await page.$eval(`${PANEL} .dialog-primary`, (taken) => taken.click());
    await closed(page);
    await driver.settled();
    assert.notDeepEqual((await driver.result()).scores, before.scores);
    const taken = await driver.result();

    await drop(page, "attention.pt", file);
    await page.waitForFunction(() => document.querySelector(".import-tensor")?.clientHeight);
    for (const [value, words] of [
      ["-1", /index -1 of dim 0; allowed: 0 … 1/],
      ["0.5", /index 0.5 of dim 0; allowed: 0 … 1/],
      ["2", /index 2 of dim 0; allowed: 0 … 1/],
      ["", /index nan of dim 0; allowed: 0 … 1/],
    ]) {
      await page.$eval(
        ".import-tensor input",
        (field, typed) => {
          field.value = typed;
        },
        value,
      );
      await page.$eval(".import-said", (line) => (line.textContent = ""));
      await page.click(`${PANEL} .dialog-primary`);
      assert.match(await said(page), words);
    }
    assert.deepEqual((await driver.result()).scores, taken.scores);
  }));

test("a folder and a file that is gone are told in words of the page, numbers beyond float32 too", () =>
  withViewer("", {}, async ({ page }) => {
    await openByKey(page);
    await page.evaluate(() => {
      const slice = () => ({
        arrayBuffer: () => Promise.reject(new DOMException("gone", "NotFoundError")),
      });
      const gone = Object.defineProperty(new File(["1"], "gone.npy"), "slice", { value: slice });
      const event = new DragEvent("drop", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "dataTransfer", {
        value: { files: [gone], types: ["Files"], getData: () => "" },
      });
      document.body.dispatchEvent(event);
    });
    assert.match(await said(page), /cannot be read.*allowed: a file/);
    await use(page, "1, 1e39");
    await closed(page);
    await page.waitForSelector(".softmask-notice");
    assert.match(
      await page.$eval(".softmask-notice p", ({ textContent }) => textContent),
      /^One number is beyond float32/,
    );
  }));

test("what is no matrix is refused when it is dropped", () =>
  withViewer("", {}, async ({ page }) => {
    await drop(page, "weights.npz", Buffer.from("PK\x03\x04 and so on", "latin1"));
    assert.match(await said(page), /byte 14: the end of the archive was not found; allowed/);
  }));

test("a text that is pasted into the page opens the panel with it", () =>
  withViewer("", {}, async ({ page }) => {
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "1, 2\n3, 4");
      const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "clipboardData", { value: clipboardData }); // Firefox takes none
      document.body.dispatchEvent(event);
    });
    await page.waitForSelector(PANEL);
    assert.equal(await page.$eval(`${PANEL} textarea`, ({ value }) => value), "1, 2\n3, 4");
  }));

test("a long text that is pasted is read as a file is, and not laid out", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    await openByKey(page);
    await page.$eval(`${PANEL} textarea`, (area) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", `${"0.25,".repeat(999)}0.25\n`.repeat(60));
      const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "clipboardData", { value: clipboardData });
      area.dispatchEvent(event);
    });
    const line = await page.$eval(".import-file", ({ textContent }) => textContent);
    assert.equal(line, "Pasted text, 300,000 bytes");
    assert.equal(await page.$eval(`${PANEL} textarea`, ({ value }) => value), "");
    await page.click(`${PANEL} .dialog-primary`);
    await closed(page);
    await driver.settled();
    const { rows, cols, scores } = await driver.result();
    assert.deepEqual([rows, cols, scores[59_999]], [60, 1000, 0.25]);
  }));

test("a text that is dropped on the page opens the panel with it", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const words = { "text/plain": "1, 2\n3, 4" };
    assert.deepEqual(await dragText(page, words), [true, true]);
    await page.waitForSelector(PANEL);
    assert.equal(await page.$eval(`${PANEL} textarea`, ({ value }) => value), "1, 2\n3, 4");
    // Where the reader types it is the browser's, elsewhere on the panel the panel's.
    assert.deepEqual(await dragText(page, { "text/plain": "9" }, `${PANEL} textarea`), [
      false,
      false,
    ]);
    assert.equal(await page.$eval(`${PANEL} textarea`, ({ value }) => value), "1, 2\n3, 4");
    assert.deepEqual(await dragText(page, { "text/plain": "5, 6" }, `${PANEL} h2`), [true, true]);
    assert.equal(await page.$eval(`${PANEL} textarea`, ({ value }) => value), "5, 6");
    await page.click(`${PANEL} .dialog-primary`);
    await closed(page);
    await driver.settled();
    assert.deepEqual([...(await driver.result()).scores], [5, 6]);
  }));

test("a link, and what is dragged about within the page, are not for the panel", () =>
  withViewer("", {}, async ({ page }) => {
    const start = (type) =>
      page.$eval(
        "body",
        (body, name) => body.dispatchEvent(new DragEvent(name, { bubbles: true })),
        type,
      );
    const link = { "text/plain": "https://example.org/", "text/uri-list": "https://example.org/" };
    assert.deepEqual(await dragText(page, link), [false, false]);
    await start("dragstart");
    assert.deepEqual(await dragText(page, { "text/plain": "1, 2" }), [false, false]);
    await start("dragend");
    assert.equal(await page.$(PANEL), null);
    assert.deepEqual(await dragText(page, { "text/plain": "1, 2" }), [true, true]);
    await page.waitForSelector(PANEL);
  }));

test("of several files that are dropped one is read, and that is said", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const dropAll = (names) =>
      page.evaluate((given) => {
        const dataTransfer = new DataTransfer();
        for (const name of given) dataTransfer.items.add(new File(["1, 2"], name));
        const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      }, names);
    const told = async (first) => {
      await page.waitForFunction(
        (name) => document.querySelector(".import-file")?.textContent?.startsWith(name),
        {},
        first,
      );
      return page.$eval(".import-others", ({ textContent }) => textContent);
    };
    await dropAll(["a.csv", "b.csv"]);
    assert.match(await told("a.csv"), /^One file .*this is a\.csv, the other one was left/);
    await driver.set({ lang: "zh-CN" });
    await dropAll(["c.csv", "d.csv", "e.csv"]);
    assert.match(await told("c.csv"), /^一次只读取一个文件.*c\.csv，另外 2 个没有读取/);
    await dropAll(["f.csv"]);
    assert.equal(await told("f.csv"), "");
  }));

test("a file that is dropped while the panel is going opens another", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    await openByKey(page);
    // Closed, and not yet told of it: the browser's event of that comes later.
    await page.$eval(
      PANEL,
      (panel, bytes) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([Uint8Array.from(bytes)], "late.npy"));
          const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
          document.body.dispatchEvent(event);
        }).observe(panel, { attributeFilter: ["open"] });
      },
      [...npy(2, 2, [1, 2, 3, 4])],
    );
    await page.keyboard.press("Escape");
    await page.waitForSelector(`${PANEL}[open]`);
    await page.waitForFunction(() => document.querySelector(".import-tensor")?.clientHeight);
    assert.equal((await page.$$(PANEL)).length, 1);
    await page.click(`${PANEL} .dialog-primary`);
    await closed(page);
    await driver.settled();
    assert.deepEqual([...(await driver.result()).scores], [1, 2, 3, 4]);
  }));

test("the tensor that is chosen at first is one that can be used", () =>
  withViewer("", {}, async (driver) => {
    const { page } = driver;
    const header = JSON.stringify({
      empty: { dtype: "F32", shape: [0, 3], data_offsets: [0, 0] },
      line: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
      matrix: { dtype: "F32", shape: [2, 3], data_offsets: [8, 32] },
    });
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(header.length));
    const values = Buffer.from(Float32Array.from([8, 9, 1, 2, 3, 4, 5, 6]).buffer);
    const file = Buffer.concat([size, Buffer.from(header), values]);
    await drop(page, "three.safetensors", file);
    await page.waitForFunction(() => document.querySelector(".import-tensor")?.clientHeight);
    const chosen = () =>
      page.$eval("#import-tensor", (list) => list.selectedOptions[0].textContent);
    assert.equal(await chosen(), "matrix F32 (2, 3)");
    await page.click(`${PANEL} .dialog-primary`);
    await closed(page);
    await driver.settled();
    assert.deepEqual([...(await driver.result()).scores], [1, 2, 3, 4, 5, 6]);
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing in the open panel, ${colorScheme}`, () =>
    withViewer("lang=zh-CN", { colorScheme }, async ({ page }) => {
      await openByKey(page);
      await use(page, "[[1], 2");
      await said(page);
      await page.evaluate(AXE);
      const found = await page.evaluate(async (name) => {
        const { violations } = await /** @type {any} */ (window).axe.run(name);
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0].failureSummary}`);
      }, PANEL);
      assert.deepEqual(found, []);
    }));
}
