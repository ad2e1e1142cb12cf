// What of a frame the reader sees. Only an observer knows: a frame cannot ask where the page around
// has scrolled to.

/**
 * The part of an element that the window shows, also through the frames around; in CSS pixels of
 * this frame's viewport. Null where it is out of sight.
 * @param {Element} element
 * @returns {Promise<DOMRectReadOnly | null>}
 */
export function partInSight(element) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(([entry]) => {
      observer.disconnect();
      resolve(entry.isIntersecting ? entry.intersectionRect : null);
    });
    observer.observe(element);
  });
}
