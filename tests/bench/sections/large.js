// A large matrix on the screen: what one toggled column costs the page's main thread, beside computing
// and uploading everything anew; and how long the page stands still at most in such changes. Busy time
// is Chromium's own TaskDuration, from before the input event to the viewer's rest.

const SIZES = [
  [4096, 4096],
  [16, 65536],
];
const ROUNDS = 7;
const GOAL_TOGGLE = 0.1;
const GOAL_TASK_MS = 100;
/** Changes that compute everything. */
const CHANGES = [
  { seed: "7" },
  { fill: "0" },
  { mask: "causal" },
  { dim: 0 },
  { dim: -1, mask: "random", fill: "-1e9" },
];

export const title = "Large matrices on the screen, main thread";

const median = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1];

/** @typedef {import("puppeteer-core").Page} Page */

const settled = (/** @type {Page} */ page) =>
  page.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
const set = (/** @type {Page} */ page, /** @type {object} */ patch) =>
  page.evaluate((wanted) => {
    /** @type {any} */ (window).softmask.setState(wanted);
  }, patch);

/** A way to measure how long the main thread is busy until the viewer rests again. */
async function busyTimer(/** @type {Page} */ page) {
  const session = await page.createCDPSession();
  await session.send("Performance.enable");
  const taskMs = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
  };
  return async (/** @type {() => Promise<unknown>} */ act) => {
    await settled(page);
    const before = await taskMs();
    await act();
    await settled(page);
    return (await taskMs()) - before;
  };
}

/** The longest task of the page's main thread in processor time, which other programs do not lengthen. */
async function longestTaskMs(/** @type {Page} */ page, /** @type {() => Promise<unknown>} */ act) {
  await settled(page);
  await page.tracing.start({ categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  await act();
  await settled(page);
  const trace = Buffer.from(/** @type {Uint8Array} */ (await page.tracing.stop())).toString();
  const { traceEvents } = JSON.parse(trace);
  const mains = new Set();
  for (const { name, args, pid, tid } of traceEvents) {
    if (name === "thread_name" && args.name === "CrRendererMain") mains.add(`${pid} ${tid}`);
  }
  const lengths = traceEvents
    .filter(
      ({ name, ph, pid, tid }) =>
        ph === "X" && name.endsWith("RunTask") && mains.has(`${pid} ${tid}`),
    )
    .map(({ tdur = 0 }) => tdur / 1000);
  return Math.max(...lengths);
}

async function toggleAndFull(/** @type {Page} */ page) {
  const busyMs = await busyTimer(page);
  const toggles = [];
  const fulls = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rect = await page.evaluate(
      (col) => /** @type {any} */ (window).softmask.cellRect("scores", 7, col).toJSON(),
      100 + 37 * round,
    );
    toggles.push(await busyMs(() => page.mouse.click(rect.x + rect.width / 2, rect.y)));
    fulls.push(await busyMs(() => set(page, { fill: round % 2 === 0 ? "-inf" : "-1e9" })));
  }
  return { toggle: median(toggles), full: median(fulls) };
}

/** @param {import("../run.js").Bench} bench @returns {Promise<import("../table.js").Row[]>} */
export async function run({ page, url }) {
  const results = [];
  for (const [rows, cols] of SIZES) {
    await page.goto("about:blank");
    await page.goto(
      `${url}build/web/index.html#rows=${rows}&cols=${cols}&mask=padding:${cols >> 1}`,
    );
    await page.waitForFunction(() => /** @type {any} */ (window).softmask?.framesDrawn > 0);
    await settled(page);
    const { toggle, full } = await toggleAndFull(page);
    /** @type {Record<string, number>} */
    const tasks = {};
    for (const change of CHANGES) {
      tasks[Object.entries(change).join(" ")] = await longestTaskMs(page, () => set(page, change));
    }
    const what = `${rows}×${cols}`;
    // Of a wide matrix the row in words and its bars cost more than the cells.
    const goal = rows === cols ? { atMost: GOAL_TOGGLE } : undefined;
    results.push(
      {
        what,
        ratio: { name: "toggle / all anew", value: toggle / full, goal },
        figures: { unit: "ms busy", toggle, "all anew": full },
      },
      {
        what,
        ratio: {
          name: "longest task, ms",
          value: Math.max(...Object.values(tasks)),
          goal: { atMost: GOAL_TASK_MS },
        },
        figures: { unit: "ms", ...tasks },
      },
    );
  }
  return results;
}
