// The keys of the state and their values where nothing is said (docs/state.md). A page that embeds
// has to know them before a viewer is loaded; the tests hold them against the viewer's own.

/** @type {Record<string, string | number>} */
export const STATE_DEFAULTS = {
  seed: "333512",
  rows: 4,
  cols: 5,
  scores: "",
  cpu: "avx2",
  mask: "random",
  fill: "-1e9",
  dtype: "float32",
  order: "fill",
  dim: -1,
  temperature: 1,
  row: "0",
  lesson: "",
  lang: "auto",
  theme: "auto",
  hide: "",
  animate: "auto",
};

export const STATE_KEYS = Object.keys(STATE_DEFAULTS);
