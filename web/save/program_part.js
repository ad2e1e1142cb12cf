// The view as a program of the reader's choice, to copy or to save.

import { copyText } from "../clipboard.js";
import { button, make } from "../elements.js";
import { text } from "../strings.js";
import { jaxProgram } from "./jax_program.js";
import { numpyProgram } from "./numpy_program.js";

/** @typedef {import("../viewer.js").Viewer} Viewer */

/** @param {Viewer} viewer @returns {import("./numpy_program.js").Screen} */
function screenOf(viewer) {
  const { scores, mask, maskedScores, notes } = viewer.getResult();
  return {
    state: /** @type {any} */ (viewer.getState()),
    scores,
    mask,
    refusal: maskedScores.length === 0 ? notes[0] : "",
    own: viewer.twin.conditions().ownScores,
  };
}

/** As the screen shows it; of what it loads it says where that is. @param {Viewer} viewer */
function torchProgram(viewer) {
  const program = viewer.twin.program();
  return /numpy\.load/.test(program) ? `# ${text("programLoads")}\n${program}` : program;
}

/** @type {Record<string, (viewer: Viewer) => string>} */
const PROGRAMS = {
  PyTorch: torchProgram,
  NumPy: (viewer) => numpyProgram(screenOf(viewer), text),
  JAX: (viewer) => jaxProgram(screenOf(viewer), text),
};

/**
 * @param {Viewer} viewer
 * @param {(blob: Blob, name: string) => void} save
 * @param {(words: string) => void} say what was done
 */
export function programRow(viewer, save, say) {
  const choice = make("select", { id: "save-program" });
  for (const name of Object.keys(PROGRAMS)) choice.append(make("option", { value: name }, name));
  const program = () => PROGRAMS[choice.value](viewer);
  return make(
    "div",
    { class: "dialog-buttons" },
    make("label", { for: "save-program" }, text("saveProgram")),
    choice,
    button(".py", () => {
      const name = `softmask_${choice.value.toLowerCase()}.py`;
      save(new Blob([program()], { type: "text/x-python" }), name);
      say(text("saveDone", name));
    }),
    button(text("shareCopy"), async () => {
      if (await copyText(program())) say(text("saveCopied", choice.value));
    }),
  );
}
