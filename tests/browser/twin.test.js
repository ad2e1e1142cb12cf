// The accessible twin of the picture: table, toggle buttons, labelled fields and live region.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage } from "./harness.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { started, withViewer } = viewerTests({
  ...FEW_PIXELS,
  width: 1024,
  height: 768,
  reducedMotion: true,
});

const live = (page) => page.$eval("#live", (place) => place.textContent);
const open = (page) => page.$eval("#twin-toggle", (toggle) => toggle.click());
/** What axe-core finds: "rule: selector" of each place. */
async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (window).axe.run(document);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`),
    );
  });
}
/** The texts of one tensor in the table, row by row. */
const cellsOf = (page, title) =>
  page.evaluate((wanted) => {
    for (const group of document.querySelectorAll(".twin-matrix tbody")) {
      const [head, ...lines] = /** @type {HTMLTableSectionElement} */ (group).rows;
      if (!head.textContent?.startsWith(wanted)) continue;
      return lines
        .filter((line) => !line.hidden)
        .map((line) => [...line.querySelectorAll("td")].map((cell) => cell.textContent));
    }
    return null;
  }, title);
const pressed = (page, selector) =>
  page.$$eval(selector, (list) => list.map((button) => button.getAttribute("aria-pressed")));
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    const label = at?.id && document.querySelector(`label[for="${at.id}"]`)?.textContent;
    return label || at?.getAttribute("aria-label") || at?.textContent || at?.id || at?.tagName;
  });

test("the table has the article's numbers, and its headers say what is masked", () =>
  withViewer("", async ({ page }) => {
    assert.deepEqual((await cellsOf(page, "scores"))?.[0], [
      ...["-0.786", "1.136", "1.624", "0.417", "1.366"],
    ]);
    assert.deepEqual((await cellsOf(page, "mask ("))?.[3], [
      ...["False", "True", "True", "False", "True"],
    ]);
    assert.deepEqual((await cellsOf(page, "masked_scores"))?.[1], [
      ...["-0.520", "-1e9", "-1e9", "-0.489", "-1e9"],
    ]);
    assert.deepEqual((await cellsOf(page, "scores_softmax"))?.[2], [
      "0.347",
      "0",
      "0",
      "0.653",
      "0",
    ]);
    assert.deepEqual(await pressed(page, ".twin-matrix thead button"), [
      ...["false", "true", "true", "false", "true"],
    ]);
    assert.deepEqual(
      await page.$$eval(".twin-mass tbody tr:first-child td", (list) =>
        list.map((cell) => cell.textContent),
      ),
      ["0.860", "0.000", "0.000", "1.000"],
    );
  }));

test("closed it takes no focus and is there for a screen reader; open it is in the tab order", () =>
  withViewer("", async ({ page }) => {
    const stops = () =>
      page.$$eval("#twin-content :is(button, input, select, pre, div[tabindex])", (list) =>
        list.map((part) => /** @type {HTMLElement} */ (part).tabIndex),
      );
    assert.ok((await stops()).length > 20);
    assert.ok((await stops()).every((index) => index === -1));
    assert.ok(await page.$("aria/mask column 3"), "a screen reader finds it");
    await open(page);
    assert.ok((await stops()).every((index) => index === 0));
    assert.equal(
      await page.$eval("#twin-toggle", (toggle) => toggle.getAttribute("aria-expanded")),
      "true",
    );
  }));

test("the article's program with the keyboard alone", () =>
  withViewer("mask=00000", async (driver) => {
    const { page } = driver;
    const tabTo = async (wanted) => {
      for (let i = 0; i < 60; ++i) {
        if ((await focused(page)) === wanted) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`Tab never came to ${wanted}`);
    };
    await tabTo("Show as table and form");
    await page.keyboard.press("Enter");
    for (const column of [1, 2, 4]) {
      await tabTo(`mask column ${column}`);
      await page.keyboard.press("Space");
      assert.match(await live(page), new RegExp(`^column ${column} masked\\. `));
    }
    assert.equal((await driver.state()).mask, "01101");
    assert.deepEqual((await cellsOf(page, "scores_softmax"))?.[0], [
      "0.231",
      "0",
      "0",
      "0.769",
      "0",
    ]);
    await tabTo("select row 3");
    await page.keyboard.press("Space");
    assert.equal((await driver.state()).row, "3");
    await tabTo("Next seed");
    await page.keyboard.press("Enter");
    assert.equal((await driver.state()).seed, "333513");
    assert.match(await live(page), /^seed: 333513\. /);
    await tabTo("Fill value");
    await page.keyboard.press("ArrowDown");
    assert.equal((await driver.state()).fill, "-inf");
    await tabTo("Rows");
    await page.keyboard.type("2");
    await page.keyboard.press("Enter"); // the field is selected when Tab comes to it
    assert.equal((await driver.state()).rows, 2);
  }));

test("a row that becomes NaN is told with its reason", () =>
  withViewer("mask=11110&fill=-inf&row=2", async ({ page }) => {
    await page.$eval('[aria-label="mask column 4"]', (button) => button.click());
    assert.match(
      await live(page),
      /^column 4 masked\. .*NaN: every cell there is masked with -inf/,
    );
  }));

test("a value that is refused is said at its field, and the state stays", () =>
  withViewer("", async (driver) => {
    const { page } = driver;
    await open(page);
    const before = await driver.state();
    const type = (label, words) =>
      page.evaluate(
        (wanted, value) => {
          const named = [...document.querySelectorAll("#twin label")].find(
            (one) => one.textContent === wanted,
          );
          const input = /** @type {any} */ (named).control;
          input.value = value;
          input.dispatchEvent(new Event("change"));
          const error = document.getElementById(input.getAttribute("aria-describedby") ?? "");
          return [input.getAttribute("aria-invalid"), error?.textContent ?? ""];
        },
        label,
        words,
      );
    const [invalid, words] = await type("Rows", "0");
    assert.equal(invalid, "true");
    assert.match(words, /rows: "0" is not allowed; allowed: integer 1 … 4096/);
    assert.deepEqual(await driver.state(), before);
    assert.deepEqual(await type("Rows", "3"), [null, ""]);
    assert.equal((await driver.state()).rows, 3);
  }));

test("a lesson: results are hidden until the question is answered", () =>
  withViewer("lesson=nan-row", async (driver) => {
    const { page } = driver;
    assert.deepEqual(await cellsOf(page, "scores_softmax"), []);
    assert.deepEqual(
      await page.$$eval(".twin-mass tbody tr:first-child td", (list) =>
        list.map((cell) => cell.textContent),
      ),
      ["", "", "", ""],
    );
    const choices = () =>
      page.$$eval(".twin-step [role=group] button", (list) => list.map((one) => one.textContent));
    assert.deepEqual(await choices(), ["all cells 0", "all cells equal", "NaN"]);
    await page.$$eval(".twin-step [role=group] button", (list) =>
      /** @type {HTMLElement} */ (list[2]).click(),
    );
    assert.match(await page.$eval(".twin-step", (step) => step.textContent ?? ""), /Right\./);
    assert.deepEqual((await cellsOf(page, "scores_softmax"))?.[0], Array(5).fill("nan"));
    await page.evaluate(() => {
      const next = [...document.querySelectorAll(".twin-step button")].find(
        (button) => button.textContent === "Next",
      );
      /** @type {HTMLElement} */ (next).click();
    });
    assert.match(await page.$eval(".twin-step", (step) => step.textContent ?? ""), /Step 2 of/);
  }));

test("of a large matrix a window is shown, and any part can be chosen", () =>
  withViewer("rows=64&cols=100", async ({ page }) => {
    await open(page);
    assert.equal((await cellsOf(page, "scores"))?.length, 32);
    const first = () => page.$eval(".twin-matrix thead button", (button) => button.textContent);
    assert.equal(await first(), "0");
    await page.evaluate(() => {
      const labels = [...document.querySelectorAll("#twin label")];
      const named = labels.find((one) => one.textContent === "First column shown");
      const input = /** @type {any} */ (named).control;
      input.value = "80";
      input.dispatchEvent(new Event("change"));
    });
    assert.equal(await first(), "68", "the last 32 columns");
  }));

test("hide takes its parts away here as well", () =>
  withViewer("hide=controls,code,ledger,scores", async ({ page }) => {
    await open(page);
    assert.equal(await cellsOf(page, "scores\u00a0"), null);
    const shown = await page.$$eval("#twin-content > *, #twin-content > div > *", (list) =>
      list.filter((part) => /** @type {HTMLElement} */ (part).offsetParent).map((p) => p.className),
    );
    assert.ok(!shown.includes("twin-controls") && !shown.includes("twin-mass"));
    assert.ok((await cellsOf(page, "scores_softmax"))?.length === 4);
  }));

const STATES = [
  "",
  "mask=11111&fill=-inf",
  "dtype=float16",
  "fill=1e-9&order=zero",
  "mask=causal&rows=64&cols=64",
  "lesson=nan-row",
  "hide=controls,code",
  "lang=zh-CN",
];
for (const theme of ["light", "dark"]) {
  test(`axe-core finds nothing in any state, ${theme}`, async () => {
    for (const file of ["index.html", "embed.html"]) {
      await withViewer(`theme=${theme}`, { file }, async (driver) => {
        for (const state of STATES) {
          const patch = Object.fromEntries(new URLSearchParams(state));
          const reset = { lesson: "", hide: "", lang: "en", mask: "random", fill: "-1e9" };
          await driver.set({
            ...reset,
            order: "fill",
            dtype: "float32",
            rows: 4,
            cols: 5,
            ...patch,
          });
          for (const shown of [false, true]) {
            const toggle = await driver.page.$eval("#twin-toggle", (t) => t.ariaExpanded);
            if ((toggle === "true") !== shown) await open(driver.page);
            assert.deepEqual(await violations(driver.page), [], `${file} ${state} ${shown}`);
          }
        }
      });
    }
  });
}

test("320 px and 200 % zoom: nothing is cut off sideways", async () => {
  for (const size of [
    { width: 320, height: 640 },
    { width: 512, height: 384, deviceScaleFactor: 2 },
  ]) {
    await withViewer("", size, async ({ page }) => {
      await open(page);
      assert.ok(
        await page.evaluate(() => {
          const { right } = document.getElementById("twin-content").getBoundingClientRect();
          return document.documentElement.scrollWidth <= innerWidth && right <= innerWidth;
        }),
      );
    });
  }
});

test("forced colours: what is pressed looks pressed", { skip: cannot("forced colours") }, () =>
  withViewer("", async ({ page }) => {
    await open(page);
    await page.emulateMediaFeatures([{ name: "forced-colors", value: "active" }]);
    const backgrounds = await page.$$eval(".twin-matrix thead button", (list) =>
      list.map((button) => getComputedStyle(button).backgroundColor),
    );
    assert.notEqual(backgrounds[0], backgrounds[1]);
    assert.equal(backgrounds[1], backgrounds[2]);
  }),
);

test("without WebGL 2 the twin is the page", async () => {
  const opened = await openPage(started().browser, `${started().url}licenses.txt`);
  const { page } = opened;
  await page.evaluateOnNewDocument(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = /** @type {any} */ (
      function (kind, ...rest) {
        return kind === "webgl2" ? null : original.call(this, kind, ...rest);
      }
    );
  });
  await page.goto(`${started().url}index.html#mask=01101`);
  await page.evaluate(() => window["softmask"].ready);
  assert.match(await page.$eval("#status", (place) => place.textContent ?? ""), /WebGL 2/);
  assert.equal((await cellsOf(page, "scores_softmax"))?.[0][0], "0.231");
  assert.deepEqual(await violations(page), []);
  const button = await page.$('[aria-label="mask column 1"]');
  await button?.click();
  assert.deepEqual(await pressed(page, ".twin-matrix thead button"), [
    ...["false", "false", "true", "false", "true"],
  ]);
  await page.evaluate(() => window["softmask"].setState({ mask: "none" }));
  assert.equal((await cellsOf(page, "scores_softmax"))?.[0][0], "0.032");
  await opened.close();
});
