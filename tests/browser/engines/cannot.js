// What an engine, or the driver that its tests run by, cannot do: the one list of it. A test that
// needs such a thing names it in its options, { skip: cannot("touch") }, and is counted as skipped
// with the reason. What Softmask does wrong in an engine never stands here.

import { engineName } from "./engine.js";

/** @type {{engine: string, what: string, reason: string}[]} */
export const CANNOT = [
  {
    engine: "firefox",
    what: "requests of files",
    reason: "Firefox's driver tells of no request to file:",
  },
  {
    engine: "firefox",
    what: "memory",
    reason: "Firefox's driver tells nothing of heap, listeners and frames",
  },
  {
    engine: "firefox",
    what: "finger scroll",
    reason: "the fingers of Firefox's driver reach the page but scroll nothing",
  },
  {
    engine: "firefox",
    what: "pinch",
    reason: "the fingers of Firefox's driver reach the page but zoom nothing",
  },
  {
    engine: "firefox",
    what: "forbid frames to copy",
    reason: "Firefox lets any frame copy after a click",
  },
  {
    engine: "webkit",
    what: "know itself in a sandbox",
    reason: "in a sandbox without an origin WebKit has 'self' of a policy match nothing",
  },
  {
    engine: "webkit",
    what: "forbid frames to copy",
    reason: "WebKit lets any frame copy after a click",
  },
  {
    engine: "webkit",
    what: "go on from where the focus was",
    reason: "in WebKit Tab starts anew where nothing has the focus",
  },
  {
    engine: "webkit",
    what: "languages",
    reason: "WebKit tells pages only the first of the reader's languages",
  },
  {
    engine: "webkit",
    what: "print media",
    reason: "WebKit's driver lays nothing out for paper on the screen",
  },
  {
    engine: "webkit",
    what: "memory",
    reason: "WebKit's driver tells nothing of heap, listeners and frames",
  },
  {
    engine: "webkit",
    what: "touch",
    reason: "WebKit's driver on Linux has no fingers",
  },
  {
    engine: "webkit",
    what: "finger scroll",
    reason: "WebKit's driver on Linux has no fingers",
  },
  {
    engine: "webkit",
    what: "pinch",
    reason: "WebKit's driver on Linux has no fingers",
  },
  {
    engine: "webkit",
    what: "fractional ratio",
    reason: "GTK's windows have a whole number of pixels to a CSS pixel",
  },
  {
    engine: "webkit",
    what: "ratio changes",
    reason: "GTK takes its ratio from the environment once, as it starts",
  },
  {
    engine: "webkit",
    what: "forced colours",
    reason: "WebKit has no forced colours",
  },
  {
    engine: "webkit",
    what: "lose its scripts",
    reason:
      "WebKit at times never says that a script's connection ended while the page was loading",
  },
  {
    engine: "webkit",
    what: "key repeats",
    reason: "WebKit's driver presses a key that is down no second time",
  },
];

/**
 * For the option `skip` of a test: false, or why this engine cannot run it.
 * @param {...string} needed
 */
export function cannot(...needed) {
  const missing = CANNOT.filter(
    ({ engine, what }) => engine === engineName && needed.includes(what),
  );
  return missing.length > 0 && missing.map(({ reason }) => reason).join("; ");
}
