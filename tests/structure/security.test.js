// docs/security.md says what is: the policies of the pages line by line, who may fetch, what a message
// may ask for, and that nothing is stored and no HTML written.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { ROOT, ownFiles } from "./files.js";

const read = (name) => readFileSync(path.join(ROOT, name), "utf8");
const PAGE = read("docs/security.md");

/** A page's policy, each directive with its value. */
function policyOf(file) {
  const [, policy] = /"Content-Security-Policy"\s+content="([^"]+)"/.exec(read(file)) ?? [];
  assert.ok(policy, `${file} has no policy`);
  return Object.fromEntries(
    policy.split("; ").map((directive) => {
      const [name, ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );
}

test("the policies are those of the page's table", () => {
  const table = Object.fromEntries(
    Array.from(PAGE.matchAll(/^\| `([a-z-]+)` +\| `([^`]+)` +\|/gm), ([, name, value]) => [
      name,
      value,
    ]),
  );
  assert.deepEqual(policyOf("shell.html"), table);
  const { "frame-src": _, ...noFrames } = table;
  assert.deepEqual(policyOf("web/embed.html"), noFrames);
  assert.deepEqual(policyOf("web/bench.html"), noFrames);
});

/** The modules of web/ without those that are examples, with what is forbidden in them. */
const modules = ownFiles(/\.js$/, ["web"]).filter((file) => !file.includes("/examples/"));
const users = (pattern) => modules.filter((file) => pattern.test(read(file))).sort();

test("two modules fetch, and none has another way out", () => {
  assert.ok(modules.length > 40, `${modules.length} modules`);
  assert.deepEqual(users(/\bfetch\(/), ["web/core_modules.js", "web/site_files.js"]);
  assert.deepEqual(
    users(/XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeer|new Worker|importScripts/),
    [],
  );
});

test("nothing is stored, no HTML is written, no text becomes code", () => {
  assert.deepEqual(
    users(/localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|serviceWorker/),
    [],
  );
  assert.deepEqual(users(/(inner|outer)HTML|insertAdjacentHTML|document\.write|srcdoc/), []);
  assert.deepEqual(users(/\beval\(|new Function\b/), []);
  assert.deepEqual(users(/clipboard\.read|requestFullscreen|permissions\.|geolocation/), []);
});

test("the messages that are answered are those of the page", () => {
  const [, answers] = /const ANSWERS = \{([^]*?)\n\};/.exec(read("web/messages.js")) ?? [];
  const types = Array.from(answers.matchAll(/^ {2}(\w+):/gm), ([, type]) => type);
  const [, list] = /out of a fixed list \(([^)]+)\)/.exec(PAGE) ?? [];
  assert.deepEqual(Array.from(list.matchAll(/`(\w+)`/g), ([, type]) => type).sort(), types.sort());
});

test("what the page names is there", () => {
  for (const [, name] of PAGE.matchAll(/`((?:web|src|tests|tools)\/[\w./]+)`/g)) {
    assert.ok(existsSync(path.join(ROOT, name)), name);
  }
  for (const [, file, words] of PAGE.matchAll(
    /`(tests\/browser\/[\w.]+)`[^`"]*?\(?"([a-z][^"]+)"/g,
  )) {
    assert.ok(read(file).includes(words), `${file} has no test "${words}"`);
  }
});
