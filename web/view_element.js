// <softmask-view>: a viewer where a page has the element. Its attributes are keys of the state. Until
// it is near the window it is a poster with a link, and no frame; far from the window it gives its
// frame back and keeps a still picture.

import { FrameBudget } from "./frame_budget.js";
import { FrameViewer, frameAddress, siteFolder } from "./frame_viewer.js";
import { hostTheme, onHostTheme } from "./host_theme.js";
import { STATE_DEFAULTS, STATE_KEYS } from "./state_defaults.js";
import { languageOf, textIn } from "./strings.js";

// How far from the window a viewer starts: about a screen of scrolling, which is the time it needs.
const NEAR = "600px";

// Browsers make a picture's file when they have nothing better to do: Chromium begins within a second.
const PICTURE_PATIENCE_MS = 5000;

const STYLE = `
:host { display: block; position: relative; }
:host([hidden]) { display: none; }
.poster {
  display: grid; place-content: center; justify-items: center; gap: 12px; box-sizing: border-box;
  min-height: 480px; padding: 24px; border: 1px solid #dfe3e8; border-radius: 12px;
  background: #f6f7f9; color: #14181f; font: 14px/1.5 system-ui, sans-serif; text-align: center;
}
.poster.over { position: absolute; inset: 0; }
.poster[hidden] { display: none; }
.poster img { max-width: 100%; height: auto; }
button {
  padding: 8px 20px; border: 0; border-radius: 8px; background: #3a4ee0; color: #fff;
  font: 600 14px/1.5 system-ui, sans-serif; cursor: pointer;
}
button:focus-visible, a:focus-visible { outline: 2px solid #3a4ee0; outline-offset: 2px; }
a { color: #3a4ee0; }
@media (prefers-color-scheme: dark) {
  .poster[data-theme="auto"] { background: #0f1216; color: #e8ebf0; border-color: #2a313a; }
  .poster[data-theme="auto"] a { color: #8b9bff; }
}
.poster[data-theme="dark"] { background: #0f1216; color: #e8ebf0; border-color: #2a313a; }
.poster[data-theme="dark"] a { color: #8b9bff; }
`;

/** The one sheet of all elements: a policy against inline styles does not forbid it. */
function makeSheet() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  return sheet;
}

export function defineElement() {
  if (customElements.get("softmask-view")) return;
  const sheet = makeSheet();
  const budget = new FrameBudget();

  class SoftmaskView extends HTMLElement {
    static observedAttributes = [...STATE_KEYS, "poster", "site"];

    /** @type {FrameViewer | null} */
    #viewer = null;
    /** @type {IntersectionObserver | null} */
    #sight = null;
    #poster = document.createElement("div");
    #image = document.createElement("img");
    #link = document.createElement("a");
    #startButton = document.createElement("button");
    #picture = ""; // the address of a still picture of our own
    #reflecting = false;
    /** How many themes the viewer has been told and has not taken yet. */
    #themesOnTheWay = 0;
    /** Whether the attribute `theme` says what the reader chose in the viewer, not the author. */
    #readersTheme = false;
    /** @type {(() => void) | null} */
    #stopFollowing = null;
    /** What the attributes asked for before the viewer could hear it. */
    #patches = /** @type {Record<string, unknown>} */ ({});

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.#poster.className = "poster";
      this.#poster.part.add("poster");
      this.#startButton.type = "button";
      this.#startButton.addEventListener("click", () => this.start());
      this.#link.target = "_blank";
      this.#link.rel = "noopener";
      this.#image.alt = "";
      this.#image.hidden = true;
      this.#poster.append(this.#image, this.#startButton, this.#link);
      root.append(this.#poster);
    }

    /** The interface of window.softmask with promises; null while there is no frame. */
    get viewer() {
      return this.#viewer;
    }

    connectedCallback() {
      this.#stopFollowing = onHostTheme(() => this.#followHost());
      this.#showPoster();
      if (this.getAttribute("loading") === "eager") {
        this.start();
        return;
      }
      this.#sight = new IntersectionObserver(
        (entries) => {
          budget.near(this, entries[entries.length - 1].isIntersecting);
        },
        { rootMargin: NEAR },
      );
      this.#sight.observe(this);
    }

    disconnectedCallback() {
      this.#stopFollowing?.();
      this.#sight?.disconnect();
      this.#sight = null;
      this.#end();
      this.#dropPicture();
      this.#poster.style.minHeight = "";
      budget.forget(this);
    }

    /**
     * @param {string} name
     * @param {string | null} before
     * @param {string | null} value
     */
    attributeChangedCallback(name, before, value) {
      if (before === value || this.#reflecting) return;
      if (name === "theme") this.#readersTheme = false;
      if (name === "poster" || name === "site" || !this.#viewer) {
        this.#showPoster();
        return;
      }
      this.#patch(name, value);
    }

    /** Starts the viewer now, wherever the element is. Nothing where it runs. */
    start() {
      if (this.#viewer || !this.isConnected) return;
      const viewer = new FrameViewer(frameAddress({ ...this.#asked(), theme: this.#theme() }), {
        title: this.getAttribute("title") ?? undefined,
      });
      this.#viewer = viewer;
      // A frame that comes back starts under the picture that it left; any other shows its progress.
      if (this.#picture) viewer.frame.style.height = this.#poster.style.minHeight;
      this.#poster.classList.toggle("over", this.#picture !== "");
      this.#poster.hidden = this.#picture === "";
      viewer.on("ready", () => {
        this.#poster.hidden = true;
        this.#dropPicture();
        this.#say("ready", undefined);
      });
      viewer.on("change", (state) => {
        this.#reflect(state);
        this.#say("change", state);
      });
      viewer.on("error", (message) => this.#say("error", message));
      viewer.ready.catch((error) => {
        if (this.#viewer !== viewer) return; // taken away before it was ready
        this.#end();
        this.#showPoster();
        this.#say("error", error.message);
      });
      this.shadowRoot?.append(viewer.frame);
      budget.started(this);
    }

    /** Gives the frame back and keeps a still picture; start() goes on with the same state. */
    async release() {
      const viewer = this.#viewer;
      if (!viewer) return;
      const picture = await Promise.race([
        viewer.picture().catch(() => null),
        new Promise((resolve) => setTimeout(() => resolve(null), PICTURE_PATIENCE_MS)),
      ]);
      if (this.#viewer !== viewer) return;
      const { height } = viewer.frame.style;
      this.#end();
      this.#dropPicture();
      if (picture instanceof Blob) this.#picture = URL.createObjectURL(picture);
      this.#showPoster();
      this.#poster.style.minHeight = height; // the page must not jump
    }

    #end() {
      budget.ended(this);
      this.#viewer?.destroy();
      this.#viewer = null;
      this.#patches = {};
    }

    /** The theme that the viewer shall have: the author's, else the page's. */
    #theme() {
      return this.getAttribute("theme") ?? hostTheme();
    }

    /** The page has switched its theme. What the author set stays; what the reader chose gives way. */
    #followHost() {
      if (this.#readersTheme) {
        this.#reflecting = true;
        this.removeAttribute("theme");
        this.#reflecting = false;
        this.#readersTheme = false;
      }
      this.#poster.dataset.theme = this.#theme();
      if (this.#viewer && !this.hasAttribute("theme")) this.#patch("theme", null);
    }

    /** The state that the attributes ask for, and the site that it is to be shown by. */
    #asked() {
      const asked = STATE_KEYS.map((key) => [key, this.getAttribute(key)]);
      const site = this.getAttribute("site");
      try {
        if (site !== null) asked.push(["site", siteFolder(site).href]);
      } catch (error) {
        this.#say("error", /** @type {Error} */ (error).message);
      }
      return Object.fromEntries(asked);
    }

    /**
     * @param {string} key
     * @param {string | null} value null: the attribute has gone, and with it its wish
     */
    #patch(key, value) {
      const first = Object.keys(this.#patches).length === 0;
      this.#patches[key] = value;
      if (first) queueMicrotask(() => this.#send());
    }

    async #send() {
      const viewer = this.#viewer;
      const wishes = this.#patches;
      this.#patches = {};
      if (!viewer) return;
      const hasTheme = Object.hasOwn(wishes, "theme");
      if (hasTheme) wishes.theme = this.#theme();
      this.#themesOnTheWay += Number(hasTheme);
      try {
        const patch = Object.entries(wishes).map(([key, value]) => [
          key,
          value ?? STATE_DEFAULTS[key],
        ]);
        await viewer.setState(Object.fromEntries(patch));
      } catch (error) {
        if (this.#viewer === viewer) this.#say("error", /** @type {Error} */ (error).message);
      } finally {
        this.#themesOnTheWay -= Number(hasTheme);
      }
    }

    /**
     * A key becomes an attribute when it leaves its default, and follows from then on.
     * @param {Record<string, unknown>} state
     */
    #reflect(state) {
      this.#reflecting = true;
      for (const key of STATE_KEYS) {
        const value = String(state[key]);
        const isDefault = value === String(STATE_DEFAULTS[key]);
        if (isDefault && !this.hasAttribute(key)) continue;
        if (key === "theme" && !this.hasAttribute(key)) {
          if (value === hostTheme() || this.#themesOnTheWay > 0) continue; // the page's
          this.#readersTheme = true;
        }
        if (this.getAttribute(key) !== value) this.setAttribute(key, value);
      }
      this.#reflecting = false;
    }

    #showPoster() {
      const language = languageOf(this.getAttribute("lang"));
      this.#poster.lang = language;
      this.#poster.dataset.theme = this.#theme();
      this.#startButton.textContent = textIn(language, "startViewer");
      this.#link.textContent = textIn(language, "openOwnPage");
      this.#link.href = frameAddress(this.#asked(), "index.html").href;
      const picture = this.#picture || this.getAttribute("poster") || "";
      this.#image.hidden = picture === "";
      if (picture) this.#image.src = picture;
      this.#poster.classList.remove("over");
      this.#poster.hidden = false;
    }

    #dropPicture() {
      if (this.#picture) URL.revokeObjectURL(this.#picture);
      this.#picture = "";
    }

    /**
     * @param {string} type
     * @param {unknown} detail
     */
    #say(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail }));
    }
  }
  customElements.define("softmask-view", SoftmaskView);
}
