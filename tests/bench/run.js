// The benchmark of a finished build: node tests/bench/run.js [--quick | --list] [section…]
// Prints one table and writes build/bench.json. Every section is a file of tests/bench/sections
// with a `title` and a function `run(bench)` that resolves to rows of the table.

import { writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { serveFolder } from "../../tools/lib/serve.js";
import { engineNamed } from "../browser/engines/engine.js";
import { openPage } from "../browser/harness.js";
import { isMet, tableText } from "./table.js";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const OUTPUT = path.join(ROOT, "build/bench.json");

/** In the order of the table. */
const SECTIONS = ["kernel", "exact", "randn", "session", "large", "rest", "load"];

/**
 * @typedef {object} Bench what a section gets
 * @property {import("puppeteer-core").Page} page an empty page of its own, of the served folder
 * @property {string} url of the project's folder, where build/web and node_modules lie
 * @property {import("puppeteer-core").Browser} browser
 * @property {{rounds: number, sampleMs: number}} options
 */

/** @returns {Promise<{title: string, run: (bench: Bench) => Promise<any[]>}>} */
const sectionOf = (name) => import(`./sections/${name}.js`);

async function runSection(name, { browser, url, options }) {
  const section = await sectionOf(name);
  const opened = await openPage(browser, `${url}tests/bench/page/index.html`);
  try {
    const rows = await section.run({ page: opened.page, url, browser, options });
    if (opened.errors().length > 0) throw new Error(opened.errors().join("\n"));
    return { name, title: section.title, rows };
  } finally {
    await opened.close();
  }
}

const machine = () => ({
  cpu: os.cpus()[0]?.model ?? "unknown",
  cores: os.cpus().length,
  load: os.loadavg()[0],
  node: process.version,
});

async function main(args) {
  if (args.includes("--list")) {
    for (const name of SECTIONS) console.log(`${name}: ${(await sectionOf(name)).title}`);
    return;
  }
  const quick = args.includes("--quick");
  const wanted = args.filter((arg) => !arg.startsWith("--"));
  const unknown = wanted.find((name) => !SECTIONS.includes(name));
  if (unknown) throw new Error(`unknown section ${unknown}: ${SECTIONS.join(", ")}`);
  const options = quick ? { rounds: 7, sampleMs: 10 } : { rounds: 11, sampleMs: 60 };

  const site = await serveFolder(ROOT, 0);
  const engine = await engineNamed("chromium");
  const launched = await engine.launch();
  const { browser, disconnect } = await engine.connect(launched.address);
  try {
    const bench = { browser, url: site.url, options };
    const sections = [];
    for (const name of wanted.length > 0 ? wanted : SECTIONS) {
      sections.push(await runSection(name, bench));
    }
    console.log(tableText(sections));
    for (const { rows } of sections) for (const row of rows) row.met = isMet(row.ratio);
    const report = {
      taken: new Date().toISOString(),
      machine: { ...machine(), browser: await browser.version() },
      options,
      sections,
    };
    writeFileSync(OUTPUT, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await disconnect();
    await launched.close();
    await site.close();
  }
}

await main(process.argv.slice(2));
