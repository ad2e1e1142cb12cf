// Every lesson is played through with the keyboard, answered right in English and wrong in Chinese,
// and every number in what it says is computed again from core.js.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { holds, numbersOf, wrongNumbers } from "./lesson_numbers.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const LESSONS = readdirSync(path.join(ROOT, "assets/lessons"))
  .map((file) => JSON.parse(readFileSync(path.join(ROOT, "assets/lessons", file), "utf8")))
  .sort((a, b) => a.order - b.order);

const { withViewer } = viewerTests({ ...FEW_PIXELS, width: 1024, height: 768 });
let core;
before(async () => {
  const { createCore } = await import(path.join(ROOT, "build/web/core.js"));
  core = await createCore();
});

const said = (driver) =>
  driver.page.evaluate(() => document.getElementById("live").textContent ?? "");

const VERDICTS = {
  en: { right: /Right\./, wrong: /Not quite\./ },
  "zh-CN": { right: /答对了。/, wrong: /不太对。/ },
};

/**
 * One way through a lesson by keys. `pick` chooses among the choices of a question, given which one
 * is right.
 */
async function play(driver, lesson, language, pick) {
  const verdicts = VERDICTS[language];
  let previous = null;
  let pinned = null;
  for (const [index, step] of lesson.steps.entries()) {
    if (index > 0) await driver.press(index % 2 === 0 ? "n" : "PageDown");
    const numbers = numbersOf(core, await driver.state());
    if (step.pin) pinned = previous;
    previous = numbers;
    const around = { pinned, target: step.target };
    const check = async (pattern) =>
      assert.deepEqual(wrongNumbers(pattern, await said(driver), numbers, around), []);
    await check(step.text[language]);
    if (!step.ask) continue;
    const { question, choices, reveal } = step.ask;
    await check(question[language]);
    for (const verdict of Object.values(verdicts)) {
      assert.doesNotMatch(await said(driver), verdict, "nothing is told before the answer");
    }
    const right = choices.map((choice) => holds(choice.when, numbers, around));
    assert.equal(right.filter(Boolean).length, 1, `one right answer: ${question.en}`);
    const taken = pick(right.indexOf(true), choices.length);
    await driver.press(String(taken + 1));
    assert.match(await said(driver), right[taken] ? verdicts.right : verdicts.wrong);
    await check(reveal[language]);
  }
}

for (const lesson of LESSONS) {
  test(`lesson ${lesson.id}: right and wrong answers, every number from core`, () =>
    withViewer(`lesson=${lesson.id}&animate=0&hide=controls,code`, async (driver) => {
      assert.ok(await driver.isFocused(), "keys act from the start");
      await play(driver, lesson, "en", (right) => right);
      await driver.set({ lesson: "" });
      await driver.set({ lang: "zh-CN" });
      await driver.set({ lesson: lesson.id });
      await play(driver, lesson, "zh-CN", (right, count) => (right + 1) % count);
    }));
}

test("leaving a lesson brings back what the reader had", () =>
  withViewer("seed=7&mask=01010&fill=-5&animate=0", async (driver) => {
    const own = await driver.state();
    await driver.set({ lesson: "double-mask" });
    await driver.press("Tab");
    await driver.focus();
    await driver.press("2");
    await driver.press("n");
    await driver.click("mask", 0, 3);
    await driver.set({ lesson: "seed" });
    assert.equal((await driver.state()).seed, "0");
    await driver.set({ lesson: "" });
    assert.deepEqual(await driver.state(), own);
  }));

test("while a question is open the result is not on the screen", () =>
  withViewer("lesson=nan-row&animate=0", async (driver) => {
    const rect = await driver.rectInSight("probabilities", 0, 0);
    const clip = { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
    const hidden = await driver.screenshot(clip);
    await driver.set({ fill: "-1e9" });
    const other = await driver.screenshot(clip);
    assert.ok(await driver.same(other, hidden), "another result looks the same");
    await driver.press("2");
    assert.ok(!(await driver.same(await driver.screenshot(clip), hidden)));
  }));

test("an address with a lesson opens it, and Back leaves it", () =>
  withViewer("seed=5&animate=0", async (driver) => {
    await driver.set({ lesson: "typo" });
    assert.match(await said(driver), /1e-9/);
    await driver.press("1");
    await driver.press("n");
    await driver.page.goBack();
    await driver.settled();
    const state = await driver.state();
    assert.equal(state.lesson, "");
    assert.equal(state.seed, "5");
    await driver.page.goForward();
    await driver.settled();
    assert.equal((await driver.state()).lesson, "typo");
  }));

for (const [width, height] of [
  [1024, 768],
  [1280, 720],
  [1920, 1080],
]) {
  test(`teaching mode at ${width} × ${height}: one key, large, on one screen`, () =>
    withViewer("lesson=article&animate=0", { width, height }, async (driver) => {
      const small = await driver.rect("scores", 0, 0);
      const inSight = async () => (await driver.rect("probabilities", 3, 4)).bottom < height;
      await driver.press("p");
      const large = await driver.rect("scores", 0, 0);
      assert.ok(large.width >= width / 32, `${large.width}: cells grow with the screen`);
      assert.ok(await inSight(), "heatmaps beside or below the question");
      await driver.press("2");
      assert.match(await said(driver), /Right\./, "the lesson goes on");
      assert.ok(await inSight(), "and with the answer");
      await driver.click("scores", -1, 0);
      assert.equal((await driver.result()).mask[0], 1, "clicks land where the cells are");
      await driver.press("p");
      assert.deepEqual((await driver.rect("scores", 0, 0)).height, small.height);
    }));
}
