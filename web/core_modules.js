// The modules of the core: which one is to be used, and how it comes.

import { hasFusedMultiplyAdd, hasSimd } from "./simd.js";

/** Vite's development server moves the scripts of packages, but no other file, into this folder. */
const MOVED = /\/node_modules\/\.vite\/deps\/(?=[^/]*$)/;

async function compile(asked) {
  const url = new URL(asked.href.replace(MOVED, "/node_modules/softmask/"));
  if (url.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return WebAssembly.compile(new Uint8Array(await readFile(url)));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href} could not be loaded: HTTP ${response.status}`);
  // A server that does not know the type of .wasm is no reason to fail.
  const type = response.headers.get("Content-Type") ?? "";
  if (type.startsWith("text/html")) {
    throw new Error(`${url.href} could not be loaded: the server answered with a page instead`);
  }
  const streams = type.startsWith("application/wasm") && "compileStreaming" in WebAssembly;
  return streams
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

// Spelled out, so that a bundler sees the files.
const RELAXED_MODULE = new URL("./core-relaxed.wasm", import.meta.url);
const SIMD_MODULE = new URL("./core-simd.wasm", import.meta.url);
const SCALAR_MODULE = new URL("./core-scalar.wasm", import.meta.url);

/**
 * Modules by address, compiled once for all the cores of a page. A failure is not kept.
 * @type {Map<URL, Promise<WebAssembly.Module>>}
 */
const compiled = new Map();

function compiledModule(url) {
  if (!compiled.has(url)) {
    const module = compile(url);
    module.catch(() => compiled.delete(url));
    compiled.set(url, module);
  }
  return compiled.get(url);
}

/** What a module may ask for; releases of Emscripten differ in which of it they do. */
const IMPORTS = {
  env: { emscripten_notify_memory_growth() {} },
  wasi_snapshot_preview1: {
    proc_exit(code) {
      throw new Error(`the core stopped with code ${code}`);
    },
  },
};

/**
 * Starts the module that is asked for, or else the fastest.
 * @param {{simd?: boolean, relaxedSimd?: boolean}} wanted
 */
export async function loadCore(wanted) {
  const available = hasSimd();
  if (wanted.simd === true && !available) {
    throw new Error("simd: true was asked for, but this engine has no WebAssembly SIMD");
  }
  const simd = wanted.simd ?? available;
  const fuses = simd && hasFusedMultiplyAdd();
  if (wanted.relaxedSimd === true && !fuses) {
    throw new Error(
      simd
        ? "relaxedSimd: true was asked for, but there is no fused multiply-add of relaxed SIMD here"
        : "relaxedSimd: true needs SIMD, which is not used",
    );
  }
  const relaxedSimd = wanted.relaxedSimd ?? fuses;
  const module = await compiledModule(
    relaxedSimd ? RELAXED_MODULE : simd ? SIMD_MODULE : SCALAR_MODULE,
  );
  const { exports } = await WebAssembly.instantiate(module, IMPORTS);
  /** @type {any} */ (exports)._initialize?.();
  return { exports, simd, relaxedSimd };
}
