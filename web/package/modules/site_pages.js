// Takes the place of web/site_pages.js in the npm package. Bundlers copy single files that a module
// names, and rename them; a page that needs others beside it would not find them again. So the
// package's page is one file (tools/lib/make_single_file.js), spelled out here for bundlers to see.
// Not .html: development servers rewrite the pages that they serve, which this one's policy forbids.

export const HAS_PAGES = true;

const PAGE = new URL("./frame.htm", import.meta.url);

// Vite's development server moves the scripts of packages, but no other file, into this folder.
const MOVED = /\/node_modules\/\.vite\/deps\/[^/]*$/;

/** @param {string} _file every page is this one */
export const pageAddress = (_file) =>
  new URL(PAGE.href.replace(MOVED, "/node_modules/softmask/frame.htm"));
