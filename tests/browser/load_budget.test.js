// What a reader waits for grows only on purpose: every file that is requested until the first heatmap,
// and what core.js needs, against tests/browser/load_budget.json (bytes, gzip -9).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { openPage, startBrowser } from "./harness.js";

/** A part may be larger than its budget by this much. */
const MOST = 1.02;
const BUDGET = JSON.parse(readFileSync(new URL("load_budget.json", import.meta.url), "utf8"));

let started;
before(async () => {
  started = await startBrowser();
});
after(() => started?.close());

/** Without the part of the name that changes with the content. */
const part = (/** @type {string} */ name) => name.replace(/-[A-Z0-9]{8}(?=\.js$)/, "-*");

async function gzipSize(name) {
  const response = await fetch(new URL(name, started.url));
  assert.ok(response.ok, `${name}: ${response.status}`);
  return gzipSync(Buffer.from(await response.arrayBuffer()), { level: 9 }).length;
}

/** Fails with each part that is over its budget, or has none. */
function assertWithin(sizes, budget) {
  const over = Object.entries(sizes)
    .filter(([name, size]) => !(size <= MOST * budget[name]))
    .map(([name, size]) => `${name}: ${size} bytes, budget ${budget[name] ?? "none"}`);
  assert.deepEqual(over, []);
}

test("until the first heatmap of index.html in English no part is over its budget", async () => {
  const requested = new Set();
  const opened = await openPage(started.browser, "about:blank");
  opened.page.on("request", (request) => {
    if (request.url().startsWith(started.url)) requested.add(request.url());
  });
  await opened.page.goto(`${started.url}index.html#lang=en`);
  await opened.page.waitForFunction(() => /** @type {any} */ (window).softmask?.framesDrawn > 0);
  /** @type {Record<string, number>} */
  const sizes = {};
  for (const url of requested) {
    const name = new URL(url).pathname.slice(1);
    sizes[part(name)] = await gzipSize(name);
  }
  assert.ok(sizes["app-simd.wasm"] > 0 && sizes["page.js"] > 0, Object.keys(sizes).join(" "));
  assertWithin(sizes, BUDGET["index.html"]);
  assert.deepEqual(opened.errors(), []);
  await opened.close();
});

test("core.js and its module are within their budget", async () => {
  const names = Object.keys(BUDGET["core.js"]);
  assert.deepEqual(names, ["core.js", "core-relaxed.wasm"]);
  const sizes = await Promise.all(names.map(async (name) => [name, await gzipSize(name)]));
  assertWithin(Object.fromEntries(sizes), BUDGET["core.js"]);
});
