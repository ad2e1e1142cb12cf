// A static file server for one folder, on this machine alone.
// As a program: node tools/lib/serve.js <folder> <port>; as a module: serveFolder().

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".htm": "text/html; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".otf": "font/otf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * The file that a request path means, or null where it means none. Dot files are not served, and
 * nothing outside of the folder can be named.
 * @param {string} folder absolute
 * @param {string} url the request's path and query
 */
async function findFile(folder, url) {
  let name;
  try {
    name = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  const parts = name.split("/");
  if (name.includes("\0") || name.includes("\\") || parts.some((part) => part.startsWith(".")))
    return null;
  let file = path.join(folder, ...parts);
  try {
    let info = await stat(file);
    if (info.isDirectory() && name.endsWith("/")) {
      file = path.join(file, "index.html");
      info = await stat(file);
    }
    return info.isFile() ? { file, size: info.size } : null;
  } catch {
    return null;
  }
}

/**
 * Serves a folder on 127.0.0.1. GET and HEAD only; nothing is cached, so that a reload shows the
 * newest build.
 * @param {string} folder
 * @param {number} port 0: any free one
 * @returns {Promise<{url: string, close: () => Promise<void>}>} rejects where the port is in use
 */
export async function serveFolder(folder, port) {
  const server = createServer(async (request, response) => {
    const headers = {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      // As static hosts send it: a sandboxed frame, and a page elsewhere, load modules from here.
      "Access-Control-Allow-Origin": "*",
    };
    const end = (status, text, more = {}) => {
      response.writeHead(status, { ...headers, "Content-Type": TYPES[".txt"], ...more });
      response.end(request.method === "HEAD" ? undefined : text);
    };
    if (request.method !== "GET" && request.method !== "HEAD")
      return end(405, "only GET and HEAD\n", { Allow: "GET, HEAD" });
    const found = await findFile(path.resolve(folder), request.url ?? "/");
    if (!found) return end(404, "not found\n");
    response.writeHead(200, {
      ...headers,
      "Content-Type": TYPES[path.extname(found.file)] ?? "application/octet-stream",
      "Content-Length": found.size,
    });
    if (request.method === "HEAD") return response.end();
    createReadStream(found.file)
      .on("error", () => response.destroy())
      .pipe(response);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function main() {
  const [folder, port] = process.argv.slice(2);
  try {
    const { url } = await serveFolder(folder, Number(port));
    console.log(`serving ${url} until Ctrl-C`);
  } catch (error) {
    const busy = error.code === "EADDRINUSE";
    const reason = busy ? `port ${port} is in use: choose another with --port` : error.message;
    console.error(`tools/serve: ${reason}`);
    process.exit(1);
  }
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
