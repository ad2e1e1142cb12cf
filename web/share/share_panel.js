// The Share panel of the full application: the present view as a link and as what other pages paste,
// with a choice of its parts and a look at what readers will get.

import { makeDialog } from "../dialog.js";
import { FrameViewer, frameAddress } from "../frame_viewer.js";
import { HAS_PAGES } from "../site_pages.js";
import { text } from "../strings.js";
import { button, make, setText } from "../elements.js";
import { addSavePart } from "../save/save_part.js";
import { element, iframe, link, markdown, notebook, restructuredText } from "./share_texts.js";

/** @typedef {import("./share_texts.js").View} View */

// The values of `hide`, in the order of the screen.
const PARTS = /** @type {const} */ (["title", "scores", "masked", "ledger", "controls", "code"]);

/** @type {[string, (view: View) => string][]} */
const FORMS = [
  ["link", link],
  ["iframe", iframe],
  ["element", element],
  ["markdown", markdown],
  ["rst", restructuredText],
  ["notebook", notebook],
];

// As wide as the text of a documentation page.
const PREVIEW_WIDTH = 720;

// A page that came as a file has no address for others; theirs goes here.
const ELSEWHERE = "https://example.org/softmask/";
const HAS_ADDRESS = HAS_PAGES && location.protocol !== "file:";

/** @param {string} part */
const partName = (part) =>
  ({
    title: () => text("shareTitleBar"),
    scores: () => text("shareScores"),
    masked: () => text("shareMasked"),
    ledger: () => text("shareLedger"),
    controls: () => text("shareControls"),
    code: () => text("shareCode"),
  })[part]?.() ?? part;

/** @param {string} form */
const formName = (form) =>
  ({
    link: () => text("shareLink"),
    iframe: () => text("shareIframe"),
    element: () => text("shareElement"),
    markdown: () => text("shareMarkdown"),
    rst: () => text("shareRst"),
    notebook: () => text("shareNotebook"),
  })[form]?.() ?? form;

/** @param {string} form where it is to be pasted, and what it does there */
const formHint = (form) =>
  ({
    link: () => text("shareLinkHint"),
    iframe: () => text("shareIframeHint"),
    element: () => text("shareElementHint"),
    markdown: () => text("shareMarkdownHint"),
    rst: () => text("shareRstHint"),
    notebook: () => text("shareNotebookHint"),
  })[form]?.() ?? "";

/**
 * Opens the panel; it takes itself away when it is closed.
 * @param {import("../viewer.js").Viewer} viewer
 */
export function openSharePanel(viewer) {
  if (document.querySelector("dialog.softmask-share")) return; // a key held down asks again
  new SharePanel(viewer);
}

class SharePanel {
  #state;
  #hide;
  #form = "link";
  #height = 640; // until the preview tells what it needs
  #dialog = makeDialog("softmask-share", "share-title", () => {
    this.#stopFollowing();
    this.#previewSizes.disconnect();
    this.#preview?.destroy();
  });
  #area = make("textarea", { readonly: "", rows: "4", spellcheck: "false" });
  #hint = make("p", { class: "dialog-hint", id: "dialog-hint" });
  #said = make("span", { role: "status" });
  #titleBar = make("label");
  /** @type {FrameViewer | null} */
  #preview = null;
  /** Whether the frame has a height of its own. */
  #previewTold = false;
  // In the next frame: fitting changes the very sizes that are reported.
  #previewSizes = new ResizeObserver(() => requestAnimationFrame(() => this.#fitPreview()));

  /** @type {() => void} */
  #stopFollowing;

  /** @param {import("../viewer.js").Viewer} viewer */
  constructor(viewer) {
    // A file that is dropped on the page, and Back, change what is shared.
    this.#stopFollowing = viewer.on("change", () => this.#follow(viewer.link));
    this.#state = new URLSearchParams(viewer.link);
    this.#hide = new Set((this.#state.get("hide") ?? "").split(",").filter(Boolean));
    this.#area.setAttribute("aria-label", text("textToCopy"));
    this.#area.setAttribute("aria-describedby", "dialog-hint");
    this.#area.addEventListener("focus", () => this.#area.select());

    const copy = button(text("shareCopy"), () => this.#copy(), { class: "dialog-primary" });
    const close = button(text("close"), () => this.#dialog.close());
    this.#dialog.append(
      make("h2", { id: "share-title" }, text("shareHeading")),
      this.#formChoice(),
      this.#partChoice(),
      make("div", { class: "dialog-text" }, this.#area, this.#hint),
      make("div", { class: "dialog-buttons" }, copy, close, this.#said),
    );
    addSavePart(viewer, (part) => this.#dialog.append(part));
    document.body.append(this.#dialog);
    this.#update();
    this.#dialog.showModal();
    copy.focus();
    if (HAS_ADDRESS) this.#startPreview();
  }

  /** Another view: its parts are still those that were chosen here. @param {string} link */
  #follow(link) {
    this.#state = new URLSearchParams(link);
    this.#update();
    const preview = this.#preview;
    const { href } = frameAddress(Object.fromEntries(this.#fields()));
    // Once it runs, another fragment is another view, and nothing is loaded anew.
    preview?.ready.then(() => preview.frame.contentWindow?.location.replace(href)).catch(() => {});
  }

  #formChoice() {
    const group = make("fieldset", { class: "dialog-chips" }, make("legend", {}, text("shareAs")));
    for (const [form] of FORMS) {
      const radio = make("input", { type: "radio", name: "share-form", value: form });
      radio.checked = form === this.#form;
      radio.addEventListener("change", () => {
        this.#form = form;
        this.#update();
      });
      group.append(make("label", {}, radio, make("span", {}, formName(form))));
    }
    return group;
  }

  #partChoice() {
    const group = make(
      "fieldset",
      { class: "dialog-chips" },
      make("legend", {}, text("shareParts")),
    );
    for (const part of PARTS) {
      const box = make("input", { type: "checkbox", value: part });
      box.checked = !this.#hide.has(part);
      box.addEventListener("change", () => {
        if (box.checked) this.#hide.delete(part);
        else this.#hide.add(part);
        this.#update();
        this.#preview?.setState({ hide: [...this.#hide].join(",") }).catch(() => {});
      });
      const label = make("label", {}, box, make("span", {}, partName(part)));
      if (part === "title") this.#titleBar = label;
      group.append(label);
    }
    return group;
  }

  /** The keys that are not at their default, `hide` as it is chosen here. */
  #fields() {
    const fields = new URLSearchParams(this.#state);
    if (this.#hide.size > 0) fields.set("hide", PARTS.filter((p) => this.#hide.has(p)).join(","));
    else fields.delete("hide");
    return /** @type {[string, string][]} */ ([...fields]);
  }

  /** @returns {View} */
  #view() {
    const fields = this.#fields();
    const state = Object.fromEntries(fields);
    const address = (/** @type {string} */ file) => {
      const here = frameAddress(state, file);
      return HAS_ADDRESS ? here.href : ELSEWHERE + file + here.hash;
    };
    // Script and attributes say the state in another way.
    const script = address("softmask.js").replace(/#.*$/, "");
    return {
      page: address("index.html"),
      frame: address("embed.html"),
      script,
      fields,
      height: this.#height,
      title: text("frameTitle"),
      open: text("shareOpen"),
    };
  }

  #update() {
    const [, make] = FORMS.find(([form]) => form === this.#form) ?? FORMS[0];
    const words = make(this.#view());
    if (this.#area.value !== words) {
      this.#area.value = words;
      setText(this.#said, "");
    }
    const elsewhere = HAS_ADDRESS ? "" : ` ${text("shareElsewhere", ELSEWHERE)}`;
    this.#titleBar.hidden = this.#form !== "link"; // a frame has none
    setText(this.#hint, formHint(this.#form) + elsewhere);
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#area.value);
      setText(this.#said, text("shareCopied"));
    } catch {
      this.#area.focus();
      this.#area.select();
      setText(this.#said, text("shareCopyByHand"));
    }
  }

  /** What readers get, in a frame as theirs will be; its height goes into the texts. */
  #startPreview() {
    const state = Object.fromEntries(this.#fields());
    const preview = new FrameViewer(frameAddress(state));
    this.#preview = preview;
    preview.frame.inert = true; // to be looked at: what is clicked there would not be shared
    const { frame } = preview;
    frame.style.width = `${PREVIEW_WIDTH}px`;
    frame.style.transformOrigin = "0 0";
    const title = text("sharePreview", PREVIEW_WIDTH);
    // It scrolls, and nothing in it takes the focus: keys reach it by itself.
    const keys = { tabindex: "0", role: "group", "aria-label": title };
    const box = make("div", { class: "share-preview", ...keys }, make("div", {}, frame));
    this.#dialog.append(make("h3", {}, title), box);
    this.#previewSizes.observe(box);
    // Without a preview the texts are as good, but for the height.
    preview.ready
      .then(() => {
        this.#previewTold = true;
        this.#previewSizes.observe(frame);
      })
      .catch(() => {});
  }

  /** The preview in the room that the panel has; each height that it tells is the frame's own. */
  #fitPreview() {
    const frame = this.#preview?.frame;
    const page = frame?.parentElement;
    if (!frame || !page?.parentElement) return;
    const scale = Math.min(page.parentElement.clientWidth / PREVIEW_WIDTH, 1);
    frame.style.transform = `scale(${scale})`;
    page.style.width = `${PREVIEW_WIDTH * scale}px`;
    page.style.height = `${frame.offsetHeight * scale}px`;
    // Before that it has the height that every frame starts with, which is no view's.
    if (!this.#previewTold) return;
    this.#height = frame.offsetHeight;
    this.#update();
  }
}
