// Which SIMD the engine has: it rejects a whole module that holds what it does not know.

// The smallest module with a SIMD instruction: (func (result v128) (i8x16.splat (i32.const 0))).
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0],
  ...[253, 15, 253, 98, 11],
);

export const hasSimd = () => WebAssembly.validate(SIMD_PROBE);

// (func (export "f") (result f32)), which is a * a + c with a = 1 + 2^-12 and c = -(1 + 2^-11) by relaxed
// SIMD: 2^-24 where that is rounded once, 0 where the product is rounded first.
const FUSED_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 125, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0],
  ...[10, 31, 1, 29, 0, 67, 0, 8, 128, 63, 253, 19, 67, 0, 8, 128, 63, 253, 19],
  ...[67, 0, 16, 128, 191, 253, 19, 253, 133, 2, 253, 31, 0, 11],
);

/** Whether it has relaxed SIMD too, on a processor with fused multiply-adds. */
export function hasFusedMultiplyAdd() {
  if (!WebAssembly.validate(FUSED_PROBE)) return false;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(FUSED_PROBE));
  return /** @type {any} */ (exports).f() === 2 ** -24;
}

/** The core's module that is the fastest here. */
export const fastestCore = () =>
  hasFusedMultiplyAdd() ? "core-relaxed.wasm" : hasSimd() ? "core-simd.wasm" : "core-scalar.wasm";
