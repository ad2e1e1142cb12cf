// A proxy that hands every request of WebKit's pages over to a listener, as puppeteer's request
// interception does: request.continue(), respond() and abort() decide.

import http from "node:http";

/**
 * @param {(request: {url: () => string, continue: () => void, abort: () => void,
 *   respond: (answer: {status?: number, contentType?: string, body?: string | Buffer,
 *     headers?: Record<string, string>}) => void}) => void} decide
 * @returns {Promise<{address: string, close: () => Promise<void>}>}
 */
export async function startProxy(decide) {
  const server = http.createServer((asked, answer) => {
    const url = asked.url ?? "";
    const forward = () => {
      const { hostname, port, pathname, search } = new URL(url);
      const { method, headers } = asked;
      const options = { hostname, port, path: pathname + search, method, headers };
      const onward = http.request(options, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      onward.on("error", () => answer.destroy());
      asked.pipe(onward);
    };
    decide({
      url: () => url,
      continue: forward,
      // No answer in HTTP: one that is missing would be asked for a second time.
      abort: () => void answer.socket?.end("nothing\r\n"),
      respond({ status = 200, contentType = "text/plain", body = "", headers = {} }) {
        answer.writeHead(status, { "Content-Type": contentType, ...headers });
        answer.end(body);
      },
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
