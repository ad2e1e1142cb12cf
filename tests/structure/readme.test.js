// README.md and README.zh-CN.md say the same: section by section and block by block they have the
// same code, links, numbers, marks and table rows. Who changes one alone is told where.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { ROOT } from "./files.js";

const read = (name) => readFileSync(path.join(ROOT, name), "utf8");
const all = (text, pattern) => Array.from(text.matchAll(pattern), (match) => match[1] ?? match[0]);

/** Code without its comments, which are in the language of the file. */
const withoutComments = (code) => code.replace(/(^|\s)(#|\/\/) .*$/gm, "$1").replace(/ +$/gm, "");

/** The blocks of a file: headings, paragraphs, items, table rows, code; `at` is where it begins. */
function blocks(text) {
  const found = [];
  let code = null;
  let open = false; // a paragraph or an item that goes on
  for (const [index, line] of text.split("\n").entries()) {
    const add = (kind, content) => found.push({ kind, content, at: index + 1 });
    if (code !== null) {
      if (line === "```") {
        add("code", code);
        code = null;
      } else code += `${line}\n`;
    } else if (line.startsWith("```")) {
      code = `${line}\n`;
      open = false;
    } else if (line === "") open = false;
    else if (/^#+ /.test(line)) add(`heading ${line.indexOf(" ")}`, "");
    else if (line.startsWith("| ")) add("table row", line);
    else if (line.startsWith("- ")) {
      add("item", line);
      open = true;
    } else if (/^\s*<.*>$/.test(line)) add("markup", line.replace(/alt="[^"]*"/, "alt"));
    else if (line.startsWith("    ")) add("figure", line.split(/ {6,}/)[0]);
    else if (open) found[found.length - 1].content += `\n${line}`;
    else {
      add("paragraph", line);
      open = true;
    }
  }
  return found;
}

/** What must not depend on the language. */
function essence({ kind, content }) {
  if (kind === "code") return { kind, code: withoutComments(content) };
  if (kind === "markup" || kind === "figure") return { kind, content };
  const code = all(content, /`([^`]+)`/g);
  const words = content.replace(/`[^`]+`/g, "`");
  return {
    kind,
    // A label of the screen such as `softmax → zero` has its own words in each language.
    code: code.filter((span) => /^[\x20-\x7e]+$/.test(span)).sort(),
    labels: code.filter((span) => !/^[\x20-\x7e]+$/.test(span)).length,
    links: all(words, /\]\(([^)]+)\)/g).sort(),
    strong: all(words, /\*\*[^*]+\*\*/g).length,
    emphasised: all(words.replaceAll("**", ""), /\*[^*]+\*/g).length,
    numbers: all(words.replace(/\]\([^)]+\)/g, "]"), /\d+(?:[./]\d+)*/g).sort(),
    cells: kind === "table row" ? content.split(" | ").length : 0,
  };
}

/** What two READMEs differ in, as a text; empty where they say the same. */
function difference(english, chinese) {
  // The first paragraph of each is the link to the other.
  const [en, zh] = [english, chinese].map((text) => blocks(text).filter((_, i) => i !== 1));
  for (let i = 0; i < Math.max(en.length, zh.length); i++) {
    const where = `README.md:${en[i]?.at ?? "end"}, README.zh-CN.md:${zh[i]?.at ?? "end"}`;
    if (!en[i] || !zh[i]) return `${where}: one goes on`;
    const [one, other] = [essence(en[i]), essence(zh[i])].map((part) => JSON.stringify(part));
    if (one !== other) return `${where}:\n${one}\n${other}`;
  }
  return "";
}

const english = read("README.md");
const chinese = read("README.zh-CN.md");

test("the Chinese README says what the English does", () => {
  assert.equal(difference(english, chinese), "");
  assert.ok(blocks(english).length > 50);
});

test("each links to the other, at its top", () => {
  assert.match(english, /^# Softmask\n\n\[简体中文\]\(README\.zh-CN\.md\)\n\n/);
  assert.match(chinese, /^# Softmask\n\n\[English\]\(README\.md\)\n\n/);
});

test("no paragraph or item of the Chinese is left in English", () => {
  for (const { kind, content, at } of blocks(chinese).slice(2)) {
    if (!["paragraph", "item", "table row"].includes(kind) || /^\|[ |-]*$/.test(content)) continue;
    assert.match(content, /\p{Script=Han}/u, `README.zh-CN.md:${at}`);
  }
});

const CHANGES = {
  "a new item": [/^- \*\*Lessons\*\*/m, "- **Files** are read.\n$&"],
  "another option in code": [/`-1e9`: PyTorch/, "`-1e8`: PyTorch"],
  "a changed line of code": [/randn\(4, 5\)/, "randn(4, 6)"],
  "a new table row": [/^\| `assets` /m, "| `docs` | texts |\n$&"],
  "a link to elsewhere": [/\(docs\/state\.md\)/, "(docs/keys.md)"],
  "another number": [/PyTorch 2\.14/, "PyTorch 2.15"],
  "a section less": [/^## Not there yet$/m, ""],
  "another key": [/`l` lists/, "`k` lists"],
};
for (const [what, [place, change]] of Object.entries(CHANGES)) {
  test(`${what} in one alone is noticed`, () => {
    const changed = english.replace(place, /** @type {string} */ (change));
    assert.notEqual(changed, english);
    assert.notEqual(difference(changed, chinese), "");
  });
}
