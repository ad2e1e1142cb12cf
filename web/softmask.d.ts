// Types of softmask.js: <softmask-view> and mount(), viewers in frames of another page.

/** The state of a viewer, as getState() gives it. docs/state.md says what each value means. */
export interface State {
  seed: string;
  rows: number;
  cols: number;
  scores: string;
  cpu: "avx2" | "default";
  mask: string;
  fill: string;
  dtype: "float32" | "float16" | "bfloat16";
  order: "fill" | "zero" | "renorm";
  dim: -1 | 0;
  temperature: number;
  row: string;
  lesson: string;
  lang: "en" | "zh-CN" | "auto";
  theme: "light" | "dark" | "auto";
  hide: string;
  animate: "1" | "0" | "auto";
}

/** What setState() takes: some of the keys, numbers also where the state has text. */
export type Patch = { [Key in keyof State]?: State[Key] | string | number | bigint };

/** Tensors are row-major; the arrays are the caller's own. */
export interface Result {
  rows: number;
  cols: number;
  scores: Float32Array;
  /** rows * cols, 1 = masked. */
  mask: Uint8Array;
  /** Empty where PyTorch raises; `notes` then begins with its message. */
  maskedScores: Float32Array;
  /** Softmax without a mask. */
  baseline: Float32Array;
  probabilities: Float32Array;
  /** Per row: the mass that left the masked cells. */
  moved: Float32Array;
  /** In words: rows that are NaN, leaked mass, overflow … */
  notes: string[];
}

export type Panel = "scores" | "mask" | "masked" | "probabilities";

export interface Ribbon {
  kind: "moved" | "stayed" | "leaked" | "lost";
  /** Its ends on the bar before and the bar after, CSS pixels of the frame: as wide as its mass. */
  top: [number, number];
  bottom: [number, number];
}

/** A viewer in a frame. Everything that asks it something rejects once it is destroyed. */
export interface FrameViewer {
  readonly frame: HTMLIFrameElement;
  readonly ready: Promise<void>;
  getState(): Promise<State>;
  /** Rejects with a RangeError that names key, value and what is allowed; nothing is changed then. */
  setState(patch: Patch): Promise<State>;
  getResult(): Promise<Result>;
  getRibbons(): Promise<Ribbon[]>;
  /** CSS pixels of this page's viewport; row -1 is the column header. */
  cellRect(panel: Panel, row: number, col: number): Promise<DOMRect>;
  /** Resolves when nothing more will be drawn. */
  whenIdle(): Promise<void>;
  readonly framesDrawn: Promise<number>;
  /** What it shows, as a PNG; null where it has no picture. */
  picture(): Promise<Blob | null>;
  on(type: "ready", listener: () => void): () => void;
  on(type: "change", listener: (state: State) => void): () => void;
  on(type: "error", listener: (message: string) => void): () => void;
  /** Takes the frame away. Twice does no harm. */
  destroy(): void;
}

export interface MountOptions extends Patch {
  /** Keys of the state once more, for who has them in an object. */
  state?: Patch;
  /**
   * The folder where the site's files are. Without it: beside softmask.js, and from the npm package
   * its one page.
   */
  site?: string;
  /** What a screen reader calls the frame. */
  title?: string;
  /** Takes the viewer away. */
  signal?: AbortSignal;
}

/**
 * Puts a viewer into an element. Resolves when it is ready, rejects with what it says where it
 * cannot start; a TypeError names an option that there is not.
 */
export function mount(element: Element, options?: MountOptions): Promise<FrameViewer>;

/** <softmask-view>: its attributes are keys of the state. Events: ready, change, error. */
export interface SoftmaskViewElement extends HTMLElement {
  /** Null while the element has no frame. */
  readonly viewer: FrameViewer | null;
  /** Starts the viewer now, near the window or not. */
  start(): void;
  /** Gives the frame back and keeps a still picture. */
  release(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "softmask-view": SoftmaskViewElement;
  }
}
