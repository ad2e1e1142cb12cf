// Makes fewer and smaller files of modules and what they import, with esbuild (Debian's package).

import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const TO_MODULES = [
  ...["--bundle", "--format=esm", "--target=es2022", "--charset=utf8", "--log-level=warning"],
  "--external:node:*", // what only Node comes to import
];

/** @param {string} folder @param {string[]} args */
function esbuild(folder, args) {
  execFileSync("esbuild", args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
}

const isModuleOrFolder = (file) => statSync(file).isDirectory() || file.endsWith(".js");

/** @param {string} work the folder with the modules @param {string} replacements */
function replaceModules(work, replacements) {
  const folder = path.basename(replacements);
  cpSync(replacements, path.join(work, folder), { recursive: true });
  for (const name of readdirSync(replacements)) {
    const replaced = path.join(work, name);
    if (!existsSync(replaced)) throw new Error(`${folder}/${name} replaces nothing`);
    writeFileSync(replaced, `export * from "./${folder}/${name}";\n`);
  }
}

/**
 * @param {string} site the folder with a file a module
 * @param {string} entry the module's name in it
 * @param {{replacements?: string, minify?: boolean}} [options] `replacements`: a folder whose
 *   modules take the place of those of the same name; they import what stays as "../name.js"
 * @returns {string} the one module
 */
export function bundle(site, entry, { replacements, minify = false } = {}) {
  const work = mkdtempSync(path.join(tmpdir(), "softmask-bundle-"));
  try {
    cpSync(site, work, { recursive: true, filter: isModuleOrFolder });
    if (replacements) replaceModules(work, replacements);
    const out = path.join(work, "bundle.out.js");
    esbuild(work, [entry, ...TO_MODULES, `--outfile=${out}`, ...(minify ? ["--minify"] : [])]);
    return readFileSync(out, "utf8");
  } finally {
    rmSync(work, { recursive: true });
  }
}

/**
 * Writes modules with what they import into one folder. What several of them import, and what is
 * imported only later, become files of their own there.
 * @param {string} site the folder with a file a module
 * @param {string[]} entries the modules' names in it
 * @param {{output: string, separate: string[]}} options `separate`: modules that stay as they are
 */
export function bundleApart(site, entries, { output, separate }) {
  esbuild(site, [
    ...entries,
    ...TO_MODULES,
    ...separate.map((name) => `--external:./${name}`),
    ...["--minify", "--splitting", "--chunk-names=[name]-[hash]"],
    `--outdir=${path.resolve(output)}`,
  ]);
}

/** The text of a module, shorter; what it imports stays outside. @param {string} file */
export function minified(file) {
  const args = [file, "--minify", "--format=esm", "--target=es2022", "--log-level=warning"];
  return execFileSync("esbuild", args, { maxBuffer: 1 << 26 });
}
