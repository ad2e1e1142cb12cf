// Panels above the page: modal, closed by Escape or by a click beside them, and gone when closed.

import { make } from "./elements.js";

/**
 * @param {HTMLElement} box
 * @param {MouseEvent} event
 */
function isInside(box, { clientX, clientY }) {
  const { left, right, top, bottom } = box.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

/**
 * @param {string} kind a class of its own
 * @param {string} titleId of the element in it that names it
 * @param {() => void} [onClose] while it is still on the page
 * @returns {HTMLDialogElement} not on the page yet
 */
export function makeDialog(kind, titleId, onClose) {
  const dialog = make("dialog", { class: `softmask-dialog ${kind}`, "aria-labelledby": titleId });
  dialog.addEventListener("close", () => {
    onClose?.();
    dialog.remove();
  });
  // Beside it is the dialog's own backdrop.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && !isInside(dialog, event)) dialog.close();
  });
  return dialog;
}
