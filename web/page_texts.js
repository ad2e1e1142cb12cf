// The texts that stand in a page's HTML, in the page's language: elements name theirs in data-text,
// data-label (for who hears it) and data-content.

import { language, text } from "./strings.js";

/** @type {[string, (place: Element, words: string) => void][]} */
const PLACES = [
  ["data-text", (place, words) => (place.textContent = words)],
  ["data-label", (place, words) => place.setAttribute("aria-label", words)],
  ["data-content", (place, words) => place.setAttribute("content", words)],
];

export function translatePage() {
  document.documentElement.lang = language();
  for (const [attribute, put] of PLACES) {
    for (const place of document.querySelectorAll(`[${attribute}]`)) {
      put(place, text(/** @type {string} */ (place.getAttribute(attribute))));
    }
  }
}
