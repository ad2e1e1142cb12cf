// tools/lib/make_lessons.py refuses what is wrong with a lesson and says where.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";

import { ROOT } from "./files.js";

const folder = mkdtempSync(path.join(tmpdir(), "lessons-"));
after(() => rmSync(folder, { recursive: true }));
const good = JSON.parse(readFileSync(path.join(ROOT, "assets/lessons/nan-row.json"), "utf8"));

/** What the generator says of one lesson; empty when it takes it. */
function refusal(text, id = "nan-row") {
  const file = path.join(folder, `${id}.json`);
  writeFileSync(file, text);
  const script = path.join(ROOT, "tools/lib/make_lessons.py");
  try {
    execFileSync("python3", [script, path.join(folder, "out.inc"), file], { stdio: "pipe" });
    return "";
  } catch (error) {
    return String(/** @type {any} */ (error).stderr);
  }
}

/** The lesson with another text in its first step. */
const withText = (lesson, text) => ({
  ...lesson,
  steps: [{ ...lesson.steps[0], text }, ...lesson.steps.slice(1)],
});

test("takes a lesson as it is", () => {
  assert.equal(refusal(JSON.stringify(good)), "");
  assert.match(
    readFileSync(path.join(folder, "out.inc"), "utf8"),
    /\{"Why is my row NaN\?", "为什么/,
  );
});

test("takes the example of its documentation", () => {
  const documentation = readFileSync(path.join(ROOT, "docs/lessons.md"), "utf8");
  const [, example] = /```json\n(.*?)```/s.exec(documentation) ?? [];
  assert.equal(refusal(example, "halves"), "");
});

const BROKEN = {
  "no JSON": [(l) => JSON.stringify(l).slice(0, -5), /nan-row\.json: .*line 1/],
  "another id": [(l) => ({ ...l, id: "nan" }), /id: "nan"; allowed: nan-row/],
  "a missing key": [({ title: _, ...l }) => l, /the lesson: .*with title/],
  "an unknown key": [(l) => ({ ...l, colour: "red" }), /the lesson: "colour"; allowed: id, order/],
  "too few steps": [(l) => ({ ...l, steps: l.steps.slice(0, 2) }), /steps: 2; allowed: 3 to 6/],
  "an unknown state key": [(l) => ({ ...l, preset: { sead: 1 } }), /preset: "sead"; allowed: seed/],
  "the reader's own keys": [(l) => ({ ...l, preset: { theme: "dark" } }), /preset: "theme"/],
  "an unknown part": [
    (l) => ({ ...l, steps: [{ ...l.steps[0], point: ["moon"] }, ...l.steps.slice(1)] }),
    /steps\[0\]\.point: "moon"; allowed: scores/,
  ],
  "a stage without its lens": [
    (l) => ({ ...l, steps: [{ ...l.steps[0], stage: "exp" }, ...l.steps.slice(1)] }),
    /steps\[0\]\.stage: "exp"; allowed: only with lens steps/,
  ],
  "a convention without its lens": [
    (l) => ({ ...l, steps: [{ ...l.steps[0], convention: "additive" }, ...l.steps.slice(1)] }),
    /steps\[0\]\.convention: "additive"; allowed: only with lens conventions/,
  ],
  "one choice": [
    (l) => {
      const ask = { ...l.steps[0].ask, choices: l.steps[0].ask.choices.slice(0, 1) };
      return { ...l, steps: [{ ...l.steps[0], ask }, ...l.steps.slice(1)] };
    },
    /steps\[0\]\.ask\.choices: 1; allowed: 2 to 4 choices/,
  ],
  "an open brace": [
    (l) => withText(l, { en: "{p[0,0]", "zh-CN": "{p[0,0]" }),
    /steps\[0\]\.text\.en: .*pairs of braces/,
  ],
  "a text without its Chinese": [
    (l) => withText(l, { en: "only English" }),
    /steps\[0\]\.text: .*an object with zh-CN/,
  ],
  "an empty Chinese text": [
    (l) => withText(l, { en: "English", "zh-CN": "" }),
    /steps\[0\]\.text\.zh-CN: "".*a text of 1 to/,
  ],
  "a text of one language": [
    (l) => ({ ...l, title: "Why is my row NaN?" }),
    /title: "Why is my row NaN\?"; allowed: an object/,
  ],
  "a Chinese title that is too long": [
    (l) => ({ ...l, title: { en: "title", "zh-CN": "行".repeat(21) } }),
    /title\.zh-CN: .*1 to 40 characters/,
  ],
  "other facts in Chinese": [
    (l) => withText(l, { en: "{p[0,0]}", "zh-CN": "{p[0,1]}" }),
    /steps\[0\]\.text: .*the facts of the English: \{p\[0,0\]\}/,
  ],
  "nothing to predict": [
    (l) => ({ ...l, steps: l.steps.map(({ ask: _, ...step }) => step) }),
    /steps: 0; allowed: at least half/,
  ],
};

for (const [what, [change, message]] of Object.entries(BROKEN)) {
  test(`refuses ${what}`, () => {
    const changed = /** @type {any} */ (change)(good);
    const text = typeof changed === "string" ? changed : JSON.stringify(changed);
    assert.match(refusal(text), /** @type {RegExp} */ (message));
  });
}
