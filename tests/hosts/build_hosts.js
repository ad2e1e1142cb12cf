// Builds the examples of web/examples by their own tools, as their authors would: the example's
// folder, build/web copied into it where docs/hosts says, then the tool's own command. The sites end
// in build/hosts/<name>.

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const OUT = path.join(ROOT, "build/hosts");
const WEB = path.join(ROOT, "build/web");
const SOURCES = path.join(OUT, "sources");

/** Debian's own programs first: another Python on the PATH has none of their modules. */
const env = { ...process.env, PATH: `/usr/bin:${process.env.PATH}` };

/** Runs a tool to its end; fails with what it said. */
async function tool(command, ...args) {
  try {
    await run(command, args, { env, cwd: SOURCES });
  } catch (error) {
    throw new Error(`${command} ${args.join(" ")}:\n${error.stdout ?? ""}${error.stderr ?? error}`);
  }
}

/** A copy of an example with build/web in it, at the place that docs/hosts names. */
async function source(example, place, name = example) {
  const folder = path.join(SOURCES, name);
  await cp(path.join(ROOT, "web/examples", example), folder, { recursive: true });
  await cp(WEB, path.join(folder, place), { recursive: true });
  return folder;
}

async function mkdocs() {
  const folder = await source("mkdocs", "docs/softmask");
  await mkdocsBuild(folder, "mkdocs");
}

const mkdocsBuild = (folder, name) =>
  tool("mkdocs", "build", "--strict", "-q", "-f", `${folder}/mkdocs.yml`, "-d", `${OUT}/${name}`);

/**
 * A new MkDocs project, as small as can be, into which somebody pastes.
 * @param {string} name of the site in build/hosts
 * @param {string} configuration goes to the end of mkdocs.yml
 * @param {string} markdown goes to the end of the only page
 */
export async function buildMkdocsProject(name, configuration, markdown) {
  const folder = path.join(SOURCES, name);
  await mkdir(path.join(folder, "docs"), { recursive: true });
  const theme = "theme:\n  name: material\n  font: false\n";
  await writeFile(path.join(folder, "mkdocs.yml"), `site_name: Mine\n${theme}${configuration}`);
  await writeFile(path.join(folder, "docs/index.md"), `# My page\n\n${markdown}`);
  await cp(WEB, path.join(folder, "docs/softmask"), { recursive: true });
  await mkdocsBuild(folder, name);
}

async function sphinx() {
  const folder = await source("sphinx", "_static/softmask");
  const build = (theme, name) =>
    tool("sphinx-build", "-q", "-W", "-D", `html_theme=${theme}`, folder, path.join(OUT, name));
  await build("furo", "furo");
  await repairDebiansFuro(path.join(OUT, "furo/_static"));
  await build("pydata_sphinx_theme", "pydata");
}

/**
 * Debian 12's package of Furo has its script as the sources have it, with an import, and loads it as
 * a plain script, which no browser takes: its theme switch is dead. And its style sheet asks for
 * normalize.css where Debian's web servers have it. Both are put right with Debian's own files.
 * @param {string} folder the site's _static
 */
async function repairDebiansFuro(folder) {
  const file = path.join(folder, "scripts/furo.js");
  const script = await readFile(file, "utf8");
  const imported = /^import Gumshoe from "\.\/(gumshoe-patched\.js)";$/m.exec(script);
  if (imported) {
    const gumshoe = await readFile(path.join(folder, "scripts", imported[1]), "utf8");
    await writeFile(file, `${gumshoe}\n${script.replace(imported[0], "")}`);
  }
  const styles = await readFile(path.join(folder, "styles/furo.css"), "utf8");
  if (!styles.includes("url(/javascript/normalize.css")) return;
  const shared = "javascript/normalize.css";
  await cp(path.join("/usr/share", shared), path.join(OUT, shared), {
    recursive: true,
    dereference: true,
  });
}

async function vitepress() {
  const folder = await source("vitepress", "public/softmask");
  const command = path.join(ROOT, "node_modules/vitepress/bin/vitepress.js");
  await tool(process.execPath, command, "build", folder, "--outDir", path.join(OUT, "vitepress"));
}

async function notebook() {
  const folder = await source("notebook", "softmask");
  const output = path.join(OUT, "notebook");
  const executed = path.join(folder, "executed.ipynb");
  const nbconvert = (...options) => tool("jupyter-nbconvert", ...options);
  await nbconvert("--to=notebook", "--execute", "--output=executed", `${folder}/masking.ipynb`);
  // Neither is used by the page, and both would come from somewhere else.
  const without = ["--HTMLExporter.require_js_url=", "--HTMLExporter.mathjax_url="];
  const html = ["--to=html", `--output-dir=${output}`, ...without, executed];
  await nbconvert("--output=masking", ...html);
  await nbconvert("--output=dark", "--theme=dark", ...html);
  await cp(WEB, path.join(output, "softmask"), { recursive: true });
}

/**
 * Begins with all of them at once: VitePress alone takes as long as the others together.
 * @returns {Promise<Record<"mkdocs" | "sphinx" | "vitepress" | "notebook", Promise<void>>>} each done
 *   when its site stands in build/hosts
 */
export async function buildHosts() {
  await rm(OUT, { recursive: true, force: true });
  await mkdir(SOURCES, { recursive: true });
  // Browsers ask for it at the root where a page names no icon of its own.
  await cp(path.join(WEB, "icon.svg"), path.join(OUT, "favicon.ico"));
  const sites = {
    mkdocs: mkdocs(),
    sphinx: sphinx(),
    notebook: notebook(),
    vitepress: vitepress(),
  };
  // Who waits for a site hears of its failure, even when nobody waits yet.
  for (const site of Object.values(sites)) site.catch(() => {});
  return sites;
}
