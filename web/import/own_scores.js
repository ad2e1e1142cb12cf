// Own scores that are too many for an address go with its entry in the browser's history, by a number
// that is theirs as long as the page lives. Where another number of rows or columns has drawn numbers
// come for own scores, the reader is told.

import { button, make } from "../elements.js";
import { showNotice } from "../notice.js";
import { STRINGS } from "../save_strings_table.js";
import { addTexts, text } from "../strings.js";

/** @typedef {import("../viewer.js").Viewer} Viewer */

addTexts(STRINGS);

// CHANGE.history of viewer.js. Were that imported here, all of it would be a file apart from page.js.
const HISTORY = 3;

/** @param {unknown} state of the present entry; page.js reads it */
function noteInEntry(state) {
  try {
    history.replaceState(state, "");
  } catch {
    // Browsers limit how often.
  }
}

/** @param {Viewer} viewer @param {number} kind */
function noteMatrix({ matrix }, kind) {
  const life = performance.timeOrigin;
  if (matrix) {
    if (history.state?.[life] !== matrix) noteInEntry({ [life]: matrix });
  } else if (history.state && kind !== HISTORY) {
    noteInEntry(null);
  }
}

/** @param {Viewer} viewer */
function sayReplaced(viewer) {
  const undo = button(text("twinUndo"), () => {
    viewer.twin.undo();
    undo.closest("dialog")?.close();
  });
  void showNotice(text("ownScoresReplaced"), make("span", {}, undo, " "));
}

/** The entry was made before the page was loaded anew, or no step of undo has its scores any more. */
function sayIfGone(/** @type {Viewer} */ viewer) {
  if (!history.state || viewer.matrix) return;
  noteInEntry(null); // once is enough
  void showNotice(text("ownScoresGone"));
}

let follows = false;

/** From now on. @param {Viewer} viewer of the page */
export function followOwnScores(viewer) {
  if (follows) return;
  follows = true;
  let own = viewer.twin.conditions().ownScores;
  const { onChange } = viewer.options;
  viewer.options.onChange = (kind, link) => {
    onChange?.(kind, link);
    noteMatrix(viewer, kind);
    const { ownScores, droppedOwnScores } = viewer.twin.conditions();
    if (own && !ownScores && droppedOwnScores) sayReplaced(viewer);
    own = ownScores;
  };
  // After the page's own listener, which has loaded the entry.
  window.addEventListener("popstate", () => sayIfGone(viewer));
  sayIfGone(viewer);
}
