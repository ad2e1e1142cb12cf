// What the accessible twin asks the application for, beyond the interface that pages have.

/**
 * @typedef {{title: string, steps: number, at: number, text: string, question: string,
 *   choices: string[], answer: number, verdict: string, reveal: string}} LessonStep
 *   `answer` is -1 until there is one; `verdict` and `reveal` are empty until then
 * @typedef {{moved: number, leaked: number, lost: number, sum: number, nan: boolean}} RowMass
 * @typedef {ReturnType<typeof twinAccess>} TwinAccess
 */

/**
 * @param {any} app the application's module
 * @param {(call: (count: number) => number) => {pointer: number, count: number}} counted
 */
export function twinAccess(app, counted) {
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
      };
    },

    /** @returns {RowMass[]} */
    masses() {
      const { pointer, count } = counted((at) => app._softmask_masses(at));
      const numbers = app.HEAPF64.subarray(pointer / 8, pointer / 8 + count);
      return Array.from({ length: count / 5 }, (_, row) => {
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
