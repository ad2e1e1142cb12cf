// Files that are dropped on the page and texts that are pasted into it.

/** @param {DataTransfer | null} data */
const hasFiles = (data) => data?.types.includes("Files") ?? false;

/** Where the reader types, a pasted text is for that place. @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/**
 * @param {(given: File | string) => void} take
 * @param {AbortSignal} [signal]
 */
export function listenForImports(take, signal) {
  document.addEventListener(
    "dragover",
    (event) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    },
    { signal },
  );
  document.addEventListener(
    "drop",
    (event) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault(); // the browser would leave the page for the file
      const file = event.dataTransfer?.files[0];
      if (file) take(file);
    },
    { signal },
  );
  document.addEventListener(
    "paste",
    (event) => {
      if (isTyping(event.target)) return;
      const { clipboardData } = event;
      const given = clipboardData?.files[0] ?? clipboardData?.getData("text/plain") ?? "";
      if (given === "") return;
      event.preventDefault();
      take(given);
    },
    { signal },
  );
}
