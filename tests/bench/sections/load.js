// What a reader waits for: what is requested until the first heatmap, and how long that takes, beside
// a page that draws one window of Dear ImGui by @mori2003/jsimgui.

import { gzipSync } from "node:zlib";

const KB = 1024;
const GOAL_KB = 256;
const GOAL_CORE_KB = 20;
const GOAL_TIME = 0.6;

export const title = "Load: until the first heatmap of index.html, with nothing cached";

/** Since the navigation, in ms; the peers' pages say it themselves, where the frame has been drawn. */
const said = () => /** @type {any} */ (window).firstPictureMs ?? null;

/** Ours is asked at the end of each frame, as soon as theirs say it. Runs before any of its scripts. */
function watchFrames() {
  const own = /** @type {any} */ (window);
  const { requestAnimationFrame } = window;
  window.requestAnimationFrame = (callback) =>
    requestAnimationFrame.call(window, (now) => {
      callback(now);
      if (own.softmask?.framesDrawn > 0) own.firstPictureMs ??= performance.now();
    });
}

/**
 * One visit without a cache.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} address
 * @param {(() => void) | undefined} watch
 */
async function visit(browser, address, watch) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width: 1440, height: 900 });
    if (watch) await page.evaluateOnNewDocument(watch);
    /** @type {Promise<{name: string, gzip: number}>[]} */
    const bodies = [];
    page.on("response", (response) => {
      const { pathname, protocol } = new URL(response.url());
      if (protocol === "data:") return;
      bodies.push(
        response.buffer().then((body) => ({
          name: pathname.split("/").pop() ?? "",
          gzip: gzipSync(body, { level: 9 }).length,
        })),
      );
    });
    await page.goto(address, { waitUntil: "domcontentloaded" });
    const handle = await page.waitForFunction(said, { timeout: 60000 });
    return { ms: await handle.jsonValue(), parts: await Promise.all(bodies) };
  } finally {
    await context.close();
  }
}

const median = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1];

/** @param {import("../run.js").Bench} bench @returns {Promise<import("../table.js").Row[]>} */
export async function run({ browser, url, options }) {
  const pages = [
    { name: "ours", address: `${url}build/web/index.html#lang=en`, watch: watchFrames },
    { name: "jsimgui", address: `${url}tests/bench/page/jsimgui.html` },
    { name: "WebGL alone", address: `${url}tests/bench/page/webgl.html` },
  ];
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(pages.map(({ name }) => [name, []]));
  /** @type {Record<string, {name: string, gzip: number}[]>} */
  const parts = {};
  for (let round = 0; round < options.rounds; round++) {
    for (let turn = 0; turn < pages.length; turn++) {
      const { name, address, watch } = pages[(round + turn) % pages.length];
      const seen = await visit(browser, address, watch);
      times[name].push(/** @type {number} */ (seen.ms));
      parts[name] = seen.parts;
    }
  }
  const sum = (/** @type {{gzip: number}[]} */ list) =>
    list.reduce((total, { gzip }) => total + gzip, 0) / KB;
  const [ours, peer, bare] = pages.map(({ name }) => median(times[name]));
  const core = ["core.js", "core-relaxed.wasm"].map(async (name) => {
    const body = await (await fetch(`${url}build/web/${name}`)).arrayBuffer();
    return { name, gzip: gzipSync(Buffer.from(body), { level: 9 }).length };
  });
  const coreParts = await Promise.all(core);
  const figures = (/** @type {{name: string, gzip: number}[]} */ list) => ({
    unit: "KB gzip",
    ...Object.fromEntries(list.map(({ name, gzip }) => [name, gzip / KB])),
  });
  return [
    {
      what: "time to the picture",
      ratio: { name: "ours / jsimgui", value: ours / peer, goal: { atMost: GOAL_TIME } },
      figures: { unit: "ms", ours, jsimgui: peer, "WebGL alone": bare },
    },
    {
      what: "requested until then",
      ratio: { name: "KB gzip", value: sum(parts.ours), goal: { atMost: GOAL_KB } },
      figures: figures(parts.ours),
    },
    {
      what: "jsimgui's page",
      ratio: { name: "KB gzip", value: sum(parts.jsimgui) },
      figures: figures(parts.jsimgui),
    },
    {
      what: "core.js and its module",
      ratio: { name: "KB gzip", value: sum(coreParts), goal: { atMost: GOAL_CORE_KB } },
      figures: figures(coreParts),
    },
  ];
}
