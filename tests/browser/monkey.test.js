// A monkey: random actions in a row, right and wrong ones, by every way in. After each the numbers
// are those of an independent reference, at rest nothing is drawn, nothing is logged, undo all the
// way gives the first state back bit for bit, and memory does not grow.
//
// MONKEY_ACTIONS=10000 node --test tests/browser/monkey.test.js does as many in each page; MONKEY_SEED
// does one monkey's again. The suite itself has a few of another seed each time: a failure tells its
// seed and what was done last.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { openPage } from "./harness.js";
import { FOLDER, hostTests, viewerFrame } from "./host_page.js";
import { ACTIONS } from "./monkey_actions.js";
import { Dice, LARGEST } from "./monkey_inputs.js";

const COUNT = Number(process.env.MONKEY_ACTIONS || 100);
const SEED = Number(process.env.MONKEY_SEED || Math.floor(Math.random() * 2 ** 32));
/** History keeps 200 steps: undo all the way comes before. */
const STEPS = 180;
const MEGABYTE = 1e6;
const MOST_GROWTH = 5 * MEGABYTE;
const TOLD = 25; // of what was done last, where something goes wrong
/** No part of history: going back keeps the present ones. */
const LOOK = ["row", "theme", "lang", "hide", "animate"];

const HOST = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>The page around</title>
    <link rel="icon" href="data:," />
    <style>
      body { margin: 0; overflow: hidden; }
      #viewer { display: block; border: 0; width: 900px; height: 700px; }
    </style>
  </head>
  <body>
    <iframe id="viewer" src="${FOLDER}embed.html" title="S"></iframe>
    <iframe id="stranger" title="another" hidden></iframe>
    <script>
      const [viewer, stranger] = document.querySelectorAll("iframe");
      const waiting = new Map();
      let asked = 100;
      window.unasked = [];
      window.send = (message) => viewer.contentWindow.postMessage(message, "*");
      window.sendAsStranger = (message) =>
        new stranger.contentWindow.Function(
          "frame", "message", "frame.postMessage(message, '*')",
        )(viewer.contentWindow, message);
      window.ask = (message) =>
        new Promise((resolve) => {
          const id = ++asked;
          waiting.set(id, resolve);
          window.send({ ...message, id });
        });
      addEventListener("message", ({ source, data }) => {
        if (source !== viewer.contentWindow || data.type !== "reply") return;
        const answer = waiting.get(data.id);
        waiting.delete(data.id);
        if (answer) answer("error" in data ? data.name : "answered");
        else window.unasked.push(data);
      });
    </script>
  </body>
</html>`;

const started = hostTests({ pages: { "/": HOST } });

/**
 * Before any script of the page: dice of its own, and the memory of its WebAssembly. The browser's own
 * zoom, which Firefox has by the wheel, would move every place.
 */
function prepare(seed) {
  const own = /** @type {any} */ (window);
  addEventListener("wheel", (event) => event.ctrlKey && event.preventDefault(), { passive: false });
  let at = seed >>> 0;
  crypto.getRandomValues = (numbers) => {
    for (let i = 0; i < numbers.length; i++) {
      at = (Math.imul(at, 1664525) + 1013904223) >>> 0;
      numbers[i] = at;
    }
    return numbers;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      const exported = Object.values((made.instance ?? made).exports);
      own.wasmMemory ??= exported.find((one) => one instanceof WebAssembly.Memory);
      return made;
    };
  }
}

const REFERENCE = readFileSync(new URL("reference_softmax.js", import.meta.url), "utf8");
/** In the page: lookAtIt(), which rests and compares. */
function installing() {
  const body = () => {};
  const look = async (repaints) => {
    const { softmask, problemOf } = /** @type {any} */ (window);
    await softmask.whenIdle();
    const state = softmask.getState();
    const problem = problemOf(state, softmask.getResult());
    // A picture of another height moves the page, or takes its scroll bar away: that is drawn, too.
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    await softmask.whenIdle();
    const before = softmask.framesDrawn;
    for (let i = 0; i < repaints; i++) await new Promise(requestAnimationFrame);
    const drawn = softmask.framesDrawn - before;
    const status = document.getElementById("status");
    return {
      problem: problem && `${problem}, in ${JSON.stringify(state)}`,
      drawn,
      failed: status.className === "failed" && !status.hidden ? status.textContent : "",
      open: Boolean(document.querySelector("dialog[open], .softmask-entry")),
      now: { rows: state.rows, cols: state.cols },
    };
  };
  body.toString = () =>
    `() => { ${REFERENCE.replaceAll("export ", "")};
      window.problemOf = problemOf; window.lookAtIt = ${look}; }`;
  return body;
}

/** What undo gives back: state and bits. */
const present = (viewer, look) =>
  viewer.evaluate((keys) => {
    const { softmask } = /** @type {any} */ (window);
    const state = softmask.getState();
    for (const key of keys) delete state[key];
    // One number for each array: of the largest matrix the bits are too many to be handed over.
    const sum = (words) =>
      words.reduce((hash, word) => Math.imul(hash ^ word, 0x01000193) >>> 0, 0x811c9dc5);
    const bits = Object.values(softmask.getResult()).map((value) => {
      if (value instanceof Float32Array) return sum(new Uint32Array(value.buffer));
      return value instanceof Uint8Array ? sum(value) : value;
    });
    bits.pop(); // the notes, which are in the reader's language
    return JSON.stringify([state, bits]);
  }, look);

/** Undo or redo until there is nothing more, or so many steps; how many that were. */
const allTheWay = (viewer, what, most = 1000) =>
  viewer.evaluate(
    async (wanted, limit) => {
      const { softmask } = /** @type {any} */ (window);
      let steps = 0;
      const can = () => softmask.twin.conditions()[wanted === "undo" ? "canUndo" : "canRedo"];
      for (; can() && steps < limit; steps++) softmask.twin[wanted]();
      await softmask.whenIdle();
      return steps;
    },
    what,
    most,
  );

class Monkey {
  /** @type {string[]} */
  #done = [];
  #counts = new Map();
  #steps = 0;
  now = { rows: 4, cols: 5 };

  constructor(opened, viewer, where) {
    this.opened = opened;
    this.page = opened.page;
    this.viewer = viewer;
    this.where = where;
    this.dice = new Dice(SEED);
    this.actions = ACTIONS.filter(({ only, skip }) => !skip && (!only || only === where));
    this.all = this.actions.reduce((sum, { weight }) => sum + weight, 0);
  }

  get counts() {
    return Object.fromEntries([...this.#counts].sort());
  }

  #choose() {
    let left = this.dice.next() * this.all;
    return this.actions.find(({ weight }) => (left -= weight) < 0) ?? this.actions[0];
  }

  /** Whether another action fits into what undo can go back. */
  get isFull() {
    return this.#steps > STEPS - 10;
  }

  /** @param {number} turn its dice are its own, whatever those before have led to */
  async act(turn) {
    this.dice = new Dice(SEED + Math.imul(turn, 0x9e3779b1));
    const action = this.#choose();
    this.#done.push(`${action.kind} …`);
    const { page, viewer, dice, now } = this;
    const words = await action.run({ page, viewer, dice, now });
    this.#done.push(`${this.#done.pop()?.replace(" …", "")}: ${words}`);
    this.#counts.set(action.kind, (this.#counts.get(action.kind) ?? 0) + 1);
    this.#steps += action.steps;
    await this.look();
  }

  /** Compares, and leaves what has opened. */
  async look() {
    let seen = await this.#seen(this.dice.once(10) ? 5 : 1);
    for (let tries = 0; seen.open; tries++) {
      assert.ok(tries < 5, "a dialog does not close");
      this.#done.push("Escape");
      // To the dialog, wherever the focus has gone.
      await this.viewer.evaluate(() => {
        const dialog = /** @type {any} */ (document.querySelector("dialog[open]"));
        if (!dialog?.contains(document.activeElement)) dialog?.querySelector("button").focus();
        if (!dialog) document.querySelector(".softmask-entry input")?.focus();
      });
      await this.page.keyboard.press("Escape");
      seen = await this.#seen(2);
    }
    this.now = seen.now;
  }

  async #seen(repaints) {
    const seen = await this.viewer.evaluate(
      (count) => /** @type {any} */ (window).lookAtIt(count),
      repaints,
    );
    assert.equal(seen.problem, "");
    assert.equal(seen.failed, "");
    assert.equal(seen.drawn, 0, "frames drawn at rest");
    assert.deepEqual(this.opened.errors(), []);
    return seen;
  }

  /** Undo to the first state, redo to the last, undo again. */
  async thereAndBack(first) {
    const last = await present(this.viewer, LOOK);
    const steps = await allTheWay(this.viewer, "undo");
    assert.ok(steps < 200, `${steps} steps to undo: the first may be forgotten`);
    assert.equal(await present(this.viewer, LOOK), first, "undo all the way");
    await allTheWay(this.viewer, "redo", steps);
    assert.equal(await present(this.viewer, LOOK), last, "as many steps of redo");
    await allTheWay(this.viewer, "undo");
    await this.viewer.evaluate(() =>
      /** @type {any} */ (window).softmask.setState({
        ...{ row: "0", theme: "auto", lang: "auto", hide: "", animate: "auto" },
      }),
    );
    assert.equal(await present(this.viewer, LOOK), first);
    this.#done.push(`undone: ${steps} steps`);
    this.#steps = 0;
    await this.look();
    return steps;
  }

  /** Where something goes wrong: how to have it again. */
  async telling(work) {
    try {
      await work();
    } catch (error) {
      const last = this.#done.slice(-TOLD).join("\n  ");
      const count = [...this.#counts.values()].reduce((sum, n) => sum + n, 0);
      error.message += `\nMONKEY_SEED=${SEED} MONKEY_ACTIONS=${COUNT}, after ${count}:\n  ${last}`;
      throw error;
    }
  }
}

/**
 * Bytes that a page holds, after it has cleaned up; of JavaScript 0 where nobody tells. WebAssembly's
 * begin with more than these pages use: with -sINITIAL_MEMORY=16MB and -sMEMORY_GROWTH_LINEAR_STEP=1MB in
 * cmake/emscripten.cmake their growth shows.
 */
async function held(page, viewer) {
  const wasm = await viewer.evaluate(
    () => /** @type {any} */ (window).wasmMemory.buffer.byteLength,
  );
  if (cannot("memory")) return { wasm, heap: 0 };
  const session = await page.createCDPSession();
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  return { wasm, heap: metrics.find(({ name }) => name === "JSHeapUsedSize").value };
}

for (const where of /** @type {const} */ (["page", "frame"])) {
  test(`${COUNT} actions in a row, ${where === "page" ? "index.html" : "embed.html in a page"}`, async (t) => {
    const { browser, site, host } = started();
    const opened = await openPage(browser, "about:blank", {
      ...(cannot("fractional ratio") ? {} : { deviceScaleFactor: 0.25 }),
      width: 900,
      height: 700,
      reducedMotion: true,
      ...(cannot("touch") ? {} : { hasTouch: true }),
    });
    const { page } = opened;
    await page.evaluateOnNewDocument(prepare, SEED);
    await page.goto(where === "page" ? `${site}index.html` : `${host}/`);
    const viewer = where === "page" ? page : (await viewerFrame(page, "#viewer")).frame;
    await viewer.evaluate(() => /** @type {any} */ (window).softmask.ready);
    await viewer.evaluate(installing());
    const monkey = new Monkey(opened, viewer, where);
    const begin = Date.now();
    let undone = 0;
    await monkey.telling(async () => {
      const first = await present(viewer, LOOK);
      // What grows once: both fonts, and the room for the largest numbers in all their forms, beside
      // a pinned state and under the lenses that have numbers of their own.
      const lenses = ["g", "a"];
      for (const [patch, keys] of /** @type {const} */ ([
        [{ lang: "zh-CN", mask: "causal", ...LARGEST }, lenses],
        [{ dim: 0, dtype: "bfloat16", order: "renorm" }, []],
        [{ fill: "0" }, lenses],
        [{ dim: -1, dtype: "float32", order: "zero" }, lenses],
        [{ lesson: "article" }, []],
        [{ lesson: "", lang: "auto" }, []],
      ])) {
        await viewer.evaluate(async (wanted) => {
          const { softmask } = /** @type {any} */ (window);
          softmask.setState(wanted);
          softmask.getResult();
          await softmask.whenIdle();
          document.querySelector("canvas").focus();
        }, patch);
        for (const key of keys) {
          await page.keyboard.press(key);
          await monkey.look();
        }
      }
      await monkey.thereAndBack(first);
      const warm = Math.min(Math.max(20, Math.floor(COUNT / 20)), Math.floor(COUNT / 2));
      let before = { wasm: 0, heap: 0 };
      for (let i = 0; i < COUNT; i++) {
        if (i === warm) before = await held(page, viewer);
        await monkey.act(i);
        if (monkey.isFull || i === COUNT - 1) undone += await monkey.thereAndBack(first);
      }
      const after = await held(page, viewer);
      const grown = { wasm: after.wasm - before.wasm, heap: after.heap - before.heap };
      t.diagnostic(
        `seed ${SEED}: ${(Date.now() - begin) / 1000} s, ${undone} steps undone, ` +
          `grown by ${JSON.stringify(grown)} bytes, ${JSON.stringify(monkey.counts)}`,
      );
      assert.ok(grown.wasm + grown.heap <= MOST_GROWTH, JSON.stringify({ before, after }));
      if (where === "frame") {
        assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).unasked), []);
      }
    });
    assert.deepEqual(opened.errors(), []);
    await opened.close();
  });
}
