// The static server of tools/serve.

import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { serveFolder } from "../../tools/lib/serve.js";

const parent = mkdtempSync(path.join(os.tmpdir(), "softmask-serve-"));
const folder = path.join(parent, "web");
/** @type {Awaited<ReturnType<typeof serveFolder>>} */
let site;

before(async () => {
  mkdirSync(path.join(folder, "sub"), { recursive: true });
  writeFileSync(path.join(parent, "secret.txt"), "secret");
  writeFileSync(path.join(folder, "index.html"), "<p>home");
  writeFileSync(path.join(folder, "sub", "index.html"), "<p>sub");
  writeFileSync(path.join(folder, "a.wasm"), "\0asm");
  writeFileSync(path.join(folder, ".hidden"), "hidden");
  site = await serveFolder(folder, 0);
});
after(async () => {
  await site.close();
  rmSync(parent, { recursive: true });
});

/** A request whose path is sent as it stands: fetch() would resolve dots before sending. */
function ask(method, rawPath) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site.url);
    const sent = request({ hostname, port, method, path: rawPath }, (response) => {
      let body = "";
      response.on("data", (chunk) => (body += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body }),
      );
    });
    sent.on("error", reject).end();
  });
}

test("serves files and index pages, uncached, each with its type", async () => {
  const home = await ask("GET", "/");
  assert.equal(home.status, 200);
  assert.equal(home.body, "<p>home");
  assert.equal(home.headers["content-type"], "text/html; charset=utf-8");
  assert.equal(home.headers["cache-control"], "no-store");
  assert.equal((await ask("GET", "/sub/?x=1")).body, "<p>sub");
  assert.equal((await ask("GET", "/a.wasm")).headers["content-type"], "application/wasm");
});

test("answers HEAD without a body and refuses other methods", async () => {
  const head = await ask("HEAD", "/index.html");
  assert.equal(head.status, 200);
  assert.equal(head.headers["content-length"], "7");
  assert.equal(head.body, "");
  assert.equal((await ask("POST", "/")).status, 405);
});

test("names nothing outside of the folder", async () => {
  const paths = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/sub/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/.hidden",
    "/%00",
    "/%",
    "/missing.html",
  ];
  for (const rawPath of paths) {
    const { status, body } = await ask("GET", rawPath);
    assert.equal(status, 404, rawPath);
    assert.doesNotMatch(body, /secret/);
  }
});

test("a port in use is an error, not a crash", async () => {
  const port = Number(new URL(site.url).port);
  await assert.rejects(serveFolder(folder, port), { code: "EADDRINUSE" });
});
