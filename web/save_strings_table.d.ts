// save_strings_table.js is made at build time (tools/lib/make_web_strings.py).

/** Of each text: English, Chinese. */
export const STRINGS: Record<string, [string, string]>;
