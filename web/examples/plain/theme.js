// The page's own switch of theme, and the viewers in step with it.

const root = document.documentElement;
const button = /** @type {HTMLButtonElement} */ (document.getElementById("theme"));

function follow() {
  const theme = root.dataset.theme ?? "auto";
  for (const view of document.querySelectorAll("softmask-view")) view.setAttribute("theme", theme);
  for (const frame of document.querySelectorAll("iframe")) {
    const message = { source: "softmask", type: "setState", id: "theme", state: { theme } };
    frame.contentWindow?.postMessage(message, "*");
  }
}

button.addEventListener("click", () => {
  const dark = root.dataset.theme !== "dark";
  root.dataset.theme = dark ? "dark" : "light";
  button.setAttribute("aria-pressed", String(dark));
});
new MutationObserver(follow).observe(root, { attributeFilter: ["data-theme"] });
follow();
