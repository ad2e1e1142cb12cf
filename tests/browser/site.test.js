// The built site as a whole: it opens, asks no other host, and names its licences.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openViewer, startBrowser } from "./harness.js";

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let started;
before(async () => {
  started = await startBrowser();
});
after(() => started?.close());

for (const file of ["index.html", "embed.html"]) {
  test(`${file} starts without an error and without a request to another host`, async () => {
    const opened = await openViewer(started, "", { file });
    assert.deepEqual(opened.errors(), []);
    assert.deepEqual(opened.foreign(), []);
    await opened.close();
  });
}

test("the site carries the licences of what is linked in", async () => {
  const text = await (await fetch(`${started.url}licenses.txt`)).text();
  for (const name of ["Softmask", "Dear ImGui", "SDL2", "GLM", "Inter", "JetBrains Mono"]) {
    assert.match(text, new RegExp(`==== ${name}`));
  }
});
