// The default page at 1440 x 900, light and dark, into assets/. Needs a finished tools/build.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { openViewer, startBrowser } from "../../tests/browser/harness.js";

const ASSETS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../assets");

const started = await startBrowser();
for (const colorScheme of ["light", "dark"]) {
  const { page, close } = await openViewer(started, "", { colorScheme });
  const file = path.join(ASSETS, `screenshot-${colorScheme}.png`);
  await page.screenshot({ path: /** @type {`${string}.png`} */ (file) });
  await close();
  console.log(file);
}
await started.close();
