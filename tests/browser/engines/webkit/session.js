// One WebDriver session of WebKit: commands over HTTP, one after the other, each in its window and
// frame; and the channel to the windows' own program (windows.py).

import { EventEmitter } from "node:events";
import { connect } from "node:net";

/**
 * @typedef {{driver: string, id: string, home: string, channel: number}} Address   `home` is the
 *   first window, which stays
 */

const METHODS = { get: "GET", post: "POST", delete: "DELETE" };

/**
 * @param {string} url
 * @param {"get" | "post" | "delete"} method
 * @param {unknown} [body]
 */
export async function command(url, method, body) {
  const response = await fetch(url, {
    method: METHODS[method],
    body: method === "post" ? JSON.stringify(body ?? {}) : undefined,
  });
  const { value } = /** @type {any} */ (await response.json());
  if (response.ok) return value;
  throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
}

/** What happens in all windows: "request" (view, url), "console" (text). */
export class Session extends EventEmitter {
  /** The window and the frames in it that commands go to at the moment. */
  #place = "";
  #queue = Promise.resolve();
  #replies = new Map();
  #lastId = 0;
  /** By how much the wheel has turned in all, which is what the driver goes by. */
  turned = { x: 0, y: 0 };

  /** @param {Address} address @param {import("node:net").Socket} socket */
  constructor(address, socket) {
    super();
    this.setMaxListeners(0);
    this.home = { handle: address.home, frames: [] };
    this.url = `${address.driver}/session/${address.id}`;
    this.socket = socket;
    let pending = "";
    socket.setEncoding("utf8");
    socket.on("data", (text) => {
      const lines = (pending + text).split("\n");
      pending = lines.pop() ?? "";
      for (const line of lines) this.#receive(JSON.parse(line));
    });
  }

  /** @param {Address} address */
  static async open(address) {
    const socket = connect(address.channel, "127.0.0.1");
    await new Promise((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    const session = new Session(address, socket);
    // No limit to scripts: the driver would keep it by a timer in the page.
    const limits = { script: null, pageLoad: 120_000, implicit: 0 };
    await session.in(session.home, "post", "/timeouts", limits);
    // The tests before these may have left the wheel anywhere.
    await session.in(session.home, "delete", "/actions");
    return session;
  }

  #receive(message) {
    if (message.event) return void this.emit(message.event, message);
    const { resolve, reject } = this.#replies.get(message.id);
    this.#replies.delete(message.id);
    if (message.error) reject(new Error(message.error));
    else resolve(message.value);
  }

  /** Asks the windows' program; see its do_… methods. */
  ask(what, given = {}, view = undefined) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#replies.set(id, { resolve, reject });
      this.socket.write(`${JSON.stringify({ id, do: what, view, with: given })}\n`);
    });
  }

  /**
   * One command, in a window and, from its top, through frames.
   * @param {{handle: string, frames: object[]}} place
   * @param {"get" | "post" | "delete"} method
   * @param {string} path
   * @param {unknown} [body]
   */
  in(place, method, path, body) {
    const turn = this.#queue.then(async () => {
      await this.#goTo(place);
      return command(this.url + path, method, body);
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async #goTo({ handle, frames }) {
    const wanted = JSON.stringify([handle, frames]);
    // A page that has been left takes its frames with it: only the top is a place to stay at.
    if (wanted === this.#place && frames.length === 0) return;
    this.#place = "";
    await command(`${this.url}/window`, "post", { handle });
    await command(`${this.url}/frame`, "post", { id: null });
    for (const id of frames) await command(`${this.url}/frame`, "post", { id });
    this.#place = wanted;
  }

  close() {
    this.socket.destroy();
  }
}
