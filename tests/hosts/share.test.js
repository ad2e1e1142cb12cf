// What the Share panel writes for documentation tools, pasted into a source of each tool's language
// and built by the tool: the viewer runs in the page that comes out, and the link leads to the view.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

import { serveFolder } from "../../tools/lib/serve.js";
import { openPage } from "../browser/harness.js";
import { viewerTests } from "../browser/viewer_tests.js";

const { started, withViewer } = viewerTests({ width: 1024, height: 768, reducedMotion: true });
const folder = mkdtempSync(path.join(tmpdir(), "share-"));
after(() => rmSync(folder, { recursive: true }));

const VIEW = "seed=7&mask=01101&fill=-inf&hide=controls,code";
// Debian's own programs: another Python on the PATH has none of their modules.
const env = { ...process.env, PATH: `/usr/bin:${process.env.PATH}` };
const run = (command, args, input) =>
  execFileSync(command, args, { env, input, cwd: folder, encoding: "utf8", stdio: "pipe" });

/** A text of the panel goes in, the tool's page comes out. */
const BUILDS = {
  markdown: (text) => run("python3", ["-m", "markdown"], `# Mine\n\n${text}\n\nMore text.\n`),
  rst: (text) =>
    run(
      "python3",
      ["-c", "import docutils.core as d; d.publish_cmdline(writer_name='html5')"],
      `Mine\n====\n\n${text}\n\nMore text.\n`,
    ),
  notebook: (text) => {
    const cell = {
      cell_type: "code",
      metadata: {},
      execution_count: null,
      outputs: [],
      source: text,
    };
    const metadata = { kernelspec: { name: "python3", display_name: "Python 3" } };
    const notebook = { nbformat: 4, nbformat_minor: 4, metadata, cells: [cell] };
    writeFileSync(path.join(folder, "mine.ipynb"), JSON.stringify(notebook));
    // Neither is used by the page, and both would come from somewhere else.
    const without = ["--HTMLExporter.require_js_url=", "--HTMLExporter.mathjax_url="];
    run("jupyter-nbconvert", ["--to", "html", "--execute", ...without, "mine.ipynb"]);
    return readFileSync(path.join(folder, "mine.html"), "utf8");
  },
};

for (const [form, build] of Object.entries(BUILDS)) {
  test(`the panel's text for ${form} works as pasted`, () =>
    withViewer(VIEW, async ({ page }) => {
      await page.focus("#canvas");
      await page.keyboard.press("e");
      const radio = await page.waitForSelector(`.softmask-share input[value="${form}"]`);
      await radio.evaluate((input) => /** @type {HTMLElement} */ (input.parentElement).click());
      const text = await page.$eval(".softmask-share textarea", (area) => area.value);
      const bits = (frame) =>
        frame.evaluate(() => {
          const { probabilities } = /** @type {any} */ (window).softmask.getResult();
          return [...new Uint32Array(probabilities.buffer)];
        });
      const expected = await bits(page);

      const head = '<!doctype html><link rel="icon" href="data:," />';
      const built = build(text);
      writeFileSync(path.join(folder, "page.html"), built.startsWith("<h1") ? head + built : built);
      const host = await serveFolder(folder, 0);
      const opened = await openPage(started().browser, `${host.url}page.html`, {
        width: 1024,
        height: 768,
      });
      try {
        const element = await opened.page.waitForSelector("iframe");
        const frame = await element.contentFrame();
        await frame.waitForFunction(() =>
          /** @type {any} */ (window).softmask?.ready?.then(() => true),
        );
        assert.deepEqual(await bits(frame), expected);
        const { hide } = await frame.evaluate(() =>
          /** @type {any} */ (window).softmask.getState(),
        );
        assert.equal(hide, "controls,code");
        if (form !== "notebook") {
          const link = await opened.page.$eval('a[href*="index.html"]', (a) => a.href);
          assert.match(link, /^http.*index\.html#seed=7&mask=01101&fill=-inf&hide=controls,code$/);
        }
      } finally {
        await opened.close();
        await host.close();
      }
    }));
}
