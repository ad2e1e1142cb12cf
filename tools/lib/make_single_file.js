// Makes one self-contained page of the built site, which opens from file://.
// As a program: node tools/lib/make_single_file.js <modules> <output>; as a module: makeSingleFile().
//
// Scripts and styles become inline, allowed by their hashes in the page's own policy, which forbids
// everything else, every request among it. What the page would fetch while it runs becomes a block
// at the page's end (web/single_file/site_files.js reads it). The blocks come last, so that of a
// file that was cut off the script is there to say so.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { bundle } from "./bundle.js";

const REPLACEMENTS = fileURLToPath(new URL("../../web/single_file", import.meta.url));

/** What the page opens by siteFiles(), with its type. */
const PACKED = [
  { pattern: /^(app-(simd|scalar)|import)\.wasm$/, type: "application/wasm" },
  { pattern: /^chinese-(regular|bold)\.otf$/, type: "font/otf" },
];
/** Without these there is no application. */
const NEEDED = ["app-simd.wasm", "app-scalar.wasm"];
/** What a single page is not made of. */
const LEFT_OUT = [
  /\.js$/, // bundled where the page imports it
  /\.css$/, // inlined where the page names it
  /\.d\.ts$/,
  /^(index|embed|bench)\.html$/,
  /^core-(relaxed|simd|scalar)\.wasm$/, // of core.js alone
  /^licenses\.txt$/, // goes in as a whole
  /^examples\//,
];

/** All files below a folder, relative to it, with slashes. */
function filesBelow(folder, under = "") {
  return readdirSync(path.join(folder, under))
    .sort()
    .flatMap((entry) => {
      const name = under ? `${under}/${entry}` : entry;
      return statSync(path.join(folder, name)).isDirectory() ? filesBelow(folder, name) : [name];
    });
}

const sha256 = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** A text that stands in an element must not end it, and be the same for who takes its hash. */
function checkedInline(text, element, what) {
  const wrong = new RegExp(`</${element}|<!--|\\r`, "i").exec(text);
  if (wrong) {
    throw new Error(`${what} holds ${JSON.stringify(wrong[0])} and cannot stand in the page`);
  }
  return text;
}

/** The page's policy, with nothing allowed that is not in the file. */
function closedPolicy(policy, scripts, styles) {
  const own = { "script-src": scripts, "style-src": styles };
  return policy
    .split(";")
    .map((directive) => {
      const [name, ...sources] = directive.trim().split(/\s+/);
      const kept = sources.filter((source) => source !== "'self'").concat(own[name] ?? []);
      return [name, ...(kept.length > 0 ? kept : ["'none'"])].join(" ");
    })
    .join("; ");
}

/**
 * @param {string} site the folder with a file a module
 * @param {string} [page] index.html or embed.html
 * @returns {string} the one page
 */
export function makeSingleFile(site, page = "index.html") {
  const read = (name) => readFileSync(path.join(site, name), "utf8");
  const inlined = new Set();
  const styles = [];
  let html = read(page)
    .replace(/\s*<link rel="(?:modulepreload|preload)"[^>]*>/g, "")
    .replace(/(<link rel="icon" href=")([^"]+)"/g, (_, start, name) => {
      inlined.add(name);
      const data = readFileSync(path.join(site, name)).toString("base64");
      return `${start}data:image/svg+xml;base64,${data}"`;
    })
    .replace(/<link rel="stylesheet" href="([^"]+)"[^>]*>/g, (_, name) => {
      const css = checkedInline(read(name), "style", name);
      if (/@import|url\((?!["']?(data:|#))/.test(css)) throw new Error(`${name} asks for a file`);
      styles.push(css);
      return `<style>${css}</style>`;
    });

  const scripts = [];
  html = html.replace(/<script type="module" src="([^"]+)"><\/script>/g, (_, name) => {
    const code = bundle(site, name, { replacements: REPLACEMENTS, minify: true });
    scripts.push(checkedInline(code, "script", name));
    return `<script type="module">${code}</script>`;
  });
  const outside = / (?:src|href)="(?!data:)([^"]*)"/.exec(
    html.replace(/<script[^]*?<\/script>/g, ""),
  );
  if (outside) throw new Error(`${page} needs ${outside[1]}, which is not in the file`);

  html = html.replace(
    /(http-equiv="Content-Security-Policy"\s+content=")([^"]+)"/,
    (_, start, policy) =>
      `${start}${closedPolicy(policy, scripts.map(sha256), styles.map(sha256))}"`,
  );
  if (!html.includes(sha256(scripts[0] ?? "")))
    throw new Error(`${page} has no policy or no script`);

  const blocks = [];
  const missing = new Set(NEEDED);
  for (const name of filesBelow(site)) {
    const packed = PACKED.find(({ pattern }) => pattern.test(name));
    if (packed) {
      const data = gzipSync(readFileSync(path.join(site, name)), { level: 9 }).toString("base64");
      const attributes = `type="text/plain" data-file="${name}" data-type="${packed.type}"`;
      blocks.push(`<script ${attributes}>${data}</script>`);
      missing.delete(name);
    } else if (!inlined.has(name) && !LEFT_OUT.some((pattern) => pattern.test(name))) {
      throw new Error(
        `${name}: does the page fetch it? Put it on PACKED, or on LEFT_OUT, of make_single_file.js`,
      );
    }
  }
  if (missing.size > 0) throw new Error(`${site} has no ${[...missing].join(", ")}`);
  const licenses = checkedInline(read("licenses.txt"), "script", "licenses.txt");
  blocks.push(`<script type="text/plain" id="licenses">\n${licenses}</script>`);
  const end = html.lastIndexOf("</body>");
  return `${html.slice(0, end)}${blocks.join("\n")}\n${html.slice(end)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [site, output] = process.argv.slice(2);
  writeFileSync(`${output}.new`, makeSingleFile(site));
  renameSync(`${output}.new`, output); // a page that failed leaves the last good one
}
