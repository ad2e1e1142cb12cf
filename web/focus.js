// When the picture takes the focus: by a press of the mouse, by a tap; never by a finger that comes
// down to scroll the page.

/**
 * @param {HTMLCanvasElement} canvas
 * @param {AbortSignal} signal
 */
export function listenForFocus(canvas, signal) {
  // SDL keeps the press from the browser, which then does not move the focus.
  const focus = () => canvas.focus({ preventScroll: true });
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType === "mouse") focus();
    },
    { signal },
  );
  // A swipe that scrolls ends without one.
  canvas.addEventListener("click", focus, { signal });
}
