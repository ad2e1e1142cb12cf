// Takes the place of web/site_pages.js in the page that is one file: nothing lies beside it.

export const HAS_PAGES = false;

/**
 * Where such a page would be, for the reader to put their own place in.
 * @param {string} file
 */
export const pageAddress = (file) => new URL(file, "https://example.org/softmask/");
