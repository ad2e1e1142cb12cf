// docs/hosts, as the tests need it: what each page tells an author to paste, so that this and nothing
// else is what is built and opened.

import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import { ROOT } from "./build_hosts.js";

const DOCUMENTS = path.join(ROOT, "docs/hosts");
const EXAMPLES = path.join(ROOT, "web/examples");

/** What is pasted; other blocks are commands, or things to leave out. */
const PASTED = ["yaml", "html", "rst", "python", "js", "markdown"];

/** The pages that have an example: all but those that say that they are not tested. */
export function documents() {
  const all = readdirSync(DOCUMENTS).filter((name) => name.endsWith(".md"));
  return all.filter(
    (name) => !readFileSync(path.join(DOCUMENTS, name), "utf8").includes("not tested"),
  );
}

/**
 * The blocks to paste of a page, in turn.
 * @param {string} name
 * @returns {{language: string, text: string}[]}
 */
export function blocks(name) {
  const text = readFileSync(path.join(DOCUMENTS, name), "utf8");
  const found = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return found
    .map(([, language, body]) => ({ language, text: body }))
    .filter(({ language }) => PASTED.includes(language));
}

/**
 * All lines of the example that belongs to a page, without the space around them. The plain example
 * is served from inside of Softmask's own folder.
 */
export function exampleText(name) {
  const folder = path.join(EXAMPLES, path.basename(name, ".md"));
  const files = (at) =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
      const file = path.join(at, entry.name);
      return entry.isDirectory() ? files(file) : [file];
    });
  const lines = files(folder).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const cells = file.endsWith(".ipynb")
      ? JSON.parse(text).cells.map(({ source }) => source.join(""))
      : [text];
    return cells.flatMap((cell) => cell.split("\n"));
  });
  const outside = (line) => (name === "plain.md" ? line.replace('"../../', '"softmask/') : line);
  return new Set(["", ...lines.map((line) => outside(line.trim()))]);
}
