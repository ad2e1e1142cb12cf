// WebKit by WebKitWebDriver, in windows of their own program (webkit/windows.py) under Xvfb.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { WebKitPage } from "./webkit/page.js";
import { Session, command } from "./webkit/session.js";
import { startScreen } from "./xvfb.js";

const WINDOWS = fileURLToPath(new URL("webkit/windows.py", import.meta.url));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(() => resolve(undefined)));
  return port;
}

/** Starts the driver and waits until it answers. */
async function startDriver(display, ratio) {
  const port = await freePort();
  // It ends with this process, whatever ends that, and its windows with it.
  const bound = ["--pdeathsig", "TERM", "WebKitWebDriver", `--port=${port}`];
  const driver = spawn("setpriv", bound, {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      DISPLAY: display,
      LIBGL_ALWAYS_SOFTWARE: "1",
      // No sandbox as root, and the only pages are our own.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      NO_AT_BRIDGE: "1", // no accessibility bus to look for
      GDK_SCALE: String(ratio),
    },
  });
  let problem = "";
  driver.once("error", () => (problem = "no WebKitWebDriver: install webkit2gtk-driver"));
  driver.once("exit", (code) => (problem ||= `WebKitWebDriver ended with ${code}`));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (problem) throw new Error(problem);
    const answers = await command(`${url}/status`, "get").catch(() => null);
    if (answers) return { driver, url };
    await new Promise((again) => setTimeout(again, 20));
  }
}

/**
 * @param {number} [ratio] physical pixels to a CSS pixel, a whole number
 * @returns {Promise<import("./engine.js").Launched>}
 */
export async function launch(ratio = 1) {
  const screen = await startScreen();
  const { driver, url } = await startDriver(screen.display, ratio);
  const folder = await mkdtemp(path.join(tmpdir(), "softmask-webkit-"));
  const portFile = path.join(folder, "port");
  const { sessionId } = await command(`${url}/session`, "post", {
    capabilities: {
      alwaysMatch: {
        "webkitgtk:browserOptions": {
          binary: WINDOWS,
          args: ["--automation", `--port-file=${portFile}`],
        },
      },
    },
  });
  const home = await command(`${url}/session/${sessionId}/window`, "get");
  const channel = Number(await readFile(portFile, "utf8"));
  await rm(folder, { recursive: true });
  const end = () => void driver.kill();
  process.once("exit", end);
  return {
    address: JSON.stringify({ driver: url, id: sessionId, home, channel }),
    async close() {
      await command(`${url}/session/${sessionId}`, "delete").catch(() => {});
      process.off("exit", end);
      end();
      screen.close();
    },
  };
}

/** What newPage() takes for a browser: sessions by ratio, of which the first may be shared. */
class Browsers {
  #ends = /** @type {(() => Promise<void>)[]} */ ([]);
  #sessions = new Map();

  async add(ratio, address, end = async () => {}) {
    const session = await Session.open(JSON.parse(address));
    this.#sessions.set(ratio, session);
    this.#ends.push(async () => {
      session.close();
      await end();
    });
    return session;
  }

  /** The ratio is WebKit's from its start on: another one is another WebKit. */
  async at(ratio) {
    const running = this.#sessions.get(ratio);
    if (running) return running;
    const { address, close } = await launch(ratio);
    return this.add(ratio, address, close);
  }

  async disconnect() {
    for (const end of this.#ends) await end();
  }
}

/** @param {string} address */
export async function connect(address) {
  const browsers = new Browsers();
  await browsers.add(1, address);
  return { browser: /** @type {any} */ (browsers), disconnect: () => browsers.disconnect() };
}

/** WebKit lets pages read it only right after a person's gesture. @param {any} page */
export const clipboardText = (page) => page.session.ask("clipboard");

/**
 * @param {any} browsers of connect()
 * @param {import("./engine.js").PageOptions} options
 * @returns {Promise<any>}
 */
export async function newPage(browsers, { viewport, mediaFeatures, languages }) {
  const session = await browsers.at(viewport.deviceScaleFactor ?? 1);
  // Always some: WebKit takes an empty list for the one that it had before.
  await session.ask("languages", { languages: languages?.split(",") ?? ["en-US"] });
  const created = new Promise((resolve) => session.once("created", resolve));
  const { handle } = await session.in(session.home, "post", "/window/new", { type: "window" });
  const page = new WebKitPage(session, handle, (await created).view);
  await page.setViewport(viewport);
  await page.emulateMediaFeatures(mediaFeatures);
  return page;
}
