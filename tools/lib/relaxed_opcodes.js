// Gives the fused multiply-adds of a module the numbers that they have in the standard of relaxed SIMD:
//   node tools/lib/relaxed_opcodes.js <module.wasm> <wasm-dis>
// clang 14 and Binaryen 108 write those that they had while it was a proposal, of the same length.
// wasm-dis says how many there are, so that no three bytes that only look like one are changed.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

/** f32x4.relaxed_madd and f32x4.relaxed_nmadd. */
const OPCODES = [
  { name: "f32x4.relaxed_fma", old: [0xfd, 0xaf, 0x01], now: [0xfd, 0x85, 0x02] },
  { name: "f32x4.relaxed_fms", old: [0xfd, 0xb0, 0x01], now: [0xfd, 0x86, 0x02] },
];

const [file, disassembler] = process.argv.slice(2);
const bytes = readFileSync(file);
const text = execFileSync(disassembler, ["--all-features", file, "-o", "-"], {
  encoding: "utf8",
  maxBuffer: 2 ** 28,
});

const others = new Set(text.match(/\w+\.relaxed_\w+/g));
for (const { name, old, now } of OPCODES) {
  others.delete(name);
  const wanted = text.split(`(${name}`).length - 1;
  const places = [];
  for (
    let at = bytes.indexOf(Buffer.from(old));
    at >= 0;
    at = bytes.indexOf(Buffer.from(old), at + 3)
  ) {
    places.push(at);
  }
  if (places.length !== wanted) {
    throw new Error(`${file}: ${places.length} places look like the ${wanted} of ${name}`);
  }
  for (const at of places) bytes.set(now, at);
}
if (others.size > 0) throw new Error(`${file}: no number is known of ${[...others].join(", ")}`);
writeFileSync(file, bytes);
