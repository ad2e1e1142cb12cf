// Keeps plain frames of Softmask in step with the theme of the page that holds them. softmask.js
// imports it; a page that has frames only may load it by itself. A frame with `theme=` in its
// address is left alone. Nothing is reloaded: the frame is told.

import { hostTheme, onHostTheme } from "./host_theme.js";

// Answers with this id are heard here and nowhere else on the page.
const ID = "softmask-theme";
const OURS = /\/embed\.html(?:[?#]|$)/;

/** What has said that it is Softmask, under whatever address. @type {WeakSet<object>} */
const known = new WeakSet();

/** Whether the author chose the frame's theme. @param {HTMLIFrameElement} frame */
const hasOwnTheme = ({ src }) => new URLSearchParams(src.split("#")[1] ?? "").has("theme");

/** The windows of the page's plain frames that follow its theme. */
function followers() {
  return [...document.querySelectorAll("iframe")].flatMap((frame) => {
    const { contentWindow, src } = frame;
    const ours = contentWindow && (OURS.test(src) || known.has(contentWindow));
    return ours && !hasOwnTheme(frame) ? [contentWindow] : [];
  });
}

/** @param {string} theme @param {Window[]} frames */
function tell(theme, frames) {
  const message = { source: "softmask", type: "setState", id: ID, state: { theme } };
  // To whatever origin a frame has: a sandboxed one has none that could be named.
  for (const frame of frames) frame.postMessage(message, "*");
}

/** A frame starts as the reader's system has it. @param {Window[]} frames */
function tellAtStart(frames) {
  const theme = hostTheme();
  if (theme !== "auto") tell(theme, frames);
}

/** @param {MessageEvent} event */
function hear(event) {
  const { source, data } = event;
  if (source === null || data?.source !== "softmask") return;
  if (data.type === "reply" && data.id === ID) event.stopImmediatePropagation();
  if (data.type !== "ready") return;
  known.add(source);
  tellAtStart(followers().filter((frame) => frame === source));
}

// Captured, and so before the page's own listeners: none of them asked.
window.addEventListener("message", hear, { capture: true });
onHostTheme((theme) => tell(theme, followers()));
tellAtStart(followers()); // those that were ready before this script was there
