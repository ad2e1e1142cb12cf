// Makes the folder of the npm package: node tools/lib/make_package.js <modules> <site> <output>.
//
// <modules> has a file a module: core.js and softmask.js are bundled of it, the latter with the
// module that names the pages replaced by the package's own (web/package). site/ is the whole <site>,
// for who serves it as it is.

import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { bundle } from "./bundle.js";
import { makeSingleFile } from "./make_single_file.js";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const OURS = path.join(ROOT, "web/package");

/** Copied as they are. */
const FROM_MODULES = [
  ...["core.d.ts", "core-relaxed.wasm", "core-simd.wasm", "core-scalar.wasm"],
  ...["softmask.d.ts", "licenses.txt"],
];
/** docs/npm.md is what npm shows; the others are what it refers to. */
const DOCUMENTS = ["embedding.md", "hosts", "lessons.md", "npm.md", "numerics.md", "state.md"];

/** The package's description of itself; name, version and licence are the project's. */
function manifest() {
  const project = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  const { name, version, description, license, engines } = project;
  return {
    name,
    version,
    description,
    license,
    keywords: ["softmax", "masked_fill", "attention", "pytorch", "visualization", "webassembly"],
    type: "module",
    engines,
    main: "./softmask.js",
    types: "./softmask.d.ts",
    exports: {
      ".": { types: "./softmask.d.ts", node: "./server.js", default: "./softmask.js" },
      "./core": { types: "./core.d.ts", default: "./core.js" },
      "./core-relaxed.wasm": "./core-relaxed.wasm",
      "./core-simd.wasm": "./core-simd.wasm",
      "./core-scalar.wasm": "./core-scalar.wasm",
      "./frame.htm": "./frame.htm",
      "./embed.html": "./site/embed.html",
      "./site/*": "./site/*",
      "./package.json": "./package.json",
    },
    files: ["*.js", "*.d.ts", "*.wasm", "*.htm", "*.md", "hosts/*.md", "licenses.txt", "site"],
    // softmask.js defines the element.
    sideEffects: ["./softmask.js", "./site/**/*.js"],
  };
}

/**
 * @param {string} modules the folder with a file a module
 * @param {string} site the folder of the site as it is served
 * @param {string} output is made anew
 */
export function makePackage(modules, site, output) {
  const put = (name, text) => writeFileSync(path.join(output, name), text);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  put("package.json", `${JSON.stringify(manifest(), null, 2)}\n`);
  put("core.js", bundle(modules, "core.js"));
  put("softmask.js", bundle(modules, "softmask.js", { replacements: path.join(OURS, "modules") }));
  put("frame.htm", makeSingleFile(modules, "embed.html"));
  cpSync(path.join(OURS, "server.js"), path.join(output, "server.js"));
  for (const name of FROM_MODULES) cpSync(path.join(modules, name), path.join(output, name));
  cpSync(path.join(ROOT, "LICENSE"), path.join(output, "LICENSE"));
  cpSync(path.join(ROOT, "docs/npm.md"), path.join(output, "README.md"));
  for (const name of DOCUMENTS) {
    cpSync(path.join(ROOT, "docs", name), path.join(output, name), { recursive: true });
  }
  const examples = path.join(site, "examples");
  cpSync(site, path.join(output, "site"), {
    recursive: true,
    filter: (file) => file !== examples,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [modules, site, output] = process.argv.slice(2);
  makePackage(modules, site, `${output}.new`); // one that fails leaves the last good one
  rmSync(output, { recursive: true, force: true });
  renameSync(`${output}.new`, output);
}
