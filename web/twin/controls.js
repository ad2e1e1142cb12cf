// The controls of the picture as a form.

import { text } from "../strings.js";
import { button, make } from "../elements.js";
import { Field, input, select } from "./field.js";

/**
 * @typedef {import("./access.js").TwinAccess} TwinAccess
 * @typedef {import("../viewer.js").State} State
 * @typedef {(patch: Record<string, string>) => string} SetState   empty, or what is wrong
 */

const FILLS = ["-1e9", "-inf", "1e-9", "0", "-1e4", "finfo.min"];
const OTHER = "other";
const BY_HAND = "bits";
const WITH_K = ["padding", "window"];

export class Controls {
  #setState;
  #access;
  #mask;
  #maskK;
  #fill;
  #fillOther;
  /** @type {[string, Field][]} */
  #plain;
  #undo;
  #redo;
  #cell;
  // Chosen, but not yet typed: the field for the other value stays open.
  #otherFill = false;

  /**
   * @param {TwinAccess} access
   * @param {SetState} setState
   */
  constructor(access, setState) {
    this.#access = access;
    this.#setState = setState;
    const plain = (
      /** @type {string} */ key,
      /** @type {string} */ label,
      /** @type {HTMLInputElement | HTMLSelectElement} */ control,
    ) =>
      /** @type {[string, Field]} */ ([
        key,
        new Field(label, control, (value) => setState({ [key]: value })),
      ]);
    const same = (/** @type {string[]} */ values) =>
      select(values.map((value) => /** @type {[string, string]} */ ([value, value])));
    const seed = plain("seed", text("twinSeed"), input("numeric"));
    const rows = plain("rows", text("twinRows"), input("numeric"));
    const cols = plain("cols", text("twinCols"), input("numeric"));
    const dtype = plain("dtype", text("twinDtype"), same(["float32", "float16", "bfloat16"]));
    const order = plain(
      "order",
      text("twinOrder"),
      select([
        ["fill", text("twinOrderFill")],
        ["zero", text("twinOrderZero")],
        ["renorm", text("twinOrderRenorm")],
      ]),
    );
    const dim = plain(
      "dim",
      text("twinDim"),
      select([
        ["-1", text("twinDimRows")],
        ["0", text("twinDimColumns")],
      ]),
    );
    const temperature = plain("temperature", text("twinTemperature"), input("decimal"));
    const cpu = plain(
      "cpu",
      text("twinCpu"),
      select([
        ["avx2", "AVX2"],
        ["default", "default"],
      ]),
    );
    const theme = plain(
      "theme",
      text("twinTheme"),
      select([
        ["auto", text("twinAuto")],
        ["light", text("twinThemeLight")],
        ["dark", text("twinThemeDark")],
      ]),
    );
    const lang = plain(
      "lang",
      text("twinLanguage"),
      select([
        ["auto", text("twinAuto")],
        ["en", "English"],
        ["zh-CN", "简体中文"],
      ]),
    );
    this.#plain = [seed, rows, cols, dtype, order, dim, temperature, cpu, theme, lang];

    this.#mask = new Field(
      text("twinMask"),
      select([
        ["random", text("twinMaskRandom")],
        ["none", text("twinMaskNone")],
        ["causal", text("twinMaskCausal")],
        ["padding", text("twinMaskPadding")],
        ["window", text("twinMaskWindow")],
        [BY_HAND, text("twinMaskByHand")],
      ]),
      (value) => this.#chooseMask(value),
    );
    this.#maskK = new Field(text("twinMaskK"), input("numeric"), (value) =>
      setState({ mask: `${this.#mask.control.value}:${value}` }),
    );
    this.#fill = new Field(
      text("twinFill"),
      select([
        ...FILLS.map((fill) => /** @type {[string, string]} */ ([fill, fill])),
        [OTHER, text("twinFillOther")],
      ]),
      (value) => this.#chooseFill(value),
    );
    this.#fillOther = new Field(text("twinFillValue"), input("text"), (value) =>
      setState({ fill: value }),
    );
    this.#undo = button(text("twinUndo"), () => access.undo());
    this.#redo = button(text("twinRedo"), () => access.redo());
    this.#cell = this.#cellForm();

    const [seedField, ...others] = [seed, rows, cols].map(([, field]) => field.element);
    this.element = make(
      "fieldset",
      { class: "twin-controls" },
      make("legend", {}, text("twinControls")),
      make(
        "div",
        { class: "twin-buttons" },
        this.#undo,
        this.#redo,
        button(text("twinSeedBefore"), () => access.stepSeed(-1)),
        button(text("twinSeedAfter"), () => access.stepSeed(1)),
        button(text("twinSeedNew"), () => access.newSeed()),
      ),
      seedField,
      ...[this.#fill, this.#fillOther, this.#mask, this.#maskK].map((field) => field.element),
      ...others,
      ...[order, dtype, dim, temperature, cpu, theme, lang].map(([, field]) => field.element),
      this.#cell,
    );
  }

  /** @param {string} value */
  #chooseMask(value) {
    if (value === BY_HAND) return ""; // what is there stays, to be changed by the columns
    if (!WITH_K.includes(value)) return this.#setState({ mask: value });
    return this.#setState({ mask: `${value}:1` });
  }

  /** @param {string} value */
  #chooseFill(value) {
    this.#otherFill = value === OTHER;
    this.#fillOther.hidden = !this.#otherFill;
    if (this.#otherFill) {
      this.#fillOther.control.focus();
      return "";
    }
    return this.#setState({ fill: value });
  }

  #cellForm() {
    const row = input("numeric");
    const col = input("numeric");
    row.value = "0";
    col.value = "0";
    const problem = make("p", { class: "twin-error", role: "alert" });
    const flip = button(text("twinCellFlip"), () => {
      const whole = /^\d+$/;
      const at = [row, col].map((field) => field.value.trim());
      problem.textContent = at.every((value) => whole.test(value))
        ? this.#access.toggleCell(Number(at[0]), Number(at[1]))
        : text("twinCellWrong");
    });
    return make(
      "fieldset",
      { class: "twin-cell" },
      make("legend", {}, text("twinCell")),
      new Field(text("twinCellRow"), row, () => "").element,
      new Field(text("twinCellColumn"), col, () => "").element,
      flip,
      problem,
    );
  }

  /** @param {State} state */
  update(state) {
    for (const [key, field] of this.#plain) field.show(String(state[key]));
    const mask = String(state.mask);
    const [kind, k = ""] = /^[01]/.test(mask) ? [BY_HAND] : mask.split(":");
    this.#mask.show(kind);
    this.#maskK.hidden = k === "";
    if (k !== "") this.#maskK.show(k);
    const fill = String(state.fill);
    const preset = FILLS.includes(fill);
    if (preset) this.#otherFill &&= document.activeElement === this.#fillOther.control;
    if (!this.#otherFill) this.#fill.show(preset ? fill : OTHER);
    this.#fillOther.hidden = preset && !this.#otherFill;
    if (!preset) this.#fillOther.show(fill);
    const { canUndo, canRedo } = this.#access.conditions();
    // Not `disabled`: that would take the focus from who undoes step by step.
    this.#undo.setAttribute("aria-disabled", String(!canUndo));
    this.#redo.setAttribute("aria-disabled", String(!canRedo));
  }
}
