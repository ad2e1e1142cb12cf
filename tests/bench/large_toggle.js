// What one toggled column of a 4096 × 4096 matrix costs the page's main thread, beside what computing
// and uploading everything anew costs it: node tests/bench/large_toggle.js [rows cols].
// Then the longest that the page stands still in changes that compute everything. Busy time is
// Chromium's own TaskDuration, from before the input event to the viewer's rest.

import { openViewer, startBrowser } from "../browser/harness.js";

const [rows = 4096, cols = 4096] = process.argv.slice(2).map(Number);
const ROUNDS = 7;

const median = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1];

const started = await startBrowser();
const opened = await openViewer(started, `rows=${rows}&cols=${cols}&mask=padding:${cols >> 1}`);
const { page } = opened;
const session = await page.createCDPSession();
await session.send("Performance.enable");

const settled = () => page.evaluate(() => /** @type {any} */ (window).softmask.whenIdle());
async function taskMs() {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1000;
}
/** @param {() => Promise<unknown>} act */
async function busyMs(act) {
  await settled();
  const before = await taskMs();
  await act();
  await settled();
  return (await taskMs()) - before;
}

const toggles = [];
const fulls = [];
for (let round = 0; round < ROUNDS; round++) {
  const rect = await page.evaluate(
    (col) => /** @type {any} */ (window).softmask.cellRect("scores", 7, col).toJSON(),
    100 + 37 * round,
  );
  toggles.push(await busyMs(() => page.mouse.click(rect.x + rect.width / 2, rect.y)));
  const fill = round % 2 === 0 ? "-inf" : "-1e9";
  fulls.push(
    await busyMs(() =>
      page.evaluate((value) => {
        /** @type {any} */ (window).softmask.setState({ fill: value });
      }, fill),
    ),
  );
}
const toggle = median(toggles);
const full = median(fulls);
console.log(`${rows} × ${cols}, medians of ${ROUNDS}, main thread busy`);
console.log(`  a column toggled by the mouse  ${toggle.toFixed(1)} ms`);
console.log(`  everything computed anew       ${full.toFixed(1)} ms`);
console.log(`  ratio                          ${(toggle / full).toFixed(3)} (goal: at most 0.1)`);

/**
 * The longest task of the page's main thread, on the wall and in processor time: what else the machine
 * does lengthens the first alone.
 * @param {() => Promise<unknown>} act
 */
async function longestTask(act) {
  await settled();
  await page.tracing.start({ categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  await act();
  await settled();
  const { traceEvents } = JSON.parse(
    Buffer.from(/** @type {Uint8Array} */ (await page.tracing.stop())).toString(),
  );
  const threads = new Set();
  for (const { name, args, pid, tid } of traceEvents) {
    if (name === "thread_name" && args.name === "CrRendererMain") threads.add(`${pid} ${tid}`);
  }
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) =>
      ph === "X" && name.endsWith("RunTask") && threads.has(`${pid} ${tid}`),
  );
  const most = (/** @type {string} */ key) => Math.max(...tasks.map((task) => task[key] ?? 0));
  return { wall: most("dur") / 1000, cpu: most("tdur") / 1000 };
}

console.log(
  "the longest task of a change that computes everything, ms on the wall, of the processor",
);
for (const patch of [
  { seed: "7" },
  { fill: "0" },
  { mask: "causal" },
  { dim: 0 },
  { dim: -1, mask: "random", fill: "-1e9" },
]) {
  const { wall, cpu } = await longestTask(() =>
    page.evaluate((wanted) => {
      /** @type {any} */ (window).softmask.setState(wanted);
    }, patch),
  );
  const [first, second] = [wall, cpu].map((ms) => ms.toFixed(0).padStart(6));
  console.log(`  ${JSON.stringify(patch).padEnd(44)}${first}${second}`);
}
await opened.close();
await started.close();
