// Softmask in the pages of real documentation tools: each example of web/examples built by its own
// tool, opened in a browser, scrolled, clicked, switched to dark and tabbed through.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openPage, startBrowser } from "../browser/harness.js";
import { differences, withColumnToggled } from "../browser/viewer_driver.js";
import { coreModule } from "../node/golden.js";
import { serveFolder } from "../../tools/lib/serve.js";
import { OUT, buildHosts, buildMkdocsProject } from "./build_hosts.js";
import { blocks, documents, exampleText } from "./documentation.js";
import { EMBEDS, HostPage } from "./host_page.js";

/** @typedef {keyof typeof EMBEDS} Embed */

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
/** @type {Awaited<ReturnType<typeof serveFolder>>} */
let site;
/** @type {Awaited<ReturnType<typeof buildHosts>>} */
let built;
before(async () => {
  built = await buildHosts();
  started = await startBrowser();
  site = await serveFolder(OUT, 0);
});
after(async () => {
  await Promise.allSettled(Object.values(built ?? {}));
  await started?.close();
  await site?.close();
});

/**
 * How a reader gets to the lesson and to the theme's switch. `instant`: the tool changes pages
 * without loading them. `fixed`: the theme that a page without a switch has.
 * @type {Record<string, {tool: keyof typeof built, start: string, link?: string,
 *   instant?: boolean, toggle?: string, fixed?: "light"}>}
 */
const HOSTS = {
  "MkDocs Material": {
    tool: "mkdocs",
    start: "mkdocs/",
    link: 'article a[href*="masking"]',
    instant: true,
    toggle: "label.md-header__button[for^=__palette]:not([hidden])",
  },
  "Sphinx with Furo": {
    tool: "sphinx",
    start: "furo/index.html",
    link: 'article a[href*="masking"]',
    toggle: ".theme-toggle-content .theme-toggle",
  },
  "Sphinx with PyData": {
    tool: "sphinx",
    start: "pydata/index.html",
    link: 'main a[href*="masking"]',
    fixed: "light",
  },
  nbconvert: { tool: "notebook", start: "notebook/masking.html", fixed: "light" },
  VitePress: {
    tool: "vitepress",
    start: "vitepress/",
    link: '.vp-doc a[href*="masking"]',
    instant: true,
    toggle: ".VPNavBarAppearance .VPSwitchAppearance",
  },
};

/** Opens the lesson of an example as a reader does, from the start page. */
async function openLesson({ tool, start, link, instant }, use, options = {}) {
  await built[tool];
  const size = { width: 1440, height: 480 };
  const opened = await openPage(started.browser, site.url + start, { ...size, ...options });
  try {
    const { page } = opened;
    const lesson = new HostPage(page);
    if (link) {
      await page.evaluate(() => {
        /** @type {any} */ (window).marked = true;
      });
      await page.click(link);
      await page.waitForSelector(EMBEDS.element);
      const marked = await page.evaluate(() => /** @type {any} */ (window).marked === true);
      assert.equal(marked, Boolean(instant), "changes pages without loading them");
    }
    await use(lesson, page);
    assert.deepEqual(opened.errors(), []);
    assert.deepEqual(opened.foreign(), []);
  } finally {
    await opened.close();
  }
}

/** What PyTorch has for a viewer's scores and mask; the core is held against PyTorch elsewhere. */
async function expected({ scores, rows, cols }, mask, fill) {
  const core = await (await coreModule).createCore();
  const drawn = core.generator(333512).randn(rows * cols);
  assert.deepEqual(scores, drawn, "the scores are those of the seed");
  return core.maskedSoftmax({ scores: drawn, rows, cols, mask, fill, method: "torch" });
}

async function clickChangesAsTorch(lesson, /** @type {Embed} */ embed) {
  const was = await lesson.result(embed);
  assert.deepEqual([...was.mask.subarray(0, 5)], [0, 1, 1, 0, 1]);
  await lesson.clickColumn(embed, 0);
  const now = await lesson.result(embed);
  const { fill } = await lesson.state(embed);
  assert.equal(fill, embed === "element" ? "-1e9" : "1e-9");
  const mask = withColumnToggled(was.mask, was.rows, was.cols, 0);
  const wanted = { ...now, mask, ...(await expected(was, mask, Number(fill))) };
  assert.deepEqual(differences(now, wanted), []);
}

const BOTH = /** @type {Embed[]} */ (Object.keys(EMBEDS));

async function switchesWithThePage(lesson, page, toggle) {
  await page.click(toggle);
  await lesson.showsTheme("dark");
  await page.click(toggle);
  await lesson.showsTheme("light");
}

async function letsTabThrough(lesson) {
  const stops = await lesson.tabThrough();
  const inside = stops.filter((stop) => stop !== "page");
  const wanted = ["element canvas", "element button", "frame canvas", "frame button"];
  assert.deepEqual(inside, wanted);
  assert.equal(stops.at(-1), "page", "and goes on in the page");
}

/** Away and back without a load: nothing stays behind, and the theme is there from the start. */
async function comesAndGoes(lesson, page, { toggle, link }) {
  await page.click(toggle);
  await lesson.showsTheme("dark");
  const frames = async () =>
    (await page.frames()).filter((frame) => frame.url().includes("embed.html"));
  assert.equal((await frames()).length, 2);
  await page.goBack();
  await page.waitForSelector(EMBEDS.element, { hidden: true });
  assert.equal((await frames()).length, 0, "nothing of it is left running");
  await page.click(link);
  await page.waitForSelector(EMBEDS.element);
  for (const embed of BOTH) await lesson.scrollTo(embed);
  await lesson.showsTheme("dark");
  assert.match(await lesson.addressAtStart(), /theme=dark/);
}

for (const [name, host] of Object.entries(HOSTS)) {
  test(`${name}: both viewers start on approach, answer a click, and follow the theme`, () => {
    // The page's theme, not the system's: they differ where the page has no switch.
    const colorScheme = host.fixed === "light" ? "dark" : "light";
    const use = async (lesson, page) => {
      await lesson.waits();
      for (const embed of BOTH) {
        await lesson.scrollTo(embed);
        await clickChangesAsTorch(lesson, embed);
      }
      await lesson.showsTheme(host.fixed ?? "light");
      if (host.toggle) await switchesWithThePage(lesson, page, host.toggle);
      await letsTabThrough(lesson);
      if (host.instant) await comesAndGoes(lesson, page, host);
    };
    return openLesson(host, use, { colorScheme });
  });
}

test("nbconvert, dark: both viewers are dark", () =>
  openLesson({ tool: "notebook", start: "notebook/dark.html" }, async (lesson) => {
    for (const embed of BOTH) await lesson.scrollTo(embed);
    await lesson.showsTheme("dark");
  }));

test("MkDocs: the three lines of docs/hosts/mkdocs.md, pasted, are a live viewer", async () => {
  const [{ text }, element] = blocks("mkdocs.md");
  const lines = `${text}${element.text}`.trim().split("\n");
  assert.equal(lines.length, 3);
  await buildMkdocsProject("three-lines", text, element.text);
  const use = async (lesson, page) => {
    await lesson.scrollTo("element");
    await lesson.clickColumn("element", 3);
    const { mask, rows, cols, ...result } = await lesson.result("element");
    assert.deepEqual([...mask.subarray(0, 5)], [0, 1, 1, 1, 1]);
    const wanted = await expected({ ...result, rows, cols }, mask, -1e9);
    assert.deepEqual(result.probabilities, wanted.probabilities);
    const frame = await lesson.frame("element");
    const theme = await frame.evaluate(() => document.documentElement.dataset.theme);
    assert.equal(theme, "light");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  };
  // Material without a palette is white, also for a reader whose system is dark.
  await openLesson({ tool: "mkdocs", start: "three-lines/" }, use, { colorScheme: "dark" });
});

for (const document of documents()) {
  test(`docs/hosts/${document}: what it says to paste is what was built`, () => {
    const sources = exampleText(document);
    for (const { text } of blocks(document)) {
      const missing = text.split("\n").filter((line) => !sources.has(line.trim()));
      assert.deepEqual(missing, []);
    }
  });
}
