// Files and texts that are dropped on the page, and texts that are pasted into it.

/** @param {DataTransfer | null} data */
const hasFiles = (data) => data?.types.includes("Files") ?? false;

/** A text, and no link or picture: those are the browser's. @param {DataTransfer | null} data */
const hasText = (data) =>
  (data?.types.includes("text/plain") && !data.types.includes("text/uri-list")) ?? false;

/** Where the reader types, a text is for that place. @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]");

/**
 * @param {((given: File | string, others: number) => void) | null} take `others`: how many files came
 *   with it; null: nothing is taken, but the browser does not leave the page for a file either
 */
export function listenForImports(take) {
  // What is dragged about within the page is no text for it. The end is not told of where what was
  // dragged has gone from the page.
  let ownDrag = false;
  for (const type of ["dragstart", "dragend", "pointerdown"]) {
    document.addEventListener(type, () => (ownDrag = type === "dragstart"), true);
  }
  for (const type of /** @type {const} */ (["dragover", "drop"])) {
    document.addEventListener(type, (event) => {
      const { dataTransfer: data, target } = event;
      if (!hasFiles(data) && (!take || ownDrag || isTyping(target) || !hasText(data))) return;
      event.preventDefault(); // the browser would leave the page for the file
      if (type === "drop") takeFrom(data);
      else if (data) data.dropEffect = take ? "copy" : "none";
    });
  }
  document.addEventListener("paste", (event) => {
    if (take && !isTyping(event.target) && takeFrom(event.clipboardData)) event.preventDefault();
  });

  /** @param {DataTransfer | null} data @returns {boolean} whether there was something */
  function takeFrom(data) {
    const [file, ...others] = data?.files ?? [];
    const given = file ?? data?.getData("text/plain") ?? "";
    if (given !== "") take?.(given, others.length);
    return given !== "";
  }
}
