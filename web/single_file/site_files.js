// Takes the place of web/site_files.js in the page that is one file: there the site's files are
// blocks of the page, gzip in base64, as tools/lib/make_single_file.js wrote them. gzip because it
// carries a checksum: a block that was cut off or changed is seen, whatever it holds.

import { text } from "../strings.js";

export class StartError extends Error {}

export function siteFiles() {
  return { open };
}

/** @param {string} base64 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * @param {string} name
 * @returns {Promise<Response>}
 */
async function open(name) {
  const block = document.querySelector(`script[data-file="${name}"]`);
  if (!block) throw new StartError(text("notPacked", name));
  if (typeof DecompressionStream !== "function") throw new StartError(text("cannotUnpack"));
  try {
    const packed = new Blob([bytesOf(block.textContent ?? "")]).stream();
    // Whole before it is used: the checksum stands at the end.
    const bytes = await new Response(
      packed.pipeThrough(new DecompressionStream("gzip")),
    ).arrayBuffer();
    return new Response(bytes, {
      headers: {
        "content-type": block.getAttribute("data-type") ?? "",
        "content-length": String(bytes.byteLength),
      },
    });
  } catch (error) {
    throw new StartError(text("packedDamaged", name, error));
  }
}
