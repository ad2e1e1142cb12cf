// A dialog of a few words that stand in the reader's way: where they look, with one way on.

import { button, make } from "./elements.js";
import { partInSight } from "./in_sight.js";
import { text } from "./strings.js";

/**
 * Shows it; it takes itself away when it is closed.
 * @param {string} words
 * @param {...HTMLElement} parts below the words
 */
export async function showNotice(words, ...parts) {
  const dialog = make(
    "dialog",
    { class: "softmask-notice" },
    make("p", {}, words),
    ...parts,
    button(text("close"), () => dialog.close()),
  );
  // Closed, it gives the focus back to what had it.
  dialog.addEventListener("close", () => dialog.remove());
  // A frame may be taller than the window around it: its middle is not where the reader looks.
  const sight = await partInSight(document.documentElement);
  document.body.append(dialog);
  dialog.showModal();
  if (sight) {
    const room = sight.height - dialog.offsetHeight;
    dialog.style.top = `${sight.top + Math.max(0, room / 2)}px`;
  }
}
