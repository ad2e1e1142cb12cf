// Fetches and starts the application's WebAssembly: the SIMD module where the engine has SIMD, the
// scalar one elsewhere. Both compute the same bits.

import { hasSimd } from "./simd.js";
import { StartError, siteFiles } from "./site_files.js";
import { text } from "./strings.js";

/** Spelled out, so that a bundler sees both. */
const PROGRAMS = {
  "app-simd": () => import("./app-simd.js"),
  "app-scalar": () => import("./app-scalar.js"),
};

/**
 * The bytes of a response, with progress: received bytes and, where the server says so, the total.
 * A compressed transfer's length is not the length of what comes out, so it is not used then.
 * @param {Response} response
 * @param {(received: number, total: number) => void} onProgress
 */
function counted(response, onProgress) {
  const encoded = response.headers.get("content-encoding");
  const total = encoded ? 0 : Number(response.headers.get("content-length") ?? 0);
  if (!response.body) return response;
  let received = 0;
  const counter = new TransformStream({
    transform(chunk, controller) {
      received += chunk.byteLength;
      onProgress(received, total);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), {
    headers: { "content-type": response.headers.get("content-type") ?? "" },
  });
}

/**
 * @param {string} file
 * @param {WebAssembly.Imports} imports
 * @param {(received: number, total: number) => void} onProgress
 */
async function instantiate(file, imports, onProgress) {
  const response = await siteFiles().open(file);
  const spare = response.clone();
  try {
    return await WebAssembly.instantiateStreaming(counted(response, onProgress), imports);
  } catch (error) {
    if (error instanceof WebAssembly.LinkError) throw error;
  }
  // Streaming insists on the type application/wasm; a server that sends another one is forgiven.
  try {
    return await WebAssembly.instantiate(await spare.arrayBuffer(), imports);
  } catch (error) {
    throw new StartError(text("notTheModule", response.url || file, error));
  }
}

/**
 * @param {object} host the methods that src/platform/web_host.js calls
 * @param {HTMLCanvasElement} canvas
 * @param {(received: number, total: number) => void} onProgress
 * @returns {Promise<any>} the module with its exported functions
 */
export async function loadApplication(host, canvas, onProgress) {
  if (typeof WebAssembly !== "object") {
    throw new StartError(text("noWebAssembly"));
  }
  const name = hasSimd() ? "app-simd" : "app-scalar";
  const { default: createModule } = await PROGRAMS[name]().catch((error) => {
    throw new StartError(text("notFetched", `${name}.js`, error));
  });
  return new Promise((resolve, reject) => {
    createModule({
      host,
      canvas,
      print: () => {},
      onAbort: (/** @type {unknown} */ what) => reject(new Error(text("applicationEnded", what))),
      instantiateWasm(
        /** @type {WebAssembly.Imports} */ imports,
        /** @type {(i: WebAssembly.Instance, m: WebAssembly.Module) => void} */ done,
      ) {
        instantiate(`${name}.wasm`, imports, onProgress)
          .then(({ instance, module }) => done(instance, module))
          .catch(reject);
        return {};
      },
    }).then(resolve, reject);
  });
}
