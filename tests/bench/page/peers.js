// The same masked softmax by the peers, on one thread, each in the way that it is fastest.

import { maskedSoftmaxModel } from "./onnx_model.js";

const MODULES = "/node_modules";

/** @typedef {import("../../../web/bench/softmax_work.js").Case} Case */
/** @typedef {import("../../../web/bench/timing.js").Contender} Contender */

/** A classic script, which defines a global. @param {string} url */
function loadScript(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(undefined);
    script.onerror = () => reject(new Error(`${url} did not load`));
    document.head.append(script);
  });
}

export async function loadTensorFlow() {
  await loadScript(`${MODULES}/@tensorflow/tfjs-core/dist/tf-core.min.js`);
  await loadScript(`${MODULES}/@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.min.js`);
  await loadScript(`${MODULES}/@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js`);
  const { tf } = /** @type {any} */ (window);
  tf.wasm.setWasmPaths(`${MODULES}/@tensorflow/tfjs-backend-wasm/dist/`);
  tf.wasm.setThreadsCount(1);
  await tf.setBackend("wasm");
  await tf.ready();
  if (tf.getBackend() !== "wasm" || !(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) {
    throw new Error("tfjs does not run its SIMD module");
  }
  return tf;
}

/**
 * Tensors stay in the backend's WebAssembly memory. The mask and the fill have the shape of the
 * scores from the start: broadcasting them inside of the timing would cost tfjs more.
 * @param {any} tf
 * @param {Case} input
 * @returns {Contender}
 */
export function tensorFlowWork(tf, { scores, mask, rows, cols, fill }) {
  const shape = [rows, cols];
  const x = tf.tensor2d(scores, shape);
  const row = tf.tensor2d(mask, [1, cols], "bool");
  const masked = tf.tidy(() => tf.tile(row, [rows, 1]));
  const fills = tf.fill(shape, fill);
  const softmax = () => tf.tidy(() => tf.softmax(tf.where(masked, fills, x), -1));
  return {
    name: "tfjs",
    work: () => softmax().dispose(),
    result() {
      const y = softmax();
      const values = y.dataSync().slice();
      y.dispose();
      return values;
    },
    free: () => tf.dispose([x, row, masked, fills]),
  };
}

export async function loadOnnxRuntime() {
  const ort = await import(`${MODULES}/onnxruntime-web/dist/ort.wasm.min.mjs`);
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmPaths = `${new URL(MODULES, location.href)}/onnxruntime-web/dist/`;
  return ort;
}

/**
 * The runtime copies the scores into its memory and the probabilities out of it in every run; its
 * interface has no other way for WebAssembly.
 * @param {any} ort
 * @param {Case} input
 * @returns {Promise<Contender>}
 */
export async function onnxRuntimeWork(ort, { scores, mask, rows, cols, fill }) {
  const model = maskedSoftmaxModel(rows, cols, fill);
  const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  const feeds = {
    scores: new ort.Tensor("float32", scores, [rows, cols]),
    mask: new ort.Tensor("bool", mask, [1, cols]),
  };
  return {
    name: "onnxruntime",
    work: () => session.run(feeds),
    result: async () => (await session.run(feeds)).probabilities.data.slice(),
    free: () => void session.release(),
  };
}
