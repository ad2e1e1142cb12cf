// Copying text: by the clipboard where the page may use it, else shown for the reader to copy.

import { make } from "./elements.js";
import { showNotice } from "./notice.js";
import { text as textOf } from "./strings.js";

/** @param {string} text */
async function showForCopying(text) {
  const area = make("textarea", { rows: "12", "aria-label": textOf("textToCopy") });
  area.readOnly = true;
  area.value = text;
  await showNotice(textOf("noClipboard"), area);
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
