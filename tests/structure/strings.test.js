// The one table of strings: none is missing, none is left over, and no text hides elsewhere.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

import { ROOT, ownFiles } from "./files.js";

const TABLE = path.join("src", "view", "strings.inc");
const IMPORT = path.join("src", "view", "import");
const SCRIPT = path.join(ROOT, "tools/lib/make_web_strings.py");
const read = (file) => readFileSync(path.join(ROOT, file), "utf8");

/** Names of the lines of one kind. */
function names(kind, table = TABLE) {
  const lines = read(table).matchAll(new RegExp(`^${kind}\\((\\w+), "`, "gm"));
  return [...lines].map((match) => match[1]);
}

/** Every name that a file of the site asks for: {file, name}. */
function asked() {
  const calls = [
    /(?<![#\w])text(?:Of)?\(\s*"(\w+)"/g,
    /\btextIn\(\s*[^"]*?,\s*"(\w+)"/g,
    /\bdata-(?:text|label|content)="(\w+)"/g,
  ];
  return [...ownFiles(/\.(js|html)$/, ["web"]), "shell.html"].flatMap((file) =>
    calls.flatMap((call) =>
      [...read(file).matchAll(call)].map((match) => ({ file, name: match[1] })),
    ),
  );
}

test("every text of C++ is used", () => {
  const sources = ownFiles(/\.(h|cpp)$/, ["src"])
    .map(read)
    .join("\n");
  const used = new Set(sources.match(/\bk[A-Z]\w*/g));
  const all = names("SOFTMASK_TEXT");
  assert.ok(all.length > 300);
  assert.deepEqual(
    all.filter((name) => !used.has(name)),
    [],
  );
});

test("every refusal of the importers is used", () => {
  const sources = ownFiles(/\.(h|cpp)$/, [IMPORT, path.join("src", "platform")])
    .map(read)
    .join("\n");
  const used = new Set([...sources.matchAll(/\bRefusalText::(k\w+)/g)].map((match) => match[1]));
  const all = names("SOFTMASK_REFUSAL_TEXT", path.join(IMPORT, "refusal_texts.inc"));
  assert.ok(all.length > 80);
  assert.deepEqual(
    all.filter((name) => !used.has(name)),
    [],
  );
});

test("no importer writes a refusal of its own", () => {
  const word = "allowed|found|the|is|has|have|more than|not|bytes of";
  const own = new RegExp(`"(?:[^"\\\\\n]|\\\\.)*\\b(?:${word})\\b(?:[^"\\\\\n]|\\\\.)*"`);
  assert.match('"byte 8: the \\"header\\" ends"', own);
  const found = ownFiles(/\.(h|cpp)$/, [IMPORT]).flatMap((file) =>
    read(file)
      .split("\n")
      .filter((line) => !/^\s*\/\//.test(line) && own.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  assert.deepEqual(found, []);
});

test("every text of the pages is used, and every text that they ask for is there", () => {
  const all = [...names("SOFTMASK_WEB_TEXT"), ...names("SOFTMASK_SAVE_TEXT")];
  assert.ok(all.length > 20);
  assert.equal(new Set(all).size, all.length);
  const used = asked();
  const known = new Set(all);
  assert.deepEqual(
    used.filter(({ name }) => !known.has(name)),
    [],
  );
  const wanted = new Set(used.map(({ name }) => name));
  assert.deepEqual(
    all.filter((name) => !wanted.has(name)),
    [],
  );
});

test("what is loaded before the panels asks for no text that comes with them", () => {
  const later = new Set(names("SOFTMASK_SAVE_TEXT"));
  assert.ok(later.size > 10);
  assert.deepEqual(
    asked().filter(({ file, name }) => later.has(name) && !/\bweb.(save|import)\b/.test(file)),
    [],
  );
});

test("no page writes a text of its own", () => {
  const own =
    /\.(?:textContent|title|alt|placeholder|innerText)\s*=\s*["'`][^"'`]*[A-Za-z]{2}|setAttribute\(\s*"aria-label",\s*["'`]/;
  const found = ownFiles(/\.js$/, ["web"])
    .filter((file) => !file.includes("examples"))
    .filter((file) => own.test(read(file)));
  assert.deepEqual(found, []);
});

const folder = mkdtempSync(path.join(tmpdir(), "strings-"));
after(() => rmSync(folder, { recursive: true }));

/** Runs the generator over a table; empty, or what it says against it. */
function refusal(table) {
  const file = path.join(folder, "strings.inc");
  writeFileSync(file, table);
  try {
    execFileSync("python3", [SCRIPT, path.join(folder, "table.js"), file], { stdio: "pipe" });
    return "";
  } catch (error) {
    return String(/** @type {any} */ (error).stderr);
  }
}

test("the generator makes a module of the lines for the pages alone", async () => {
  const table = [
    'SOFTMASK_TEXT(kOther, "other", "别的")',
    'SOFTMASK_WEB_TEXT(quoted, "say \\"{0}\\"", "说“{0}”")',
  ];
  assert.equal(refusal(table.join("\n")), "");
  writeFileSync(path.join(folder, "package.json"), '{"type": "module"}');
  const { STRINGS } = await import(pathToFileURL(path.join(folder, "table.js")).href);
  assert.deepEqual(STRINGS, { quoted: ['say "{0}"', "说“{0}”"] });
});

const BROKEN = {
  "a missing language": ['SOFTMASK_WEB_TEXT(a, "x")', /strings\.inc:1: allowed/],
  "an empty one": ['SOFTMASK_WEB_TEXT(a, "x", "")', /:1: a: both languages/],
  "other values": ['SOFTMASK_WEB_TEXT(a, "x {0}", "{1}")', /:1: a: .*same \{0\}/],
  "a name twice": ['SOFTMASK_WEB_TEXT(a, "x", "y")\nSOFTMASK_WEB_TEXT(a, "x", "y")', /:2: a is/],
};

for (const [what, [table, message]] of Object.entries(BROKEN)) {
  test(`the generator refuses ${what}`, () => {
    assert.match(refusal(/** @type {string} */ (table)), /** @type {RegExp} */ (message));
  });
}
