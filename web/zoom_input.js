// Looking closer at a large matrix by Ctrl + wheel, by the pinch of a touchpad, which arrives as that,
// or by two fingers. The plain wheel and one finger scroll the page.

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(x: number, y: number, factor: number, dx: number, dy: number) => boolean} zoom takes a
 *   point and a move in the canvas's CSS pixels; false where there is nothing to look closer at, so
 *   that the gesture stays the page's
 * @param {AbortSignal} signal
 */
export function listenForZoom(canvas, zoom, signal) {
  /** @param {{clientX: number, clientY: number}} at */
  const inCanvas = ({ clientX, clientY }) => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      const { x, y } = inCanvas(event);
      // A notch is about 100 pixels or 3 lines; a touchpad sends many small ones.
      const px = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY;
      const factor = Math.exp(Math.max(-120, Math.min(120, -px)) * 0.005);
      if (zoom(x, y, factor, 0, 0)) event.preventDefault();
    },
    { passive: false, signal },
  );

  /** @param {TouchEvent} event */
  const fingers = ({ touches }) => {
    const [a, b] = [inCanvas(touches[0]), inCanvas(touches[1])];
    return {
      x: (a.x + b.x) / 2,
      y: (a.y + b.y) / 2,
      apart: Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1),
    };
  };
  /** @type {ReturnType<typeof fingers> | null} */
  let last = null;
  const follow = (/** @type {TouchEvent} */ event) => {
    if (event.touches.length !== 2) {
      last = null;
      return;
    }
    const now = fingers(event);
    const before = last ?? now;
    const used = zoom(
      before.x,
      before.y,
      now.apart / before.apart,
      now.x - before.x,
      now.y - before.y,
    );
    last = used ? now : null;
    if (used && event.cancelable) event.preventDefault();
  };
  for (const kind of /** @type {const} */ (["touchstart", "touchmove", "touchend"])) {
    canvas.addEventListener(kind, follow, { passive: false, signal });
  }
}
