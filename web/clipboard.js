// Copying text: by the clipboard where the page may use it, else shown for the reader to copy.

import { button, make } from "./elements.js";
import { partInSight } from "./in_sight.js";
import { text as textOf } from "./strings.js";

/** @param {string} text */
async function showForCopying(text) {
  const area = make("textarea", { rows: "12", "aria-label": textOf("textToCopy") });
  area.readOnly = true;
  area.value = text;
  const dialog = make(
    "dialog",
    { class: "softmask-copy" },
    make("p", {}, textOf("noClipboard")),
    area,
    button(textOf("close"), () => dialog.close()),
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
  area.select();
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} true when it is on the clipboard
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    await showForCopying(text);
    return false;
  }
}
