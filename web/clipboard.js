// Copying text: by the clipboard where the page may use it, else shown for the reader to copy.

import { text as textOf } from "./strings.js";

/** @param {string} text */
function showForCopying(text) {
  const dialog = document.createElement("dialog");
  dialog.className = "softmask-copy";
  const words = document.createElement("p");
  words.textContent = textOf("noClipboard");
  const area = document.createElement("textarea");
  area.readOnly = true;
  area.rows = 12;
  area.value = text;
  area.setAttribute("aria-label", textOf("textToCopy"));
  const close = document.createElement("button");
  close.textContent = textOf("close");
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(words, area, close);
  document.body.append(dialog);
  dialog.showModal();
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
    showForCopying(text);
    return false;
  }
}
