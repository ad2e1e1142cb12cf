// The npm package in pages: made by Vite, in development and built, and without a bundler.

import assert from "node:assert/strict";
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { build, createServer } from "vite";

import { serveFolder } from "../../tools/lib/serve.js";
import { openPage, startBrowser } from "../browser/harness.js";
import { coreModule } from "../node/golden.js";
import { installPackage } from "./installed.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
/** @type {ReturnType<typeof installPackage>} */
let project;
before(async () => {
  started = await startBrowser();
  project = installPackage();
});
after(async () => {
  await started?.close();
  project?.remove();
});

const ARTICLE = `tensor([[0.231, 0.000, 0.000, 0.769, 0.000],
        [0.492, 0.000, 0.000, 0.508, 0.000],
        [0.347, 0.000, 0.000, 0.653, 0.000],
        [0.754, 0.000, 0.000, 0.246, 0.000]])`;

/** The same numbers, from the built core. */
async function expected(seed, rows, cols, options) {
  const core = await (await coreModule).createCore();
  const scores = core.generator(seed).randn(rows * cols);
  return [...core.maskedSoftmax({ scores, rows, cols, ...options }).probabilities];
}

/**
 * Uses the page: the element, mount() and the core are live and right, a click in the frame becomes
 * an attribute. Where the frame comes from is asked of `page`.
 */
async function usePage(url, page) {
  const opened = await openPage(started.browser, url);
  const { page: tab } = opened;
  await tab.waitForFunction(() => /** @type {any} */ (document.getElementById("view")).viewer);
  const first = await tab.evaluate(async () => {
    const { viewer } = /** @type {any} */ (document.getElementById("view"));
    await viewer.ready;
    await viewer.whenIdle();
    const { probabilities } = await viewer.getResult();
    const cell = await viewer.cellRect("mask", -1, 0);
    return { src: viewer.frame.src, probabilities: [...probabilities], cell: cell.toJSON() };
  });
  assert.match(new URL(first.src).pathname, page);
  const mask = Uint8Array.of(0, 1, 1, 0, 1);
  assert.deepEqual(first.probabilities, await expected(333512, 4, 5, { mask }));

  const { x, y, width, height } = first.cell;
  await tab.mouse.click(x + width / 2, y + height / 2);
  await tab.waitForFunction(() => document.getElementById("view").getAttribute("mask") === "11101");

  const mounted = await tab.evaluate(async () => {
    const viewer = await window["consumer"].mount({ seed: 7, mask: "none", rows: 2 });
    const { probabilities } = await viewer.getResult();
    viewer.destroy();
    return [...probabilities];
  });
  assert.deepEqual(mounted, await expected(7, 2, 5, {}));
  assert.equal(await tab.evaluate(() => window["consumer"].article()), ARTICLE);
  assert.deepEqual(opened.errors(), []);
  assert.deepEqual(opened.foreign(), []);
  await opened.close();
}

const options = () => ({
  root: project.folder,
  configFile: /** @type {const} */ (false),
  logLevel: /** @type {const} */ ("error"),
});

/** Uses the page by Vite's development server. */
async function useInDevelopment(root, config, page) {
  const server = await createServer({
    ...options(),
    ...config,
    root,
    server: { host: "127.0.0.1", port: 0, ...config.server },
  });
  try {
    await server.listen();
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.httpServer?.address());
    await usePage(`http://127.0.0.1:${port}/index.html`, page);
  } finally {
    await server.close();
  }
}

test("Vite's development server, with nothing configured", async () => {
  await useInDevelopment(project.folder, {}, /^\/node_modules\/softmask\/frame\.htm$/);
  assert.ok(existsSync(path.join(project.folder, "node_modules/.vite/deps/softmask.js")));
});

test("the same for a package above the project's root, configured as docs/npm.md says", async () => {
  const root = path.join(project.folder, "apps/one");
  for (const file of ["index.html", "main.js"]) {
    cpSync(path.join(project.folder, file), path.join(root, file));
  }
  const config = {
    optimizeDeps: { exclude: ["softmask"] },
    // What Vite finds by itself where the folder above is a workspace.
    server: { fs: { allow: [project.folder] } },
  };
  await useInDevelopment(root, config, /^\/@fs\/.*\/node_modules\/softmask\/frame\.htm$/);
});

test("what Vite builds, under a path", async () => {
  const outDir = path.join(project.folder, "out/docs");
  await build({ ...options(), base: "./", build: { outDir } });
  const site = await serveFolder(path.dirname(outDir), 0);
  await usePage(`${site.url}docs/index.html`, /^\/docs\/assets\/frame-[\w-]+\.htm$/);
  await site.close();
});

test("no bundler: modules from node_modules", async () => {
  const site = await serveFolder(project.folder, 0);
  await usePage(`${site.url}plain.html`, /^\/node_modules\/softmask\/frame\.htm$/);
  await site.close();
});

test("the site's files copied to a folder of the page's own, named by `site`", async () => {
  const outDir = path.join(project.folder, "out-site");
  const input = path.join(project.folder, "site.html");
  await build({ ...options(), build: { outDir, rollupOptions: { input } } });
  cpSync(path.join(project.folder, "node_modules/softmask/site"), path.join(outDir, "softmask"), {
    recursive: true,
  });
  const site = await serveFolder(outDir, 0);
  await usePage(`${site.url}site.html`, /^\/softmask\/embed\.html$/);

  const opened = await openPage(started.browser, `${site.url}site.html`);
  const outcome = await opened.page.evaluate(async () => {
    const view = /** @type {any} */ (document.createElement("softmask-view"));
    const said = new Promise((resolve) =>
      view.addEventListener("error", (/** @type {any} */ event) => resolve(event.detail), {
        once: true,
      }),
    );
    view.setAttribute("site", "javascript:alert(1)");
    document.body.append(view);
    const refused = await window["consumer"].mount({ site: "mailto:x" }).catch(String);
    return [await said, refused];
  });
  assert.match(outcome[0], /site: "javascript:alert\(1\)" is not allowed/);
  assert.match(outcome[1], /TypeError: site: "mailto:x" is not allowed/);
  await opened.close();
  await site.close();
});
