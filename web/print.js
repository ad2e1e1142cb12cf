// What a printer gets: a copy of the picture, as a WebGL canvas is blank once its frame was shown.
// print.css puts it in the canvas's place and the table below it.

/**
 * @param {import("./viewer.js").Viewer} viewer
 * @param {HTMLCanvasElement} canvas
 */
export function printPicture(viewer, canvas) {
  /** @type {HTMLCanvasElement | null} */
  let copy = null;
  const end = () => {
    copy?.remove();
    copy = null;
  };
  const begin = () => {
    end();
    try {
      if (canvas.hidden || !viewer.drawAtOnce()) return;
    } catch {
      return; // not ready, or destroyed: the page prints as it stands
    }
    // A canvas, not an <img>: printing does not wait for a picture to be decoded.
    copy = document.createElement("canvas");
    copy.id = "printed";
    copy.setAttribute("aria-hidden", "true");
    copy.width = canvas.width;
    copy.height = canvas.height;
    copy.getContext("2d")?.drawImage(canvas, 0, 0);
    canvas.after(copy);
  };
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  // Nothing else tells a frame in WebKit that the page around it is printed.
  window.matchMedia("print").addEventListener("change", ({ matches }) => {
    if (!matches) end();
    else if (!copy) begin();
  });
}
