// What the accessible twin asks the application for, beyond the interface that pages have.

import { counted } from "../app_memory.js";

/**
 * @typedef {{title: string, steps: number, at: number, text: string, question: string,
 *   choices: string[], answer: number, verdict: string, reveal: string}} LessonStep
 *   `answer` is -1 until there is one; `verdict` and `reveal` are empty until then
 * @typedef {{moved: number, leaked: number, lost: number, sum: number, nan: boolean}} RowMass
 * @typedef {keyof typeof TENSORS} TensorName
 * @typedef {keyof typeof LENS_TENSORS} LensTensorName
 * @typedef {ReturnType<typeof twinAccess>} TwinAccess
 */

// As softmask_row numbers them.
const TENSORS = { scores: 0, mask: 1, masked_scores: 2, scores_softmax: 4 };
// As view::LensTensorKind does.
const LENS_TENSORS = { gradient: 0, pinned: 1, difference: 2, steps: 3 };

/** @param {any} app the application's module */
export function twinAccess(app) {
  /** @param {number} pointer */
  const text = (pointer) => app.UTF8ToString(pointer);
  /** @param {string} lines */
  const pairs = (lines) =>
    lines
      .split("\n")
      .filter(Boolean)
      .map((line) => /** @type {[string, string]} */ (line.split("\t")));

  return {
    // Commands: empty, or why nothing was done.
    toggleColumn: (/** @type {number} */ col) => text(app._softmask_toggle_column(col)),
    toggleCell: (/** @type {number} */ row, /** @type {number} */ col) =>
      text(app._softmask_toggle_cell(row, col)),
    stepSeed: (/** @type {number} */ delta) => text(app._softmask_step_seed(delta)),
    newSeed: () => text(app._softmask_new_seed()),
    undo: () => text(app._softmask_undo()),
    redo: () => text(app._softmask_redo()),
    goToLessonStep: (/** @type {number} */ at) => text(app._softmask_go_to_lesson_step(at)),
    answerLesson: (/** @type {number} */ choice) => text(app._softmask_answer_lesson(choice)),

    /** A number as the picture shows it. */
    cellText: (/** @type {number} */ value) => text(app._softmask_cell_text(value)),
    massText: (/** @type {number} */ value) => text(app._softmask_mass_text(value)),
    program: () => text(app._softmask_program()),

    conditions() {
      const bits = app._softmask_conditions();
      return {
        canUndo: (bits & 1) !== 0,
        canRedo: (bits & 2) !== 0,
        concealed: (bits & 4) !== 0,
        ownScores: (bits & 8) !== 0,
        droppedOwnScores: (bits & 16) !== 0,
      };
    },

    /**
     * One row of a tensor as it is shown, where it is: to be read before anything else is called.
     * Empty where PyTorch raises. All of 16 million cells at every click would be felt.
     * @param {TensorName} name
     * @param {number} row
     * @returns {Float32Array | Uint8Array}
     */
    row(name, row) {
      const { pointer, count } = counted(app, (at) => app._softmask_row(TENSORS[name], row, at));
      return name === "mask"
        ? app.HEAPU8.subarray(pointer, pointer + count)
        : app.HEAPF32.subarray(pointer / 4, pointer / 4 + count);
    },

    /**
     * What a lens has beside the tensors of a result: scores.grad of the loss that is chosen there,
     * scores_softmax of the pinned A, B − A, the steps of one row. A RangeError where there is none.
     * @param {LensTensorName} name
     */
    lensTensor(name) {
      const shape = app._malloc(8);
      try {
        const pointer = app._softmask_lens_tensor(LENS_TENSORS[name], shape);
        const [rows, cols] = app.HEAP32.subarray(shape / 4, shape / 4 + 2);
        if (rows === 0) throw new RangeError(text(pointer));
        return { rows, cols, data: app.HEAPF32.slice(pointer / 4, pointer / 4 + rows * cols) };
      } finally {
        app._free(shape);
      }
    },

    /** Whether every cell of the column is masked. */
    isMasked: (/** @type {number} */ col) => Boolean(app._softmask_column_masked(col)),

    /** @returns {string[]} */
    notes: () => text(app._softmask_notes()).split("\n").filter(Boolean),

    /**
     * Of `rowCount` rows; fewer where there are no results.
     * @param {number} firstRow
     * @param {number} rowCount
     * @returns {RowMass[]}
     */
    masses(firstRow, rowCount) {
      const { pointer, count } = counted(app, (at) => app._softmask_masses(at));
      const end = Math.min(5 * (firstRow + rowCount), count);
      const numbers = app.HEAPF64.slice(pointer / 8 + 5 * firstRow, pointer / 8 + end);
      return Array.from({ length: numbers.length / 5 }, (_, row) => {
        const [moved, leaked, lost, sum, nan] = numbers.subarray(5 * row, 5 * row + 5);
        return { moved, leaked, lost, sum, nan: nan !== 0 };
      });
    },

    /** @returns {{id: string, title: string}[]} */
    lessons: () => pairs(text(app._softmask_lessons())).map(([id, title]) => ({ id, title })),

    /** @returns {LessonStep | null} */
    lesson() {
      const parts = pairs(text(app._softmask_lesson()));
      if (parts.length === 0) return null;
      const one = (/** @type {string} */ name) => parts.find(([part]) => part === name)?.[1] ?? "";
      return {
        title: one("title"),
        steps: Number(one("steps")),
        at: Number(one("at")),
        text: one("text"),
        question: one("question"),
        choices: parts.filter(([part]) => part === "choice").map(([, words]) => words),
        answer: Number(one("answer") || -1),
        verdict: one("verdict"),
        reveal: one("reveal"),
      };
    },
  };
}
