// The four tensors as plain tables, for readers whose browser cannot draw the picture.

import { text } from "./strings.js";

const MOST = 64;

/**
 * @param {string} name
 * @param {ArrayLike<number>} values row-major
 * @param {number} rows
 * @param {number} cols
 */
function tableOf(name, values, rows, cols) {
  const table = document.createElement("table");
  const caption = table.createCaption();
  const cut = rows > MOST || cols > MOST;
  caption.textContent = cut ? text("tableCut", name, MOST) : name;
  const head = table.createTHead().insertRow();
  head.append(document.createElement("th"));
  for (let col = 0; col < Math.min(cols, MOST); ++col) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = String(col);
    head.append(cell);
  }
  const body = table.createTBody();
  for (let row = 0; row < Math.min(rows, MOST); ++row) {
    const line = body.insertRow();
    const header = document.createElement("th");
    header.scope = "row";
    header.textContent = String(row);
    line.append(header);
    for (let col = 0; col < Math.min(cols, MOST); ++col) {
      const value = values[row * cols + col];
      line.insertCell().textContent = Math.abs(value) < 1e5 ? value.toFixed(3) : String(value);
    }
  }
  return table;
}

/**
 * Replaces what `place` holds.
 * @param {HTMLElement} place
 * @param {import("./viewer.js").Result} result
 * @param {string} sentence
 */
export function showTables(place, result, sentence) {
  const { rows, cols } = result;
  const words = document.createElement("p");
  words.textContent = [sentence, ...result.notes].join(" ");
  const tables = [
    tableOf("scores", result.scores, rows, cols),
    tableOf(text("tableMask"), result.mask, rows, cols),
  ];
  if (result.probabilities.length > 0) {
    tables.push(
      tableOf("masked_scores", result.maskedScores, rows, cols),
      tableOf("scores_softmax", result.probabilities, rows, cols),
    );
  }
  place.replaceChildren(words, ...tables);
}
