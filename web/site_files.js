// The files that the viewer fetches while it runs, which lie beside this module. One way to all of
// them, so that the one-file page, whose files are inside of it, need replace this module alone
// (web/single_file/site_files.js).

import { text } from "./strings.js";

/** Something that a reader can do something about. */
export class StartError extends Error {}

export function siteFiles() {
  return { open };
}

/**
 * @param {string} name of a file of the site, such as "app-simd.wasm"
 * @param {{signal?: AbortSignal}} [options] `signal` ends it
 * @returns {Promise<Response>} that is ok; a StartError says in words why there is none
 */
async function open(name, { signal } = {}) {
  const address = new URL(name, import.meta.url);
  let response;
  try {
    response = await fetch(address, { signal });
  } catch (error) {
    throw new StartError(text("notFetched", address, error));
  }
  if (!response.ok) {
    throw new StartError(text("notThere", address, response.status));
  }
  return response;
}
