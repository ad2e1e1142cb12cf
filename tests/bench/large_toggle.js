// What one toggled column of a 4096 × 4096 matrix costs the page's main thread, beside what computing
// and uploading everything anew costs it: node tests/bench/large_toggle.js [rows cols].
// Busy time is Chromium's own TaskDuration, from before the input event to the viewer's rest.

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
await opened.close();
await started.close();
