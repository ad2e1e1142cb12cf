// The package as npm packs it, installed into an empty project.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const PACKAGE = path.join(ROOT, "build/package");

const npm = (cwd, ...args) =>
  execFileSync("npm", [...args, "--offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

/**
 * A new folder with the files of consumer/ and the package in node_modules, and nothing else.
 * @returns {{folder: string, packedBytes: number, remove: () => void}}
 */
export function installPackage() {
  const folder = mkdtempSync(path.join(tmpdir(), "softmask-consumer-"));
  const [packed] = JSON.parse(npm(PACKAGE, "pack", "--json", "--pack-destination", folder));
  cpSync(fileURLToPath(new URL("consumer", import.meta.url)), folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  npm(folder, "install", `./${archive}`);
  return {
    folder,
    packedBytes: packed.size,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
