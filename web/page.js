// index.html and embed.html: puts a viewer on the page's canvas, keeps the address in step with the
// state, and says in words what goes wrong.

import { listenForImports } from "./import/import_input.js";
import { later } from "./later.js";
import { talkToParent } from "./messages.js";
import { translatePage } from "./page_texts.js";
import { printPicture } from "./print.js";
import { language, onLanguage, setLanguage, text } from "./strings.js";
import { Twin } from "./twin/twin.js";
import { CHANGE, Viewer } from "./viewer.js";

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

const canvas = /** @type {HTMLCanvasElement} */ (element("canvas"));
const container = element("softmask");
const status = element("status");
const live = element("live");
const progress = /** @type {HTMLProgressElement} */ (element("progress"));
const embedded = document.documentElement.hasAttribute("data-embed");

/** What stands in the status line, in the language of the moment. */
let statusText = () => text("loading");

/** @param {() => string} words empty: nothing to say */
function say(words) {
  statusText = words;
  status.textContent = words();
  status.hidden = status.textContent === "";
}

/** @param {() => string} words */
function fail(words) {
  progress.hidden = true;
  say(words);
  status.classList.add("failed");
}

// ---- language

/** The texts that stand in the page's HTML, and what is said at the moment. */
function translate() {
  translatePage();
  say(statusText);
}

onLanguage(translate);
setLanguage(new URLSearchParams(location.hash.slice(1)).get("lang"));
translate();

// ---- address

/**
 * @param {number} kind
 * @param {string} link
 */
function writeAddress(kind, link) {
  if (kind === CHANGE.history) return;
  const address = `#${link}`;
  if (address === location.hash) return;
  try {
    // A view to come back to, but for what only goes on or only looks; an embedded page must not
    // add to the history of the page around it.
    if (kind === CHANGE.step && !embedded) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  } catch {
    // Browsers limit how often and how long; the state itself is safe, the next change tries anew.
  }
}

const ownScores = later(() => import("./import/own_scores.js"));
/** Own scores come by the import panel, which follows them itself, by a link, or were in this entry. */
async function followOwnScores() {
  if (embedded || !(history.state || viewer.twin.conditions().ownScores)) return;
  (await ownScores())?.followOwnScores(viewer);
}

// ---- look of the page around the canvas

const darkQuery = window.matchMedia("(prefers-color-scheme: dark)");

function followTheme() {
  const { theme } = viewer.getState();
  const dark = theme === "auto" ? darkQuery.matches : theme === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

// ---- start

const patience = setTimeout(() => {
  say(() => text("stillLoading"));
}, 8000);

const sharePanel = later(() => import("./share/share_panel.js"));
async function share() {
  (await sharePanel())?.openSharePanel(viewer);
}
// In an embed the page around is what is shared.
const onShare = embedded ? undefined : share;

const importPanel = later(() => import("./import/import_panel.js"));
/** @param {File | string} [given] @param {number} [others] */
async function importScores(given, others) {
  (await importPanel())?.openImportPanel(viewer, given, others);
}
const onImport = embedded ? undefined : () => void importScores();

// Why Chinese is wanted and the picture is not in it; empty where it is.
let chineseProblem = "";
/** Beside a picture there is nothing else to say. */
function sayOfPicture() {
  say(() => (chineseProblem && language() === "zh-CN" ? text("noChinese", chineseProblem) : ""));
}

// Opened by the page because there is no picture, not by the reader.
let twinStandsIn = false;

let started = false;
const viewer = new Viewer({
  canvas,
  container,
  embedded,
  fragment: location.hash.slice(1),
  onProgress(received, total) {
    if (total > 0) {
      progress.max = total;
      progress.value = Math.min(received, total);
    }
  },
  onPicture(problem) {
    clearTimeout(patience); // what there is to load has come, though its first frames take their time
    const picture = problem === "";
    canvas.hidden = !picture;
    if (picture) {
      sayOfPicture();
      status.classList.remove("failed");
      if (twinStandsIn) twin.open = false;
      twinStandsIn = false;
    } else {
      fail(() => text("noPicture", problem));
      twinStandsIn ||= !twin.open;
      twin.open = true;
    }
  },
  onShare,
  onImport,
  onWords(problem) {
    chineseProblem = problem;
    if (!started) return; // the rest of the start says it
    if (!canvas.hidden) sayOfPicture();
    live.textContent = viewer.takeAnnouncement();
    twin.update();
  },
  onWork: (part) => followWork(part),
  onChange(kind, link) {
    writeAddress(kind, link);
    followTheme();
    live.textContent = viewer.takeAnnouncement();
    twin.update();
  },
});
let working = false;
/**
 * The reader hears that numbers are under way, and how far in the twin; what comes of them is told
 * as every change is.
 * @param {number | null} part
 */
function followWork(part) {
  twin.showWork(part);
  if (part !== null && !working) {
    const { rows, cols } = viewer.getState();
    live.textContent = text("workUnderWay", rows, cols);
  }
  working = part !== null;
}

const twin = new Twin(element("twin"), viewer, { onShare, onImport });
/** @type {any} */ (window).softmask = viewer;
viewer.ready
  .then(() => {
    clearTimeout(patience);
    progress.hidden = true;
    started = true;
    if (chineseProblem && !canvas.hidden) sayOfPicture();
    followTheme();
    live.textContent = viewer.takeAnnouncement();
    twin.update();
    // A lesson is gone through with keys, a presenter's among them: they act from the start.
    if (!embedded && viewer.getState().lesson) canvas.focus({ preventScroll: true });
    darkQuery.addEventListener("change", followTheme);
    // Back, forward, and an address edited by hand all end here. What an address cannot carry is
    // noted in its entry (import/own_scores.js).
    window.addEventListener("popstate", () =>
      viewer.loadLink(location.hash.slice(1), history.state?.[performance.timeOrigin]),
    );
    followOwnScores();
  })
  .catch((error) => {
    clearTimeout(patience);
    fail(() => text("couldNotStart", error instanceof Error ? error.message : error));
  });

printPicture(viewer, canvas);
listenForImports(embedded ? null : (given, others) => void importScores(given, others));

// After the above, so that the page is whole when it says that it is ready.
if (embedded) talkToParent(viewer, container);

window.addEventListener("error", ({ message }) => {
  // No failure: the browser says that a size set while sizes were reported counts from the next frame.
  if (message.startsWith("ResizeObserver loop")) return;
  fail(() => text("wentWrong", message.replace(/\.$/, "")));
});
