// One view of Softmask as what others paste: a link, and lines for the pages that embed it. Pure
// functions; what each text does where it is pasted is tested in tests/browser/share.test.js.

/**
 * @typedef {{page: string, frame: string, script: string, fields: [string, string][],
 *   height: number, title: string, open: string}} View
 *   `page`, `frame`: the addresses of index.html and embed.html with the state; `script`: that of
 *   softmask.js; `fields`: the keys of the state that are not at their default; `height`: CSS pixels
 *   of the frame; `title`: what a screen reader calls the frame; `open`: the words of a link
 */

/** @param {string} text for an attribute in double quotes */
function attribute(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** @param {View} view */
export const link = ({ page }) => page;

/** @param {View} view the line that works wherever a page may hold a frame */
export const iframe = ({ frame, height, title }) =>
  `<iframe src="${attribute(frame)}" width="100%" height="${height}" style="border: 0" ` +
  `loading="lazy" allow="clipboard-write" title="${attribute(title)}"></iframe>`;

/** @param {View} view the element, which is as high as its content */
export const element = ({ script, fields }) => {
  const attributes = fields.map(([key, value]) => ` ${key}="${attribute(value)}"`).join("");
  return (
    `<script type="module" src="${attribute(script)}"></script>\n` +
    `<softmask-view${attributes}></softmask-view>`
  );
};

/** @param {View} view with a link for readers of places that take frames out */
export const markdown = (view) => `${iframe(view)}\n\n[${view.open}](<${view.page}>)`;

/** @param {View} view */
export const restructuredText = (view) => {
  // An address that ends in an underscore would be the name of another link.
  const page = view.page.replace(/_$/, "\\_");
  return `.. raw:: html\n\n   ${iframe(view)}\n\n\`${view.open} <${page}>\`__`;
};

/** @param {View} view a cell of Python */
export const notebook = ({ frame, height }) =>
  // JSON's text is Python's where all of it is ASCII, as an address is.
  `from IPython.display import IFrame\n\n` +
  `IFrame(${JSON.stringify(frame)}, width="100%", height=${height})`;
