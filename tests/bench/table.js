// The benchmark's results as one table that a person can read.

/**
 * @typedef {{atLeast?: number, atMost?: number}} Goal
 * @typedef {object} Row one line of the table
 * @property {string} what
 * @property {{name: string, value: number, goal?: Goal}} [ratio]
 * @property {Record<string, number | string>} [figures] measured times, their `unit` among them
 * @property {string} [note] why there is no ratio
 *
 * @typedef {{title: string, rows: Row[]}} Section
 */

/** @param {Row["ratio"]} ratio @returns {boolean | null} null where there is no goal */
export function isMet(ratio) {
  if (!ratio?.goal) return null;
  const { atLeast = -Infinity, atMost = Infinity } = ratio.goal;
  return ratio.value >= atLeast && ratio.value <= atMost;
}

function goalText(goal) {
  if (!goal) return "";
  return goal.atLeast !== undefined ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
}

/** Three significant digits, but no fewer than the whole part has. */
const short = (value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function figuresText({ unit = "", ...figures }) {
  const parts = Object.entries(figures).map(
    ([name, value]) => `${name} ${typeof value === "number" ? short(value) : value}`,
  );
  return `${parts.join(", ")} ${unit}`.trimEnd();
}

/** @param {Section[]} sections @returns {string} */
export function tableText(sections) {
  const lines = [];
  for (const { title, rows } of sections) {
    lines.push("", title);
    for (const { what, ratio, figures, note } of rows) {
      const met = isMet(ratio);
      const cells = [
        what.padEnd(24),
        (ratio ? `${ratio.name} ${short(ratio.value)}` : (note ?? "")).padEnd(34),
        goalText(ratio?.goal).padEnd(8),
        (met === null ? "" : met ? "met" : "NOT MET").padEnd(8),
      ];
      lines.push(`  ${cells.join("  ")}`.trimEnd());
      if (figures) lines.push(`      ${figuresText(figures)}`);
    }
  }
  const all = sections.flatMap(({ rows }) => rows.map(({ ratio }) => isMet(ratio)));
  const goals = all.filter((met) => met !== null);
  lines.push("", `${goals.filter(Boolean).length} of ${goals.length} goals met`);
  return lines.join("\n");
}
