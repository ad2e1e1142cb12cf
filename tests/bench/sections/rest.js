// Twelve embeds on one page, all of them in sight: what they cost while nobody does anything.

const EMBEDS = 12;
const REST_MS = 10_000;
const GOAL_MS = 20;

export const title = `Rest: ${EMBEDS} embeds in sight on one page`;

const framesDrawn = () =>
  [...document.querySelectorAll("iframe")].map(
    ({ contentWindow }) => /** @type {any} */ (contentWindow).softmask.framesDrawn,
  );

/** @param {import("../run.js").Bench} bench @returns {Promise<import("../table.js").Row[]>} */
export async function run({ page, url }) {
  await page.setViewport({ width: 1440, height: 1500 });
  await page.goto(`${url}tests/bench/page/embeds.html`);
  await page.evaluate(async (many) => {
    const settled = [];
    for (let i = 0; i < many; i++) {
      const frame = document.createElement("iframe");
      frame.src = `/build/web/embed.html#seed=${i}&hide=controls,code,ledger,title`;
      document.body.append(frame);
      settled.push(
        new Promise((resolve) => {
          frame.onload = async () => {
            const own = /** @type {any} */ (frame.contentWindow);
            await own.softmask.ready;
            await own.softmask.whenIdle();
            resolve(undefined);
          };
        }),
      );
    }
    await Promise.all(settled);
  }, EMBEDS);
  const session = await page.createCDPSession();
  await session.send("Performance.enable");
  const busyMs = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
  };
  await new Promise((rested) => setTimeout(rested, 1000)); // collections of garbage after the start
  const frames = await page.evaluate(framesDrawn);
  const before = await busyMs();
  await new Promise((rested) => setTimeout(rested, REST_MS));
  const busy = (await busyMs()) - before;
  const drawn = await page.evaluate(framesDrawn);
  const resting = drawn.reduce((sum, count, i) => sum + count - frames[i], 0);

  await page.evaluate(async () => {
    const { softmask } = /** @type {any} */ (document.querySelector("iframe")?.contentWindow);
    softmask.setState({ mask: "10000" });
    await softmask.whenIdle();
  });
  const woken = (await page.evaluate(framesDrawn)).map((count, i) => count - drawn[i]);
  const others = woken.slice(1).reduce((sum, count) => sum + count, 0);
  return [
    {
      what: "main thread in 10 s",
      ratio: { name: "ms", value: busy, goal: { atMost: GOAL_MS } },
    },
    {
      what: "frames in 10 s",
      ratio: { name: "frames", value: resting, goal: { atMost: 0 } },
    },
    {
      what: "one of them toggled",
      ratio: { name: "frames of the others", value: others, goal: { atMost: 0 } },
      figures: { unit: "frames", "its own": woken[0] },
    },
  ];
}
