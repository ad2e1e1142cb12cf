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
async function startDriver(display) {
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      DISPLAY: display,
      LIBGL_ALWAYS_SOFTWARE: "1",
      // No sandbox as root, and the only pages are our own.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      NO_AT_BRIDGE: "1", // no accessibility bus to look for
      GTK_THEME: "",
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
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @returns {Promise<import("./engine.js").Launched>} */
export async function launch() {
  const screen = await startScreen();
  const { driver, url } = await startDriver(screen.display);
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
  const channel = Number(await readFile(portFile, "utf8"));
  await rm(folder, { recursive: true });
  const end = () => void driver.kill();
  process.once("exit", end);
  return {
    address: JSON.stringify({ driver: url, id: sessionId, channel }),
    async close() {
      await command(`${url}/session/${sessionId}`, "delete").catch(() => {});
      process.off("exit", end);
      end();
      screen.close();
    },
  };
}

/** @param {string} address */
export async function connect(address) {
  const session = await Session.open(JSON.parse(address));
  const browser = /** @type {any} */ ({ session });
  return { browser, disconnect: async () => session.close() };
}

/**
 * @param {any} browser of connect()
 * @param {import("./engine.js").PageOptions} options
 * @returns {Promise<any>}
 */
export async function newPage({ session }, { viewport, mediaFeatures, languages }) {
  await session.ask("languages", { languages: languages?.split(",") ?? [] });
  const created = new Promise((resolve) => session.once("created", resolve));
  const { handle } = await session.in(null, "post", "/window/new", { type: "window" });
  const page = new WebKitPage(session, handle, (await created).view);
  await page.setViewport(viewport);
  await page.emulateMediaFeatures(mediaFeatures);
  return page;
}
