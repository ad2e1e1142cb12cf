// tools/lib/make_single_file.js refuses a site that would make a page with something missing.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

import { makeSingleFile } from "../../tools/lib/make_single_file.js";
import { WEB_DIR } from "./golden.js";

/** What tools/build makes the file of, beside the site. */
const MODULES_DIR = path.join(WEB_DIR, "../modules");

const folder = mkdtempSync(path.join(tmpdir(), "softmask-site-"));
after(() => rmSync(folder, { recursive: true }));

/** A copy of the modules with one change. */
function changedSite(name, change) {
  const site = path.join(folder, name.replaceAll("/", "-"));
  cpSync(MODULES_DIR, site, { recursive: true });
  change(path.join(site, name));
  return site;
}

const replaceIn = (from, to) => (file) => {
  const text = readFileSync(file, "utf8");
  assert.ok(text.includes(from), `${file} has ${from}`);
  writeFileSync(file, text.replace(from, to));
};

test("is made of the built site, the same twice", () => {
  const page = makeSingleFile(MODULES_DIR);
  assert.ok(page === makeSingleFile(MODULES_DIR), "the same twice");
  const built = readFileSync(path.join(WEB_DIR, "../softmask.html"), "utf8");
  assert.ok(page === built, "the one that tools/build left");
});

const REFUSED = {
  "a file that nobody knows": ["new.bin", (file) => writeFileSync(file, "x"), /new\.bin: does/],
  "a module that is not there": ["app-scalar.wasm", rmSync, /has no app-scalar\.wasm/],
  "a style sheet that asks for a file": [
    "twin.css",
    replaceIn("{", "{ background: url(x.png);"),
    /twin\.css asks for a file/,
  ],
  "a page that names another file": [
    "index.html",
    replaceIn("<main", '<img src="x.png" /><main'),
    /needs x\.png/,
  ],
  "a page without a policy": [
    "index.html",
    replaceIn("Content-Security-Policy", "X-Policy"),
    /no policy/,
  ],
};

for (const [what, [name, change, message]] of Object.entries(REFUSED)) {
  test(`refuses ${what}`, () => {
    const site = changedSite(String(name), change);
    assert.throws(() => makeSingleFile(site), /** @type {RegExp} */ (message));
  });
}

test("refuses a replacement of what is not there", () => {
  const site = changedSite("site_files.js", rmSync);
  assert.throws(() => makeSingleFile(site), /site_files\.js replaces nothing/);
});
