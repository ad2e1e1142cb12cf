// The npm package without a browser: what is in it, Node, and TypeScript.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";

import { goldenFiles } from "../node/golden.js";
import { ROOT, installPackage } from "./installed.js";

/** @type {ReturnType<typeof installPackage>} */
let project;
before(() => {
  project = installPackage();
});
after(() => project?.remove());

const inPackage = (name) => path.join(project.folder, "node_modules/softmask", name);
const json = (file) => JSON.parse(readFileSync(file, "utf8"));
/** What a program under Node says in the project; fails where it fails. */
function run(...args) {
  const options = { cwd: project.folder, encoding: /** @type {const} */ ("utf8") };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

test("its name, version and licence are the project's, and it needs nothing", (t) => {
  const manifest = json(inPackage("package.json"));
  const own = json(path.join(ROOT, "package.json"));
  for (const key of ["name", "version", "license"]) assert.equal(manifest[key], own[key]);
  assert.deepEqual(
    Object.keys(manifest).filter((key) => /dependencies|scripts|bin/i.test(key)),
    [],
  );
  assert.deepEqual(readdirSync(path.join(project.folder, "node_modules")), [
    ".package-lock.json",
    "softmask",
  ]);
  t.diagnostic(`packed: ${project.packedBytes} bytes`);
});

test("everything that it exports and every page that its documents refer to is in it", () => {
  const targets = Object.values(json(inPackage("package.json")).exports).flatMap((target) =>
    typeof target === "string" ? [target] : Object.values(target),
  );
  assert.ok(targets.length > 10);
  for (const target of targets) assert.ok(existsSync(inPackage(target.replace("*", ""))), target);
  const documents = readdirSync(inPackage("")).filter((name) => name.endsWith(".md"));
  assert.ok(documents.includes("README.md"));
  for (const document of documents) {
    const links = readFileSync(inPackage(document), "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)/g);
    for (const [, link] of links) assert.ok(existsSync(inPackage(link)), `${document}: ${link}`);
  }
  assert.match(readFileSync(inPackage("licenses.txt"), "utf8"), /==== Dear ImGui/);
  assert.ok(existsSync(inPackage("LICENSE")));
});

test("Node computes the article's numbers, and imports the page's module without a page", () => {
  const golden = goldenFiles()["torch-1.13-texts.json"].texts.find(
    (one) => `${one.seed} ${one.rows} ${one.cols} ${one.fill}` === "333512 4 5 -1e9",
  );
  const [softmax] = golden.precision3_no_sci.slice(-1);
  const said = run("article.mjs");
  assert.equal(said.slice(0, softmax.length), softmax);
  assert.match(said, /mount\(\) needs a browser's page/);
});

for (const [module, moduleResolution] of [
  ["esnext", "bundler"],
  ["node16", "node16"],
]) {
  test(`TypeScript finds the types with moduleResolution ${moduleResolution}`, () => {
    const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
    const options = ["--module", module, "--moduleResolution", moduleResolution];
    const common = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom"];
    run(tsc, ...options, ...common, "consumer.ts");
  });
}
