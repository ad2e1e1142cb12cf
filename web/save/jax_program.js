// A screen as a JAX program, as one writes it there. JAX draws other numbers and has an exponential
// of its own: the scores stand in it as they are, and the result agrees but for last bits.

import { MOST_LISTED_SCORES, floatRows, maskText } from "./program_literals.js";

/**
 * @param {import("./numpy_program.js").Screen} screen
 * @param {import("./numpy_parts.js").Say} text
 */
export function jaxProgram({ state, scores, mask, refusal }, text) {
  const { rows, cols, dtype, fill, order, dim, temperature } = state;
  const listed =
    rows * cols <= MOST_LISTED_SCORES
      ? `scores = jnp.array(${floatRows(scores, cols, "jnp")}, jnp.${dtype})\n`
      : `scores = jnp.load("scores.npy").astype(jnp.${dtype})\n`;
  const masked = maskText(state, mask, "jnp");
  const comments = [text("programJax")];
  if (/jnp\.load/.test(listed + masked)) comments.push(text("programLoads"));
  const head = `${comments.map((line) => `# ${line}\n`).join("")}import jax\nimport jax.numpy as jnp\n\n`;
  if (refusal) return `${head}${listed}${masked}raise OverflowError(${JSON.stringify(refusal)})\n`;
  const value =
    fill === "finfo.min"
      ? "jnp.finfo(scores.dtype).min"
      : fill === "-inf"
        ? "-jnp.inf"
        : String(fill);
  const divided = temperature === 1 ? "" : ` / ${temperature}`;
  const input = `${order === "fill" ? "masked_scores" : "scores"}${divided}`;
  return [
    head,
    listed,
    masked,
    `masked_scores = jnp.where(masked, jnp.array(${value}, scores.dtype), scores)\n`,
    `scores_softmax = jax.nn.softmax(${input}, axis=${dim})\n`,
    order === "fill" ? "" : "scores_softmax = jnp.where(masked, 0, scores_softmax)\n",
    order === "renorm" ? `scores_softmax /= scores_softmax.sum(axis=${dim}, keepdims=True)\n` : "",
  ].join("");
}
