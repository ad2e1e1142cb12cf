// Makes the site that is served, few and small files, of the one that CMake installs, a file a module:
// node tools/lib/make_site.js <modules> <output>.
//
// What pages and other people's pages name stays under its name, with what it imports in it; what is
// imported later, or by two of them, is a file of its own with its content's hash in its name.

import {
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { bundleApart, minified } from "./bundle.js";

/** Modules that are loaded by name; those of a list may share a part. */
const ENTRIES = [["page.js"], ["softmask.js", "softmask-theme.js"], ["core.js"], ["bench.js"]];
const PAGES = ["index.html", "embed.html", "bench.html"];
/** What Emscripten writes, imported by one of two names. */
const PROGRAMS = ["app-simd.js", "app-scalar.js"];
/** Scripts that import nothing, as they stand. */
const PLAIN = ["load.js"];
/** Folders that are served as they stand. */
const AS_THEY_ARE = ["examples"];
/** The types of what others import; those of the site's own modules stay at home. */
const TYPES = ["core.d.ts", "softmask.d.ts"];

/** @param {string} name a file of the top folder */
const isServed = (name) =>
  name.endsWith(".d.ts") ? TYPES.includes(name) : !name.endsWith(".js") || PLAIN.includes(name);

/**
 * A page names its modules; of what they import the browser would know only when it has them. It is
 * named as well, so that both come at once.
 * @param {string} folder with page and modules
 * @param {string} page
 */
function nameParts(folder, page) {
  const read = (/** @type {string} */ name) => readFileSync(path.join(folder, name), "utf8");
  const html = read(page);
  const named = html.replace(
    /( *)<script type="module" src="([^"]+)">/,
    (script, indent, module) => {
      const parts = read(module).matchAll(/(?:from|import)\s*"\.\/(chunk-[^"]+)"/g);
      const links = [...new Set(Array.from(parts, ([, part]) => part))].map(
        (part) => `${indent}<link rel="modulepreload" href="${part}" />\n`,
      );
      return links.join("") + script;
    },
  );
  writeFileSync(path.join(folder, page), named);
}

/**
 * @param {string} modules the folder with a file a module
 * @param {string} output is made anew
 */
export function makeSite(modules, output) {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    if (entry.isDirectory() ? AS_THEY_ARE.includes(entry.name) : isServed(entry.name)) {
      const from = path.join(modules, entry.name);
      cpSync(from, path.join(output, entry.name), { recursive: true });
    }
  }
  for (const entries of ENTRIES) bundleApart(modules, entries, { output, separate: PROGRAMS });
  for (const page of PAGES) nameParts(output, page);
  for (const name of PROGRAMS) {
    writeFileSync(path.join(output, name), minified(path.join(modules, name)));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [modules, output] = process.argv.slice(2);
  makeSite(modules, `${output}.new`); // one that fails leaves the last good one
  rmSync(output, { recursive: true, force: true });
  renameSync(`${output}.new`, output);
}
