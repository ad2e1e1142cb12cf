// The texts of the pages in the reader's language: the lines SOFTMASK_WEB_TEXT of
// src/view/strings.inc, and once they are loaded SOFTMASK_SAVE_TEXT.

import { STRINGS } from "./strings_table.js";

/** @typedef {"en" | "zh-CN"} Language */

/** @type {Language} */
let present = "en";
/** What was asked for last: a language, or "auto". */
let wanted = "auto";
/** @type {Set<(language: Language) => void>} */
const listeners = new Set();

/** @param {string} tag */
function locale(tag) {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return null; // WebKit on Linux says "C" where the system has no language
  }
}

/**
 * The language of the browser: of the reader's languages the first that Softmask speaks. Chinese in
 * traditional characters is none of them.
 * @returns {Language}
 */
function preferred() {
  for (const tag of navigator.languages ?? [navigator.language]) {
    const { language, script } = locale(tag) ?? {};
    if (language === "en") return "en";
    if (language === "zh" && script === "Hans") return "zh-CN";
  }
  return "en";
}

/**
 * What a value of the state's key `lang` means here; anything unknown counts as "auto".
 * @param {unknown} lang
 * @returns {Language}
 */
export function languageOf(lang) {
  return lang === "en" || lang === "zh-CN" ? lang : preferred();
}

/**
 * Texts of what is loaded later.
 * @param {typeof STRINGS} table
 */
export const addTexts = (table) => Object.assign(STRINGS, table);

/**
 * @param {Language} language
 * @param {string} id a name of the table; one that is not there is an Error
 * @param {...unknown} values for {0}, {1} …
 */
export function textIn(language, id, ...values) {
  if (!Object.hasOwn(STRINGS, id)) throw new Error(`no text is called ${id}`);
  const pattern = STRINGS[id][language === "zh-CN" ? 1 : 0];
  return pattern.replace(/\{(\d)\}/g, (place, at) => String(values[Number(at)] ?? place));
}

/**
 * A text in the page's language.
 * @param {string} id
 * @param {...unknown} values
 */
export function text(id, ...values) {
  return textIn(present, id, ...values);
}

/** The page's language. @returns {Language} */
export function language() {
  return present;
}

/**
 * @param {unknown} lang a value of the state's key `lang`: "en", "zh-CN", or "auto", which follows
 *   the browser
 */
export function setLanguage(lang) {
  wanted = String(lang);
  const next = languageOf(wanted);
  if (next === present) return;
  present = next;
  for (const listener of [...listeners]) listener(present);
}

/**
 * @param {(language: Language) => void} listener called after every change of the page's language
 * @returns {() => void} ends the listening
 */
export function onLanguage(listener) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

window.addEventListener("languagechange", () => setLanguage(wanted));
