// bench.html, as a visitor runs it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openPage, startBrowser } from "./harness.js";

let started;
before(async () => {
  started = await startBrowser();
});
after(() => started?.close());

test("a run shows each contender's time, and stops when it is asked to", async () => {
  const opened = await openPage(started.browser, `${started.url}bench.html#lang=zh-CN`);
  const { page } = opened;
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  await page.click("#run");
  await page.waitForSelector(".bench-size");
  await page.click("#run");
  await page.waitForFunction(() => document.getElementById("run")?.textContent === "运行");
  const { shape, times, bars, state } = await page.evaluate(() => {
    const first = /** @type {HTMLElement} */ (document.querySelector(".bench-size"));
    const all = (/** @type {string} */ selector) => [...first.querySelectorAll(selector)];
    return {
      shape: first.querySelector("caption")?.textContent,
      times: all(".bench-number").map((cell) => parseFloat(cell.textContent ?? "")),
      bars: all(".bench-bar").map((bar) => bar.getBoundingClientRect().width),
      state: document.getElementById("state")?.textContent,
    };
  });
  assert.equal(shape, "64 × 64");
  assert.equal(times.length, 5, "fast with SIMD and without, exact, JavaScript, copy");
  assert.ok(
    times.every((ns) => ns > 0),
    String(times),
  );
  // Bars are as long as the times, but for what would be too short to see.
  const longest = times.indexOf(Math.max(...times));
  times.forEach((ns, i) => {
    const wanted = Math.max(2, (ns / times[longest]) * bars[longest]);
    assert.ok(Math.abs(bars[i] - wanted) <= 1 + 0.01 * wanted, `bar ${i}: ${bars[i]}, ${wanted}`);
  });
  assert.ok(state && !/出错/.test(state), state);
  assert.deepEqual(opened.errors(), []);
  assert.deepEqual(opened.foreign(), []);
  await opened.close();
});
