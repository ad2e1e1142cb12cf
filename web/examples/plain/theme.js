// The page's own switch of theme. The viewers follow it by themselves: softmask.js sees to that.

const root = document.documentElement;
const button = /** @type {HTMLButtonElement} */ (document.getElementById("theme"));

button.addEventListener("click", () => {
  const dark = root.dataset.theme !== "dark";
  root.dataset.theme = dark ? "dark" : "light";
  button.setAttribute("aria-pressed", String(dark));
});
