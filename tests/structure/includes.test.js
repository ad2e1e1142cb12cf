// The direction of includes: core <- view <- ui, gfx <- platform; web/ knows the exported C
// functions and nothing else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { ROOT, ownFiles } from "./files.js";

/** Of each part of src/: the parts and the third-party headers it may include. */
const MAY_INCLUDE = {
  core: { parts: ["core"], others: [/^wasm_simd128\.h$/] },
  view: {
    parts: ["core", "view", "lessons"],
    others: [/^nlohmann\/json\.hpp$/, /^zlib\.h$/, /^contrib\/minizip\/\w+\.h$/],
  },
  ui: { parts: ["core", "view", "ui", "fonts"], others: [/^(imgui|imconfig)\w*\.h$/] },
  gfx: {
    parts: ["core", "view", "gfx"],
    others: [/^glm\//, /^(GLES3|GLES2|GL)\//, /^imgui\.h$/],
  },
  platform: {
    parts: ["core", "view", "ui", "gfx", "platform", "fonts"],
    others: [/^glm\//, /^(GLES3|GLES2|GL|EGL)\//, /^imgui\w*\.h$/, /^SDL\w*\.h$/, /^emscripten/],
  },
};

// A standard header has neither a folder nor an ending; the C headers are spelled <cmath>.
const isStandard = (name) => /^[a-z_0-9]+$/.test(name);

/** Every #include of a file: {line, quoted, name}. */
function includes(file) {
  const lines = readFileSync(path.join(ROOT, file), "utf8").split("\n");
  return lines.flatMap((text, index) => {
    const match = /^\s*#\s*include\s*(["<])([^">]+)[">]/.exec(text);
    return match ? [{ line: index + 1, quoted: match[1] === '"', name: match[2] }] : [];
  });
}

/** Why a part may not include this, or null. */
function objection(part, { quoted, name }) {
  const { parts, others } = MAY_INCLUDE[part];
  if (quoted) {
    const target = name.split("/")[0];
    if (!name.includes("/")) return "own headers are spelled from src/";
    return parts.includes(target) ? null : `${part} may not know ${target}`;
  }
  if (isStandard(name) || others.some((pattern) => pattern.test(name))) return null;
  return `${part} may not include <${name}>`;
}

for (const part of Object.keys(MAY_INCLUDE)) {
  test(`src/${part} includes only what it may know`, () => {
    const files = ownFiles(/\.(h|cpp|inc)$/, [path.join("src", part)]);
    assert.notEqual(files.length, 0);
    const problems = files.flatMap((file) =>
      includes(file).flatMap((include) => {
        const reason = objection(part, include);
        return reason ? [`${file}:${include.line}: ${reason}`] : [];
      }),
    );
    assert.deepEqual(problems, []);
  });
}

test("every folder of src/ has its rule", () => {
  const folders = new Set(ownFiles(/\.(h|cpp)$/, ["src"]).map((file) => file.split(path.sep)[1]));
  assert.deepEqual(
    [...folders].filter((folder) => !(folder in MAY_INCLUDE)),
    [],
  );
});

test("an include against the direction is seen", () => {
  assert.equal(objection("view", { quoted: true, name: "core/mask.h" }), null);
  assert.equal(objection("core", { quoted: false, name: "vector" }), null);
  assert.notEqual(objection("core", { quoted: true, name: "view/state.h" }), null);
  assert.notEqual(objection("core", { quoted: false, name: "emscripten.h" }), null);
  assert.notEqual(objection("view", { quoted: true, name: "state.h" }), null);
  assert.notEqual(objection("ui", { quoted: true, name: "gfx/heatmap.h" }), null);
});

test("web/ calls only C functions that src/platform exports", () => {
  const exported = new Set(
    ownFiles(/\.(h|cpp)$/, ["src/platform"]).flatMap((file) =>
      [...readFileSync(path.join(ROOT, file), "utf8").matchAll(/\bsoftmask_\w+/g)].map(String),
    ),
  );
  const unknown = ownFiles(/\.js$/, ["web"]).flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), "utf8").matchAll(/\b_(softmask_\w+)/g)]
      .filter((match) => !exported.has(match[1]))
      .map((match) => `${file}: ${match[0]} is not exported by src/platform`),
  );
  assert.deepEqual(unknown, []);
});
