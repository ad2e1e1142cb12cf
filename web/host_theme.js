// Which theme the page around a viewer has, and when that changes. Where the page's documentation
// tool says it, in an attribute or a class, that counts; elsewhere its background does.

/** @typedef {"light" | "dark" | "auto"} Theme auto: as the reader's system */

/** What the tools write, and what it means; a value that is not here says nothing. */
const LIGHT_DARK_AUTO = { light: "light", dark: "dark", auto: "auto" };
const MATERIAL = { default: "light", slate: "dark" };
const JUPYTER = { true: "light", false: "dark" };

/**
 * The attributes in which documentation tools keep their theme, in the order in which they count.
 * @type {[owner: "html" | "body", attribute: string, meanings: Record<string, string>][]}
 */
const ATTRIBUTES = [
  ["body", "data-theme", LIGHT_DARK_AUTO], // Furo
  ["body", "data-md-color-scheme", MATERIAL], // MkDocs Material
  ["body", "data-jp-theme-light", JUPYTER], // nbconvert
  ["html", "data-theme", LIGHT_DARK_AUTO], // Docusaurus, PyData and Sphinx Book from 0.9
  ["html", "data-mode", LIGHT_DARK_AUTO], // PyData before it says data-theme
  ["html", "class", { dark: "dark" }], // VitePress; without the class its background says light
];

// A page of one's own may switch by these.
const WATCHED = [...new Set(ATTRIBUTES.map(([, attribute]) => attribute)), "style"];

/** @returns {Theme | undefined} what the page's attributes say */
function said() {
  const owners = { html: document.documentElement, body: document.body };
  for (const [owner, attribute, meanings] of ATTRIBUTES) {
    const words = owners[owner]?.getAttribute(attribute)?.split(/\s+/) ?? [];
    const word = words.find((one) => Object.hasOwn(meanings, one));
    if (word) return /** @type {Theme} */ (meanings[word]);
  }
}

/**
 * Whether a colour is dark, as getComputedStyle() spells it.
 * @param {string} color
 * @returns {boolean | undefined} undefined: what is behind it shows
 */
function isDark(color) {
  const values = color.replace(/^color\(\S+/, ""); // its space may be called display-p3
  const numbers = (values.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  const alpha = /\/|^rgba/.test(color) ? numbers[numbers.length - 1] : 1;
  if (!(alpha > 0.5) || numbers.length < 3) return undefined;
  const [first, second, third] = numbers;
  const brightness = 0.299 * first + 0.587 * second + 0.114 * third;
  if (color.startsWith("rgb")) return brightness < 128;
  if (color.startsWith("color")) return brightness < 0.5;
  if (color.startsWith("ok")) return first < 0.5; // lightness 0 … 1
  return first < 50; // lab(), lch(): lightness 0 … 100
}

/** @returns {Theme | undefined} what the page's background shows */
function shown() {
  for (const element of [document.body, document.documentElement]) {
    const dark = element && isDark(getComputedStyle(element).backgroundColor);
    if (dark !== undefined && dark !== null) return dark ? "dark" : "light";
  }
}

/** @returns {Theme} what the style sheets declare, for a page that leaves its background alone */
function declared() {
  const words = getComputedStyle(document.documentElement).colorScheme.split(" ");
  if (words.includes("light") === words.includes("dark")) return "auto";
  return words.includes("dark") ? "dark" : "light";
}

/** The page's theme now; auto where it says nothing. @returns {Theme} */
export function hostTheme() {
  return said() ?? shown() ?? declared();
}

/** @type {Set<(theme: Theme) => void>} */
const listeners = new Set();
/** @type {AbortController | null} */
let watching = null;
/** @type {Theme} */
let present;

function look() {
  const theme = hostTheme();
  if (theme === present) return;
  present = theme;
  for (const listener of [...listeners]) listener(theme);
}

function watch() {
  present = hostTheme();
  watching = new AbortController();
  const { signal } = watching;
  const changes = new MutationObserver(look);
  const roots = [document.documentElement, document.body];
  for (const root of roots) changes.observe(root, { attributeFilter: WATCHED });
  signal.addEventListener("abort", () => changes.disconnect());
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", look, { signal });
  // A background that eases has its colour at the end only.
  const eased = (/** @type {Event} */ { target }) => {
    if (roots.includes(/** @type {HTMLElement} */ (target))) look();
  };
  document.addEventListener("transitionend", eased, { signal });
}

/**
 * @param {(theme: Theme) => void} listener called whenever the page's theme changes
 * @returns {() => void} ends the listening; nothing of the page is watched without a listener
 */
export function onHostTheme(listener) {
  listeners.add(listener);
  if (!watching) watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    watching?.abort();
    watching = null;
  };
}
