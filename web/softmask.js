// What another page imports: <softmask-view> and mount(). Both put embed.html into an iframe, one an
// instance, and talk to it by messages; nothing of the application itself is loaded here.

import "./softmask-theme.js";
import { FrameViewer, frameAddress } from "./frame_viewer.js";
import { STATE_KEYS } from "./state_defaults.js";
import { defineElement } from "./view_element.js";

/**
 * Puts a viewer into an element, which keeps what else it holds. Resolves when the viewer is ready;
 * its methods are those of window.softmask in embed.html, and return promises.
 * @param {Element} element
 * @param {Record<string, unknown>} [options] keys of the state (seed, mask, fill …), or `state`, an
 *   object of them; `site`: the folder of the site's files, where they are not beside this module;
 *   `title`: what the frame is called for a screen reader; `signal`: an AbortSignal
 *   that takes the viewer away
 * @returns {Promise<FrameViewer>} rejects with what the viewer says where it cannot start
 */
export async function mount(element, options = {}) {
  if (!(element instanceof Element)) throw new TypeError("element must be an element of the page");
  const { title, signal, site, state, ...rest } = options;
  if (state !== undefined && (typeof state !== "object" || state === null)) {
    throw new TypeError("state must be an object");
  }
  for (const key of Object.keys(rest)) {
    if (!STATE_KEYS.includes(key)) {
      const allowed = ["state", "site", "title", "signal", ...STATE_KEYS].join(", ");
      throw new TypeError(`options: "${key}" is not allowed; allowed: ${allowed}`);
    }
  }
  const viewer = new FrameViewer(frameAddress({ ...rest, .../** @type {any} */ (state), site }), {
    title: title === undefined ? undefined : String(title),
  });
  if (signal instanceof AbortSignal) {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => viewer.destroy(), { once: true });
  }
  element.append(viewer.frame);
  try {
    await viewer.ready;
  } catch (error) {
    viewer.destroy();
    throw error;
  }
  return viewer;
}

defineElement();
