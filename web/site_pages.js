// Where the pages of the site are, for who puts them into frames or links to them: beside this
// module. build/softmask.html and the npm package, whose pages are elsewhere, have modules of their
// own in its place (web/single_file, web/package).

/** Whether embed.html and softmask.js can be had from where this page comes from. */
export const HAS_PAGES = true;

/** @param {string} file index.html, embed.html or softmask.js */
export const pageAddress = (file) => new URL(file, import.meta.url);
