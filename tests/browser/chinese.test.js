// 简体中文 through the page's public face: the font that comes where it is wanted and nowhere else, the
// picture that shows it, and every text in it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage, openViewer } from "./harness.js";
import { ViewerDriver } from "./viewer_driver.js";
import { viewerTests } from "./viewer_tests.js";

const SMALL = { width: 1024, height: 600 };
const { started, withViewer } = viewerTests({ ...SMALL, fragment: "animate=0" });

const HAN = /\p{Script=Han}/u;
const text = (page, selector) => page.$eval(selector, (place) => place.textContent);
const notes = (driver) =>
  driver.page.evaluate(() => /** @type {any} */ (window).softmask.getResult().notes);
const pageLanguage = (page) => page.evaluate(() => document.documentElement.lang);

/** The picture of the canvas alone, with the pointer away and without the focus. */
async function picture(driver) {
  await driver.page.evaluate(() => document.querySelector("canvas").blur());
  await driver.pointAway();
  return pictureNow(driver);
}

/** The same as it stands at the moment, without waiting for what is still to come. */
async function pictureNow(driver) {
  const { x, y, width } = await driver.canvas();
  return driver.screenshot({ x, y, width, height: 400 });
}

/**
 * Whether two pictures show the same. With another atlas of characters their edges differ a little,
 * so single pixels may, and no more than one in ten thousand by much.
 */
const same = (driver, one, other) =>
  driver.page.evaluate(
    async (...pictures) => {
      const [a, b] = await Promise.all(
        pictures.map(async (data) => {
          const image = new Image();
          image.src = `data:image/png;base64,${data}`;
          await image.decode();
          const { width, height } = image;
          const scratch = Object.assign(document.createElement("canvas"), { width, height });
          const context = scratch.getContext("2d");
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, width, height);
        }),
      );
      if (a.width !== b.width || a.height !== b.height) return false;
      let different = 0;
      for (let i = 0; i < a.data.length; i++) {
        if (Math.abs(a.data[i] - b.data[i]) > 48) different++;
      }
      return different <= a.width * a.height * 1e-4;
    },
    one,
    other,
  );

/** All of the canvas, also what the window does not show, by its digest. */
const wholePicture = (driver) =>
  driver.page.evaluate(async () => {
    const png = await /** @type {any} */ (window).softmask.picture();
    const digest = await crypto.subtle.digest("SHA-256", await png.arrayBuffer());
    return Array.from(new Uint8Array(digest)).join();
  });

/** The files of the font that the page has fetched. */
const fetched = (page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => name.endsWith(".otf")),
  );

/** @type {Map<string, string>} */
const pictures = new Map();

/** The picture of a fragment, opened by itself. */
async function pictureOf(fragment) {
  if (!pictures.has(fragment)) {
    await withViewer(fragment, async (driver) => {
      pictures.set(fragment, await picture(driver));
    });
  }
  return /** @type {string} */ (pictures.get(fragment));
}

test("an English reader fetches no font", () =>
  withViewer("", { languages: "en-GB,en" }, async (driver) => {
    assert.equal(await pageLanguage(driver.page), "en");
    await driver.set({ mask: "11111", lesson: "nan-row" });
    assert.deepEqual(await fetched(driver.page), []);
  }));

test("lang=zh-CN: picture, notes, sentence, page and form are Chinese", () =>
  withViewer("lang=zh-CN&fill=1e-9&mask=01101", async (driver) => {
    const { page } = driver;
    assert.equal((await fetched(page)).length, 2);
    assert.equal(await pageLanguage(page), "zh-CN");
    assert.match(await page.title(), /做了什么/);
    const [note] = await notes(driver);
    assert.match(
      note,
      /^第 0–3 行被掩去的单元格仍占各行概率质量的至多 0\.\d+：填充值 1e-9 几乎是 0/,
    );
    assert.match(await text(page, "#live"), /的概率质量从第 1、2、4 列移出：第 \d 列得到/);
    assert.match(await text(page, "#twin-content"), /关于这些数字.*填充值 1e-9 几乎是 0/s);
    assert.ok(!(await same(driver, await picture(driver), await pictureOf("mask=01101&lang=en"))));
  }));

test("a Chinese browser gets the same without asking, others do not", async () => {
  const chinese = await pictureOf("mask=01101&lang=zh-CN");
  const english = await pictureOf("mask=01101&lang=en");
  for (const [fragment, languages, expected] of [
    ["mask=01101", "zh-CN,en", chinese],
    ["mask=01101", "zh-TW,en", english], // traditional characters are another thing
    ["mask=01101&lang=en", "zh-CN", english], // who asks for English gets it
  ]) {
    await withViewer(fragment, { languages }, async (driver) => {
      assert.ok(await same(driver, await picture(driver), expected), `${fragment} ${languages}`);
      assert.equal((await fetched(driver.page)).length, expected === chinese ? 2 : 0, languages);
    });
  }
});

test(
  "of a browser's languages the first that we speak",
  { skip: cannot("languages") },
  async () => {
    const chinese = await pictureOf("mask=01101&lang=zh-CN");
    await withViewer("mask=01101", { languages: "fr,zh-CN,en" }, async (driver) => {
      assert.ok(await same(driver, await picture(driver), chinese));
    });
  },
);

test("a browser's language that is no language tag is passed over", async () => {
  const opened = await openPage(started().browser, `${started().url}licenses.txt`, SMALL);
  const { page } = opened;
  await page.evaluateOnNewDocument(() => {
    Object.defineProperty(Navigator.prototype, "languages", { get: () => ["C", "zh-CN"] });
  });
  await page.goto(`${started().url}index.html`);
  await page.evaluate(() => /** @type {any} */ (window).softmask.ready);
  assert.equal(await pageLanguage(page), "zh-CN");
  await opened.close(); // its errors are of the plain text before, which has no icon
});

test("the language changes live, back and forth, and the font comes once", async () => {
  const chinese = await pictureOf("mask=01101&lang=zh-CN");
  const english = await pictureOf("mask=01101&lang=en");
  await withViewer("mask=01101&lang=en", async (driver) => {
    for (let round = 0; round < 2; round++) {
      await driver.set({ lang: "zh-CN" });
      assert.ok(await same(driver, await picture(driver), chinese));
      assert.match(await text(driver.page, "#live"), /第 \d 列得到/);
      assert.match(await text(driver.page, "#twin-toggle"), HAN);
      await driver.set({ lang: "en" });
      const back = await picture(driver);
      assert.ok(await same(driver, back, english));
      assert.ok(!(await same(driver, back, chinese)));
      assert.doesNotMatch(await text(driver.page, "#live"), HAN);
      assert.doesNotMatch(await text(driver.page, "#twin-toggle"), HAN);
    }
    assert.equal((await fetched(driver.page)).length, 2);
  });
});

test("what is said of a change is Chinese, without an English word", () =>
  withViewer("lang=zh-CN&mask=01101", async (driver) => {
    const said = () => text(driver.page, "#live");
    await driver.click("scores", -1, 3);
    assert.match(await said(), /^已掩去第 3 列。/);
    await driver.set({ order: "zero", theme: "dark" });
    assert.match(await said(), /^顺序：先 softmax 再置零。主题：深色。/);
    assert.doesNotMatch(
      (await said()).replaceAll("softmax", "").replaceAll("dim", ""),
      /[A-Za-z]{2}/,
    );
    const refused = await driver.refusal({ seed: "x" });
    assert.match(refused.message, /^seed：“x”不可用；可用：0 … 18446744073709551615 的十进制整数$/);
  }));

test("a value of the address that is not taken is said in Chinese", () =>
  withViewer("lang=zh-CN", async (driver) => {
    const before = await picture(driver);
    const said = await driver.page.evaluate(
      () =>
        new Promise((resolve) => {
          /** @type {any} */ (window).softmask.on("error", resolve);
          location.hash = "#lang=zh-CN&dtype=int8&animate=0";
        }),
    );
    assert.match(said, /^dtype：“int8”不可用；可用：float32、float16、bfloat16$/);
    await driver.settled();
    assert.ok(!(await same(driver, await picture(driver), before)), "and stands on the screen");
  }));

/** What a server may send in place of the font, and what is said then. */
const BROKEN = [
  [
    { status: 404, contentType: "text/html", body: "<h1>404</h1>" },
    /^画面仍为英文。找不到 .*chinese-/,
  ],
  [
    { status: 200, contentType: "text/html", body: "<h1>hello</h1>" },
    /^画面仍为英文。.*字体不完整/,
  ],
  [null, /^画面仍为英文。无法获取 .*chinese-/], // no answer at all
];

test("a font that does not come: English stays, words say why, and the next try works", async () => {
  const opened = await openViewer(started(), "animate=0&lang=en&mask=01101", SMALL);
  const { page, close, errors } = opened;
  try {
    const driver = await ViewerDriver.on(opened);
    const english = await picture(driver);
    let answer;
    let asked = 0;
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      if (!request.url().endsWith(".otf")) return void request.continue();
      asked++;
      if (answer === undefined) return void request.continue();
      return void (answer ? request.respond(answer) : request.abort());
    });
    await page.evaluate(() => {
      const { softmask } = /** @type {any} */ (window);
      softmask.on("error", (message) => (document.body.dataset.said = message));
    });
    for (const [index, [broken, words]] of BROKEN.entries()) {
      answer = broken;
      await driver.set({ lang: "zh-CN" });
      assert.equal(asked, 2 * (index + 1));
      assert.match(await text(page, "#status"), words);
      const said = await page.evaluate(() => document.body.dataset.said ?? "");
      assert.ok(said && (await text(page, "#status")).includes(said), "an event says it, too");
      assert.ok(await same(driver, await picture(driver), english));
      assert.doesNotMatch(await page.evaluate(() => window["softmask"].sentence), HAN);
      await driver.set({ lang: "en" });
      assert.equal(await text(page, "#status"), "");
    }
    answer = undefined;
    await driver.set({ lang: "zh-CN" });
    assert.equal(await text(page, "#status"), "");
    assert.match(await text(page, "#live"), HAN);
    assert.ok(!(await same(driver, await picture(driver), english)));
    const foreseen = /ERR_FAILED|404/; // what the browser itself writes to its console
    assert.deepEqual(
      errors().filter((error) => !foreseen.test(error)),
      [],
    );
  } finally {
    await close();
  }
});

test("until the font has come the English picture stands and works", async () => {
  const english = await pictureOf("mask=01101&lang=en");
  await withViewer("lang=en&mask=01101", async (driver) => {
    const { page } = driver;
    await page.setRequestInterception(true);
    const held = [];
    let waiting = () => {};
    page.on("request", (request) => {
      if (!request.url().endsWith(".otf")) return void request.continue();
      held.push(request);
      if (held.length === 2) waiting();
    });
    const asked = new Promise((resolve) => (waiting = () => resolve(undefined)));
    await page.evaluate(() => /** @type {any} */ (window).softmask.setState({ lang: "zh-CN" }));
    await asked;
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    assert.ok(await same(driver, await pictureNow(driver), english), "no empty boxes");
    for (const request of held) request.continue();
    await driver.settled();
    const chinese = await pictureOf("mask=01101&lang=zh-CN");
    assert.ok(await same(driver, await picture(driver), chinese));

    // The same at the start: the viewer is ready without it, and follows when it is there.
    held.length = 0;
    await page.reload();
    await page.evaluate(() => /** @type {any} */ (window).softmask.ready);
    assert.equal(held.length, 2);
    assert.ok(await same(driver, await pictureNow(driver), english));
    for (const request of held) request.continue();
    await driver.settled();
    assert.ok(await same(driver, await picture(driver), chinese));
    assert.match(await text(page, "#live"), HAN);
  });
});

test("a lesson, teaching mode and every view of the card draw in Chinese at every size", async () => {
  for (const width of [1024, 390]) {
    await withViewer("lang=zh-CN&lesson=article", { width, height: 600 }, async (driver) => {
      await driver.press("2");
      assert.match(await text(driver.page, "#live"), /答对了。.*精确的 0/);
      const seen = new Set();
      for (const key of ["v", "v", "v", "v", "p", "n", "l", "Escape", "?"]) {
        await driver.press(key);
        const { width: drawn } = await driver.canvas();
        assert.ok(drawn <= width, `${drawn}: no wider than the window`);
        seen.add(await wholePicture(driver));
      }
      assert.equal(seen.size, 8, "each is another picture, but the one after Escape");
    });
  }
});

test("in a frame by message, and by the element's attribute", async () => {
  const { page, close, errors } = await openPage(
    started().browser,
    `${started().url}examples/plain/index.html`,
  );
  try {
    const view = await page.waitForSelector("softmask-view");
    const note = () =>
      view.evaluate(async (element) => {
        const { viewer } = /** @type {any} */ (element);
        await viewer.whenIdle();
        return (await viewer.getResult()).notes.join("\n");
      });
    await view.evaluate(async (element) => {
      const host = /** @type {any} */ (element);
      host.start();
      await host.viewer.setState({ fill: "1e-9", mask: "01101", lang: "en" });
    });
    assert.doesNotMatch(await note(), HAN);
    await view.evaluate((element) => element.setAttribute("lang", "zh-CN"));
    await page.waitForFunction(
      async (element) => (await element.viewer.getState()).lang === "zh-CN",
      {},
      view,
    );
    assert.match(await note(), /填充值 1e-9 几乎是 0/);
    await view.evaluate((element) => /** @type {any} */ (element).viewer.setState({ lang: "en" }));
    assert.match(await note(), /almost 0/);
    assert.deepEqual(errors(), []);
  } finally {
    await close();
  }
});
