import { defineConfig } from "vitepress";

const base = "/vitepress/";

export default defineConfig({
  title: "Handbook",
  base,
  head: [["script", { type: "module", src: `${base}softmask/softmask.js` }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "softmask-view" } } },
  themeConfig: {
    sidebar: [
      { text: "Start", link: "/" },
      { text: "Masking", link: "/lessons/masking" },
    ],
  },
});
