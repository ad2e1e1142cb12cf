// Runs test suites of a finished build and counts: node tools/lib/run_suites.js [--brief] <suite>…
// --brief: of Firefox and WebKit only the files that engines are known to differ in.
// One line for a suite that passes; its output where it fails; then what was skipped and why. The
// last line is "N passed, N failed"; a suite that crashes, hangs or holds no test counts as failed.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { BRIEF } from "../../tests/browser/engines/brief.js";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const LOG_DIR = path.join(ROOT, "build/log");
const REPORTER = new URL("count_reporter.js", import.meta.url).href;
const TIMEOUT_MS = 5 * 60 * 1000;
const brief = process.argv.includes("--brief");

/**
 * @typedef {{name: string, command: string, args: string[], env?: Record<string, string>,
 *   result: string}} Run   result: the file in which the run leaves its counts
 * @typedef {{passed: number, failed: number, skipped: number,
 *   reasons?: Record<string, number>}} Counts   `reasons` of the skipped, each with how many
 */

/** Files below tests/<folder> that match; none where there is no such folder. */
function testFiles(folder, pattern) {
  const dir = path.join(ROOT, "tests", folder);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => path.join(dir, name));
}

const resultFile = (name) => path.join(LOG_DIR, `result-${name.replace(/\W+/g, "-")}.json`);

/** The GoogleTest binaries of one build: those of which tests/<part> has sources. */
function googleTests(suite, preset, variants, toCommand, env = {}) {
  const runs = [];
  for (const part of ["core", "view", "gfx", "ui", "fuzz"]) {
    if (testFiles(part, /\.cpp$/).length === 0) continue;
    for (const variant of variants) {
      const name = `${suite} ${part}${variant.label}`;
      const binary = path.join(ROOT, "build", preset, "tests", `${part}_tests${variant.suffix}`);
      const [command, ...args] = toCommand(binary);
      const result = resultFile(name);
      args.push("--gtest_brief=1", `--gtest_output=json:${result}`);
      runs.push({ name, command, args, env, result });
    }
  }
  return runs;
}

/** One run a file: browsers side by side would slow each other down. */
function nodeTests(folder, suite = folder, env = {}) {
  return testFiles(folder, /\.test\.m?js$/).map((file) => {
    const name = `${suite} ${path.basename(file).replace(/\.test\.m?js$/, "")}`;
    const result = resultFile(name);
    const args = ["--test", `--test-reporter=${REPORTER}`];
    args.push("--test-reporter-destination=stdout", file);
    return { name, command: process.execPath, args, env: { ...env, COUNT_FILE: result }, result };
  });
}

/** tests/browser in another engine and, unless brief, what else opens a browser. */
function engineTests(engine) {
  const env = { SOFTMASK_ENGINE: engine };
  const runs = nodeTests("browser", engine, env);
  if (brief) return runs.filter(({ name }) => BRIEF.includes(name.split(" ")[1]));
  const packed = nodeTests("package", `${engine} package`, env);
  const hosts = nodeTests("hosts", `${engine} hosts`, env);
  return [...runs, ...hosts, ...packed.filter(({ name }) => name.endsWith(" browser"))];
}

const SUITES = {
  structure: () => nodeTests("structure"),
  native: () =>
    googleTests("native", "native-release", [{ label: "", suffix: "" }], (binary) => [binary]),
  sanitized: () =>
    googleTests("sanitized", "native-asan", [{ label: "", suffix: "" }], (binary) => [binary], {
      UBSAN_OPTIONS: "print_stacktrace=1",
    }),
  wasm: () =>
    googleTests(
      "wasm",
      "web-release",
      [
        { label: " simd", suffix: ".cjs" },
        { label: " scalar", suffix: "_scalar.cjs" },
      ],
      (binary) => [process.execPath, binary],
    ),
  node: () => nodeTests("node"),
  browser: () => nodeTests("browser"),
  firefox: () => engineTests("firefox"),
  webkit: () => engineTests("webkit"),
  hosts: () => nodeTests("hosts"),
  package: () => nodeTests("package"),
};

/** The suites whose files share one browser, started once, and its engine. */
const IN_BROWSER = {
  browser: "chromium",
  hosts: "chromium",
  package: "chromium",
  firefox: "firefox",
  webkit: "webkit",
};

/** @param {string} engine */
async function shareBrowser(engine) {
  const { engineNamed } = await import("../../tests/browser/engines/engine.js");
  const browser = await (await engineNamed(engine)).launch();
  process.env.SOFTMASK_BROWSER = browser.address;
  return browser;
}

/** @returns {Counts} of GoogleTest's JSON or of count_reporter.js. */
function readCounts(file) {
  const data = JSON.parse(readFileSync(file, "utf8"));
  if (!data.testsuites) return data;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const test of data.testsuites.flatMap((group) => group.testsuite)) {
    if (test.failures?.length > 0) counts.failed += 1;
    else if (test.status === "RUN" && test.result === "COMPLETED") counts.passed += 1;
    else counts.skipped += 1;
  }
  return counts;
}

/**
 * Runs a program to its end.
 * @param {Run} run
 * @returns {Promise<{problem: string | null, output: string}>}
 */
function execute({ command, args, env }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 5000).unref();
    }, TIMEOUT_MS);
    const finish = (problem) => {
      clearTimeout(timer);
      resolve({ problem, output: Buffer.concat(chunks).toString() });
    };
    child.on("error", (error) => finish(`could not be run: ${error.message}`));
    child.on("close", (code, signal) => {
      if (timedOut) finish(`hung for ${TIMEOUT_MS / 60000} minutes`);
      else if (signal) finish(`crashed with ${signal}`);
      else finish(code === 0 ? null : `exit code ${code}`);
    });
  });
}

/**
 * @param {Run} run
 * @returns {Promise<{counts: Counts, told: string}>}   `told`: why it failed and what it printed
 */
async function runAndCount(run) {
  const start = Date.now();
  rmSync(run.result, { force: true });
  const { problem, output } = await execute(run);
  let counts = { passed: 0, failed: 0, skipped: 0 };
  let reason = problem;
  if (existsSync(run.result)) counts = readCounts(run.result);
  else reason ??= "left no result";
  if (!reason && counts.passed + counts.failed === 0) reason = "ran no test";
  if (reason && counts.failed === 0) counts.failed = 1;

  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const skipped = counts.skipped ? `, ${counts.skipped} skipped` : "";
  const summary = `${counts.passed} passed, ${counts.failed} failed${skipped}`;
  console.log(`${run.name.padEnd(28)} ${summary.padEnd(24)} ${seconds.padStart(6)} s`);
  if (counts.failed === 0) return { counts, told: "" };
  const text = output.trimEnd().split("\n").slice(-200).join("\n  | ");
  const told = `  ${reason ?? "failed"}:\n  | ${text}`;
  console.log(told);
  return { counts, told };
}

/** What WebKit's driver answers once the process of its pages has ended. */
const LOST = /page crash or hang|invalid session id/;

/** What was skipped, each reason once. @param {Map<string, number>} reasons */
function reportSkipped(reasons) {
  if (reasons.size === 0) return;
  console.log("skipped, for what is missing here or an engine or its driver cannot do:");
  for (const [reason, count] of reasons) console.log(`${String(count).padStart(5)}  ${reason}`);
}

async function main(names) {
  mkdirSync(LOG_DIR, { recursive: true });
  let passed = 0;
  let failed = 0;
  /** @type {Map<string, number>} */
  const reasons = new Map();
  for (const name of names) {
    const runs = SUITES[name]();
    let browser = name in IN_BROWSER ? await shareBrowser(IN_BROWSER[name]) : null;
    if (runs.length === 0) {
      console.log(`${name.padEnd(28)} 0 passed, 1 failed\n  there are no tests of this suite`);
      failed += 1;
    }
    const work = runs.values();
    // A browser keeps more than one core busy.
    const workers = Array.from({ length: browser ? 1 : availableParallelism() }, async () => {
      for (const run of work) {
        let { counts, told } = await runAndCount(run);
        // A browser that crashes takes the rest of its tests along. Twice in a row is a failure.
        if (browser && LOST.test(told)) {
          console.log(`${run.name.padEnd(28)} the browser crashed: once more, in a new one`);
          await browser.close();
          browser = await shareBrowser(IN_BROWSER[name]);
          ({ counts } = await runAndCount(run));
        }
        passed += counts.passed;
        failed += counts.failed;
        for (const [reason, count] of Object.entries(counts.reasons ?? {})) {
          reasons.set(reason, (reasons.get(reason) ?? 0) + count);
        }
      }
    });
    await Promise.all(workers);
    await browser?.close();
    delete process.env.SOFTMASK_BROWSER;
  }
  reportSkipped(reasons);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main(process.argv.slice(2).filter((arg) => arg !== "--brief"));
