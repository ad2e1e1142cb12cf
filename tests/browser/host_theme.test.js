// Viewers follow the theme of the page around them: elements and plain frames, by what each
// documentation tool writes, without a reload, and never where the author chose a theme. Here the
// page is bare and the tools' attributes are set by hand; tests/hosts opens the tools' own pages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { serveFolder } from "../../tools/lib/serve.js";
import { openPage } from "./harness.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const { started } = viewerTests();
/** The site with a file a module. */
const MODULES = fileURLToPath(new URL("../../build/modules", import.meta.url));
const PARTS = "hide=controls,code,ledger";

/**
 * A page without any style of its own that holds one element and one plain frame, both ready.
 * @param {(opened: {page: import("puppeteer-core").Page,
 *   view: import("puppeteer-core").ElementHandle<Element>,
 *   frames: import("puppeteer-core").Frame[]}) => Promise<void>} use
 * @param {{colorScheme?: string, element?: Record<string, string>, fragment?: string}} [options]
 */
async function withPage(use, { colorScheme = "light", element = {}, fragment = PARTS } = {}) {
  const { browser, url } = started();
  const opened = await openPage(browser, `${url}examples/plain/index.html`, {
    ...FEW_PIXELS,
    colorScheme,
  });
  try {
    await opened.page.evaluate(
      async (address, attributes) => {
        delete document.documentElement.dataset.theme;
        for (const sheet of document.styleSheets) sheet.disabled = true;
        const view = document.createElement("softmask-view");
        for (const [name, value] of Object.entries(attributes)) view.setAttribute(name, value);
        const frame = document.createElement("iframe");
        frame.src = address;
        const ready = new Promise((resolve) => view.addEventListener("ready", resolve));
        const told = new Promise((resolve) => {
          addEventListener("message", ({ source, data }) => {
            if (source === frame.contentWindow && data.type === "ready") resolve(undefined);
          });
        });
        document.body.replaceChildren(view, frame);
        await Promise.all([ready, told]);
      },
      `${url}embed.html#${fragment}`,
      { hide: "controls,code,ledger", ...element },
    );
    const { page } = opened;
    const view = await page.$("softmask-view");
    const inner = await view.evaluateHandle((one) => /** @type {any} */ (one).viewer.frame);
    const plain = await page.$("iframe");
    const frames = [await inner.contentFrame(), await plain.contentFrame()];
    const mark = () => /** @type {any} */ (window).marked;
    for (const frame of frames) {
      await frame.evaluate(() => /** @type {any} */ (window.marked = true));
    }
    await use({ page, view, frames });
    for (const frame of frames) assert.ok(await frame.evaluate(mark), "nothing was reloaded");
    assert.deepEqual(opened.errors(), []);
  } finally {
    await opened.close();
  }
}

/** Waits until all frames show a theme. */
async function show(frames, theme) {
  for (const frame of frames) {
    await frame.waitForFunction(
      (wanted) => document.documentElement.dataset.theme === wanted,
      {},
      theme,
    );
  }
}

const themes = (frames) =>
  Promise.all(
    frames.map((frame) =>
      frame.evaluate(() => /** @type {any} */ (window).softmask.getState().theme),
    ),
  );

const write = (page, owner, name, value) =>
  page.evaluate(
    (which, attribute, word) => {
      const root = which === "body" ? document.body : document.documentElement;
      if (word === null) root.removeAttribute(attribute);
      else root.setAttribute(attribute, word);
    },
    owner,
    name,
    value,
  );

/** What each tool writes for light, and for dark. */
const TOOLS = {
  Furo: ["body", "data-theme", "light", "dark"],
  "MkDocs Material": ["body", "data-md-color-scheme", "default", "slate"],
  nbconvert: ["body", "data-jp-theme-light", "true", "false"],
  "Docusaurus, PyData from 0.9": ["html", "data-theme", "light", "dark"],
  "PyData's data-mode": ["html", "data-mode", "light", "dark"],
  VitePress: ["html", "class", "any", "any dark"],
};

test("element and frame follow what each documentation tool writes", () =>
  withPage(async ({ page, view, frames }) => {
    for (const [tool, [owner, name, light, dark]] of Object.entries(TOOLS)) {
      await write(page, owner, name, dark);
      await show(frames, "dark");
      await write(page, owner, name, light);
      await show(frames, "light");
      await write(page, owner, name, null);
      const attribute = await view.evaluate((one) => one.getAttribute("theme"));
      assert.equal(attribute, null, `${tool}: the attribute stays the author's`);
    }
  }));

test("a page that says nothing, and auto, are as the reader's system", () =>
  withPage(
    async ({ page, frames }) => {
      await show(frames, "dark");
      assert.deepEqual(await themes(frames), ["auto", "auto"]);
      await write(page, "body", "data-theme", "light");
      await show(frames, "light");
      await write(page, "body", "data-theme", "auto");
      await show(frames, "dark");
      const light = [{ name: "prefers-color-scheme", value: "light" }];
      await page.emulateMediaFeatures(light);
      await show(frames, "light");
    },
    { colorScheme: "dark" },
  ));

test("where no tool says it, the page's background and color-scheme do", () =>
  withPage(
    async ({ page, frames }) => {
      // By a property: the page's policy forbids the attribute.
      const style = (owner, text) =>
        page.evaluate(
          (which, css) => {
            const root = which === "body" ? document.body : document.documentElement;
            root.style.cssText = css;
          },
          owner,
          text,
        );
      await style("html", "color-scheme: light");
      await show(frames, "light");
      await style("html", "color-scheme: light dark");
      await show(frames, "dark");
      for (const [color, theme] of [
        ["#fff", "light"],
        ["rgb(20 22 30)", "dark"],
        ["oklch(0.97 0.01 200)", "light"],
        ["lab(8 0 0)", "dark"],
        ["color(display-p3 0.9 0.9 0.9)", "light"],
        ["rgb(0 0 0 / 0.9)", "dark"],
        ["hsl(40 90% 90%)", "light"],
      ]) {
        await style("body", `background-color: ${color}`);
        await show(frames, theme);
      }
      // One that eases there: at first it is as it was.
      const eased = "transition: background-color 0.1s; background-color:";
      await style("body", `${eased} #fff`);
      await style("body", `${eased} #111`);
      await show(frames, "dark");
      await style("body", "background-color: rgb(255 255 255 / 0.1)");
      await style("html", "background-color: #fafafa");
      await show(frames, "light");
    },
    { colorScheme: "dark" },
  ));

test("a theme that the author chose stays", () =>
  withPage(
    async ({ page, view, frames }) => {
      await show(frames, "dark");
      await write(page, "body", "data-theme", "light");
      // An answer to a question that is asked after the switch comes after what it caused.
      await view.evaluate((/** @type {any} */ one) => one.viewer.getState());
      assert.deepEqual(await themes(frames), ["dark", "dark"]);
      await view.evaluate((one) => one.removeAttribute("theme"));
      await show(frames.slice(0, 1), "light");
      assert.deepEqual(await themes(frames), ["light", "dark"]);
    },
    { element: { theme: "dark" }, fragment: `${PARTS}&theme=dark` },
  ));

test("what the reader chose in the viewer stands until the page switches", () =>
  withPage(async ({ page, view, frames }) => {
    const [frame] = frames;
    await write(page, "body", "data-theme", "light");
    await show(frames, "light");
    await frame.focus("canvas");
    await page.keyboard.press("t");
    await show([frame], "dark");
    await page.waitForFunction((one) => one.getAttribute("theme") === "dark", {}, view);
    await write(page, "body", "data-theme", "auto");
    await show(frames, "light");
    assert.equal(await view.evaluate((one) => one.getAttribute("theme")), null);
    await write(page, "body", "data-theme", "dark");
    await show(frames, "dark");
  }));

test("a poster has the page's theme, and a frame starts in it", () =>
  withPage(async ({ page, frames }) => {
    await write(page, "body", "data-theme", "dark");
    await show(frames, "dark");
    const colors = await page.evaluate(async () => {
      const view = /** @type {any} */ (document.createElement("softmask-view"));
      document.body.append(view);
      const poster = view.shadowRoot.querySelector(".poster");
      const { backgroundColor } = getComputedStyle(poster);
      view.start();
      return { backgroundColor, address: view.viewer.frame.src };
    });
    assert.equal(colors.backgroundColor, "rgb(15, 18, 22)");
    assert.match(colors.address, /#theme=dark$/);
  }));

test("nothing of a page is watched once its last element has gone", async () => {
  const modules = await serveFolder(MODULES, 0);
  const opened = await openPage(started().browser, `${modules.url}licenses.txt`);
  try {
    const watched = await opened.page.evaluate(async () => {
      const { onHostTheme } = await import(new URL("host_theme.js", location.href).href);
      let calls = 0;
      const stop = onHostTheme(() => (calls += 1));
      document.body.dataset.theme = "dark";
      await Promise.resolve();
      stop();
      stop();
      document.body.dataset.theme = "light";
      await Promise.resolve();
      return calls;
    });
    assert.equal(watched, 1);
  } finally {
    await opened.close();
    await modules.close();
  }
});
