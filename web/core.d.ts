// Types of core.js, the numerical core of Softmask: PyTorch's generator, masked softmax and tensor
// printing, bit for bit, in a browser or in Node 18 and later.

export interface CoreOptions {
  /** Force the SIMD module or the scalar one. Default: SIMD where the engine has it. */
  simd?: boolean;
  /**
   * Force or forbid the module with the fused multiply-adds of relaxed SIMD. Default: where the
   * engine has them and the processor fuses. method: "torch", generators and sessions give the same
   * bits in every module; "fast" may differ in the last ones, within the same bounds.
   */
  relaxedSimd?: boolean;
}

/** Which of PyTorch's two CPU paths: what nearly every x86-64 machine runs, or scalar libm code. */
export type Cpu = "avx2" | "default";

export interface MaskedSoftmaxInput {
  /** rows * cols values, row-major. Never changed. */
  scores: Float32Array;
  /** 1 … 4096. */
  rows: number;
  /** 1 … 65536, with rows * cols at most 16,777,216. */
  cols: number;
  /** cols values (the same mask for every row) or rows * cols; 1 = masked. Default: nothing. */
  mask?: Uint8Array;
  /** What masked scores become. Default -1e9. A finite value must fit the dtype. */
  fill?: number;
  /** Default "float32". The scores are rounded to it first. */
  dtype?: "float32" | "float16" | "bfloat16";
  /** Mask, then softmax; softmax, then zero; or that, divided by its sum. Default "fill". */
  order?: "fill" | "zero" | "renorm";
  /** -1: every row is a distribution (default). 0: every column is. */
  dim?: -1 | 0;
  /** A finite number above 0 that the scores are divided by. Default 1. */
  temperature?: number;
  /**
   * "torch": bit for bit PyTorch, on one thread. "fast": the SIMD kernel, within a relative error
   * of 2^-24 * (|x - max| + 8); float32 only, the narrow types always take PyTorch's arithmetic.
   * Default: "torch" up to 65,536 elements, then "fast".
   */
  method?: "torch" | "fast";
  /** Whose bits, with method "torch". Default "avx2". */
  cpu?: Cpu;
}

export interface MaskedSoftmaxResult {
  /** The scores in their dtype, with the fill where they are masked, widened to float32. */
  maskedScores: Float32Array;
  /** The probabilities in their dtype, widened to float32. */
  probabilities: Float32Array;
}

export interface FormatOptions {
  /** Digits after the point, 0 … 100. Default 4. */
  precision?: number;
  /** Scientific notation: yes, no, or (null, the default) decided from the values. */
  sciMode?: boolean | null;
  /** "2.10": PyTorch 2.10 and later (default). "1.13": up to 2.8. */
  style?: "2.10" | "1.13";
}

/** One torch.Generator: the calls share a stream. `n` is 0 … 16,777,216. Needs no clean-up. */
export interface Generator {
  /** torch.rand(n). */
  rand(n: number): Float32Array;
  /** torch.randn(n). Below 16 values another algorithm than from 16 on, as in PyTorch. */
  randn(n: number): Float32Array;
  /** torch.randint(low, high, (n,)): low <= value < high, both safe integers. */
  randint(low: number, high: number, n: number): BigInt64Array;
  /** torch.bernoulli(torch.full((n,), p)), 0 <= p <= 1. */
  bernoulli(p: number, n: number): Float32Array;
  /** torch.randperm(n). */
  randperm(n: number): BigInt64Array;
}

/**
 * The masked softmax of one matrix under many changes of a column mask: float32, order "fill", dim
 * -1. At first nothing is masked and the fill is -1e9. It holds 4 bytes an element and 128 a row of
 * WebAssembly's memory until it is freed; calls after that throw a TypeError.
 */
export interface MaskSession {
  /** What masked columns become. A finite value must fit float32. */
  setFill(fill: number): void;
  /** Masks a column or unmasks it. Costs a few nanoseconds a row, whatever the number of columns. */
  setColumn(col: number, masked: boolean): void;
  /**
   * The probabilities of rowCount rows from rowStart on, by default of all from rowStart; rowCount *
   * cols values. They cost, and are as exact as, maskedSoftmax with method "fast" of these rows.
   */
  probabilities(rowStart?: number, rowCount?: number): Float32Array;
  /**
   * For every row the number that exp(score - largest) is multiplied with to be the probability of a
   * kept column, largest being the row's largest finite score, masked or not (0 where there is none):
   * exponentials made once serve for every mask. A masked column has exp(fill - largest) times the
   * same. NaN for rows of NaN; Infinity where all that counts lies more than about 88 below.
   */
  rowScale(): Float32Array;
  /** Gives its memory back. */
  free(): void;
}

/**
 * Every wrong argument is refused with a RangeError or TypeError that names it, before anything is
 * done. Results are the caller's own arrays: no later call touches them.
 */
export interface Core {
  /** Which module really runs. */
  readonly simd: boolean;
  /** Whether it is the one with fused multiply-adds. */
  readonly relaxedSimd: boolean;
  /** A generator right after torch.manual_seed(seed); seed: 0 … 2^64 - 1, a string in decimal. */
  generator(seed: bigint | number | string, options?: { cpu?: Cpu }): Generator;
  maskedSoftmax(input: MaskedSoftmaxInput): MaskedSoftmaxResult;
  /** For many changes of the mask on the same scores, which are copied. */
  session(scores: Float32Array, rows: number, cols: number): MaskSession;
  /** str(tensor), as PyTorch prints it; a Uint8Array is a bool tensor. */
  format(
    data: Float32Array | Uint8Array,
    rows: number,
    cols: number,
    options?: FormatOptions,
  ): string;
}

/** Loads core-relaxed.wasm, core-simd.wasm or core-scalar.wasm, which lie beside this module. */
export function createCore(options?: CoreOptions): Promise<Core>;
