// The conversation of an embedded viewer with the page around it: plain objects with
// source: "softmask", as docs/embedding.md lists them.

/** @typedef {import("./viewer.js").Viewer} Viewer */

/**
 * What a page may ask for, and what answers it.
 * @type {Record<string, (viewer: Viewer, message: any) => unknown>}
 */
const ANSWERS = {
  setState: (viewer, { state }) => viewer.setState(state),
  getState: (viewer) => viewer.getState(),
  getResult: (viewer) => viewer.getResult(),
  getRibbons: (viewer) => viewer.getRibbons(),
  cellRect: (viewer, { panel, row, col }) => viewer.cellRect(panel, row, col).toJSON(),
  whenIdle: (viewer) => viewer.whenIdle(),
  framesDrawn: (viewer) => viewer.framesDrawn,
  picture: (viewer) => viewer.picture(),
};

/** @param {any} data */
function isRequest(data) {
  return (
    typeof data === "object" &&
    data !== null &&
    data.source === "softmask" &&
    typeof data.type === "string" &&
    Object.hasOwn(ANSWERS, data.type) &&
    (typeof data.id === "string" || typeof data.id === "number")
  );
}

/** @param {unknown} error */
const described = (error) =>
  error instanceof Error
    ? { error: error.message, name: error.name }
    : { error: String(error), name: "Error" };

/**
 * Tells the page around what happens in the viewer, and answers it. Nobody else: a message counts
 * only where the parent itself sent it. A page that is not embedded talks to nobody.
 * @param {Viewer} viewer
 * @param {HTMLElement} content whose height the page around needs to know
 */
export function talkToParent(viewer, content) {
  const { parent } = window;
  if (parent === window) return;

  /** @param {Record<string, unknown>} message */
  const tell = (message) => {
    // Any page may embed the viewer, so any may hear it: there is nothing secret in what it says.
    parent.postMessage({ source: "softmask", ...message }, "*");
  };

  viewer.on("change", (state) => tell({ type: "change", state }));
  viewer.on("error", (message) => tell({ type: "error", message }));

  let height = 0;
  const tellHeight = () => {
    const now = Math.ceil(content.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    tell({ type: "height", height });
  };
  const sizes = new ResizeObserver(tellHeight);

  window.addEventListener("message", async (event) => {
    if (event.source !== parent || !isRequest(event.data)) return;
    const { type, id } = event.data;
    const origin = event.origin === "null" ? "*" : event.origin;
    /** @type {Record<string, unknown>} */
    let answer;
    try {
      await viewer.ready;
      answer = { value: await ANSWERS[type](viewer, event.data) };
    } catch (error) {
      answer = described(error);
    }
    parent.postMessage({ source: "softmask", type: "reply", id, ...answer }, origin);
  });

  viewer.ready.then(
    () => {
      // First, so that what is ready also stands where it stays.
      tellHeight();
      tell({ type: "ready" });
      sizes.observe(content);
    },
    (error) => tell({ type: "failed", message: described(error).error }),
  );
}
