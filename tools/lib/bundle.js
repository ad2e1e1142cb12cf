// Makes one module of a module of the site and all that it imports, with esbuild (Debian's package).

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

const isModuleOrFolder = (file) => statSync(file).isDirectory() || file.endsWith(".js");

/**
 * @param {string} site the folder with the built site
 * @param {string} entry the module's name in it
 * @param {{replacements: string, minify?: boolean}} options `replacements`: a folder whose modules
 *   take the place of those of the same name; they import what stays as "../name.js"
 * @returns {string} the one module
 */
export function bundle(site, entry, { replacements, minify = false }) {
  const work = mkdtempSync(path.join(tmpdir(), "softmask-bundle-"));
  try {
    cpSync(site, work, { recursive: true, filter: isModuleOrFolder });
    const folder = path.basename(replacements);
    cpSync(replacements, path.join(work, folder), { recursive: true });
    for (const name of readdirSync(replacements)) {
      const replaced = path.join(work, name);
      if (!existsSync(replaced)) throw new Error(`${folder}/${name} replaces nothing`);
      writeFileSync(replaced, `export * from "./${folder}/${name}";\n`);
    }
    const out = path.join(work, "bundle.out.js");
    execFileSync(
      "esbuild",
      [
        entry,
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--charset=utf8",
        "--log-level=warning",
        `--outfile=${out}`,
        ...(minify ? ["--minify"] : []),
      ],
      { cwd: work, stdio: ["ignore", "inherit", "inherit"] },
    );
    return readFileSync(out, "utf8");
  } finally {
    rmSync(work, { recursive: true });
  }
}
