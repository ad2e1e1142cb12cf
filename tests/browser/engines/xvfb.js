// A screen for browsers that draw WebGL only in a real window: Xvfb on a free display.

import { spawn } from "node:child_process";

// Higher and wider than the largest window of the tests, at the highest ratio.
const SCREEN = "4000x3000x24";

/** @returns {Promise<{display: string, close: () => void}>} `display` is for the environment's DISPLAY */
export async function startScreen() {
  const args = ["-displayfd", "3", "-screen", "0", SCREEN, "-nolisten", "tcp"];
  // It ends with this process, whatever ends that.
  const bound = ["--pdeathsig", "TERM", "Xvfb", ...args];
  const xvfb = spawn("setpriv", bound, { stdio: ["ignore", "ignore", "pipe", "pipe"] });
  const said = [];
  xvfb.stderr?.on("data", (chunk) => said.push(chunk));
  const number = await new Promise((resolve, reject) => {
    xvfb.once("error", reject);
    xvfb.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}: ${said.join("")}`)));
    let text = "";
    xvfb.stdio[3]?.on("data", (chunk) => {
      text += chunk;
      if (text.endsWith("\n")) resolve(text.trim());
    });
  });
  const close = () => void xvfb.kill();
  process.once("exit", close);
  return {
    display: `:${number}`,
    close() {
      process.off("exit", close);
      close();
    },
  };
}
