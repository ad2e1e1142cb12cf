// What a monkey does in one step: by mouse, keys, fingers, script, messages and the address, at
// places and with values that its dice choose.

import { cannot } from "./engines/cannot.js";
import { badPatch, fragment, goodPatch, noPatch, oddMessage, pasted } from "./monkey_inputs.js";

const PANELS = ["scores", "mask", "masked", "probabilities"];
const TYPED = [..."[]rmodxt123456?.,vwgGcasu+-nbpikfq"];
const NAMED = [
  ...["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Space", "Enter"],
  ...["PageUp", "PageDown", "Escape", "Tab"],
];

/**
 * @typedef {{page: any, viewer: any, dice: import("./monkey_inputs.js").Dice,
 *   now: {rows: number, cols: number}}} Place   `viewer`: the page, or the frame at its left top
 *   corner; `now`: the size that the viewer has
 * @typedef {{kind: string, weight: number, steps: number, only?: "page" | "frame", skip?: unknown,
 *   run: (place: Place) => Promise<string>}} Action   `steps`: that undo goes back, at most; what
 *   run() did, in words
 */

/** Somewhere in a cell, header or, where the panel is not shown, the picture; scrolled into sight. */
async function spot({ viewer, dice, now }, header = false) {
  const panel = dice.of(PANELS);
  const row = header ? -1 : dice.whole(-1, now.rows - 1);
  const col = dice.whole(0, now.cols - 1);
  const at = [dice.next(), dice.next()];
  const { x, y } = await viewer.evaluate(
    (...given) => {
      const [name, r, c, [right, down]] = given;
      const { softmask } = /** @type {any} */ (window);
      const place = () => {
        const rect = softmask.cellRect(name, r, c);
        if (rect.width > 0) return rect;
        const canvas = document.querySelector("canvas").getBoundingClientRect();
        return canvas;
      };
      const { y: top } = place();
      if (top < 40 || top > innerHeight - 60) scrollBy(0, top - innerHeight / 2);
      const rect = place();
      const inside = (from, size, most) => Math.min(Math.max(from + size, 1), most - 2);
      return {
        x: inside(rect.x, rect.width * right, innerWidth),
        y: inside(rect.y, Math.min(rect.height, innerHeight) * down, innerHeight),
      };
    },
    ...[panel, row, col, at],
  );
  return { x: Math.round(x), y: Math.round(y), words: `${panel} ${row} ${col}` };
}

const focus = (viewer) => viewer.evaluate(() => document.querySelector("canvas").focus());

/** Some repaints: what a browser makes of an input in its own time has come then. */
const repaints = (viewer, count) =>
  viewer.evaluate(
    (many) =>
      new Promise((resolve) => {
        const turn = () => (many-- > 0 ? requestAnimationFrame(turn) : resolve(0));
        turn();
      }),
    count,
  );

async function withKeys(page, keys, act) {
  for (const key of keys) await page.keyboard.down(key);
  await act();
  for (const key of keys) await page.keyboard.up(key);
}

/**
 * setState() by script; a refusal must be one, and change nothing. Objects go as text: Firefox's driver
 * carries none with a toString of its own.
 */
const patch = (viewer, given) =>
  viewer.evaluate(
    (sent, isText) => {
      const { softmask } = /** @type {any} */ (window);
      const wanted = isText ? JSON.parse(sent) : sent;
      const before = JSON.stringify(softmask.getState());
      try {
        softmask.setState(wanted);
        return "taken";
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
        const after = JSON.stringify(softmask.getState());
        if (after !== before) throw new Error(`${error.message}, but ${before} became ${after}`);
        return "refused";
      }
    },
    ...(typeof given === "object" ? [JSON.stringify(given), true] : [given, false]),
  );

/** What JSON cannot carry is not told apart: it goes as null. */
const carried = (value) => JSON.parse(JSON.stringify(value));

/** A message of the page around; the reply where one is due. */
const ask = (page, message) =>
  page.evaluate(
    (sent) => /** @type {any} */ (window).ask(JSON.parse(sent)),
    JSON.stringify(message),
  );

const address = (viewer, text) =>
  viewer.evaluate((hash) => {
    location.hash = hash;
  }, text);

/** @type {Action[]} */
export const ACTIONS = [
  {
    kind: "mouse: click",
    weight: 14,
    steps: 1,
    async run(place) {
      const { x, y, words } = await spot(place);
      const shift = place.dice.once(4);
      const button = place.dice.once(12) ? place.dice.of(["right", "middle"]) : "left";
      await withKeys(place.page, shift ? ["Shift"] : [], () =>
        place.page.mouse.click(x, y, { button }),
      );
      return `${shift ? "Shift + " : ""}${button} at ${words} (${x}, ${y})`;
    },
  },
  {
    kind: "mouse: anywhere",
    weight: 8,
    steps: 2,
    async run({ page, viewer, dice }) {
      const size = await viewer.evaluate(() => {
        scrollTo(0, 0);
        const { bottom } = document.querySelector("canvas").getBoundingClientRect();
        return [innerWidth, Math.min(bottom, innerHeight)];
      });
      const [x, y] = [dice.whole(1, size[0] - 2), dice.whole(1, Math.max(size[1] - 2, 2))];
      await page.mouse.click(x, y);
      return `(${x}, ${y})`;
    },
  },
  {
    kind: "mouse: drag",
    weight: 5,
    steps: 2,
    async run(place) {
      const { page, dice } = place;
      const from = await spot(place, true);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      const to = { x: from.x + dice.whole(-300, 300), y: from.y + dice.whole(-20, 20) };
      await page.mouse.move(Math.min(Math.max(to.x, 1), 890), Math.max(to.y, 1), { steps: 3 });
      await page.mouse.up();
      return `${from.words} by ${to.x - from.x}`;
    },
  },
  {
    kind: "mouse: wheel",
    weight: 3,
    steps: 0,
    async run(place) {
      const { page, viewer, dice } = place;
      const { x, y } = await spot(place);
      await page.mouse.move(x, y);
      const near = dice.once(2);
      await withKeys(page, near ? ["Control"] : [], () =>
        page.mouse.wheel({ deltaY: dice.whole(-200, 200) }),
      );
      await repaints(viewer, 3);
      return near ? "with Control" : "";
    },
  },
  {
    kind: "keys: one",
    weight: 22,
    steps: 1,
    async run({ page, viewer, dice }) {
      if (!dice.once(12)) await focus(viewer);
      const key = dice.once(2) ? dice.of(NAMED) : dice.of(TYPED);
      await withKeys(page, dice.once(8) ? ["Shift"] : [], () => page.keyboard.press(key));
      return key;
    },
  },
  {
    kind: "keys: undo or redo",
    weight: 8,
    steps: 0,
    async run({ page, viewer, dice }) {
      await focus(viewer);
      const redo = dice.once(2);
      await withKeys(page, redo ? ["Control", "Shift"] : ["Control"], () =>
        page.keyboard.press("KeyZ"),
      );
      return redo ? "redo" : "undo";
    },
  },
  {
    kind: "keys: many at once",
    weight: 2,
    steps: 6,
    async run({ page, viewer, dice }) {
      await focus(viewer);
      const keys = Array.from({ length: 6 }, () => dice.of(TYPED));
      for (const key of keys) await page.keyboard.press(key);
      return keys.join(" ");
    },
  },
  {
    kind: "touch: tap",
    weight: 6,
    steps: 1,
    skip: cannot("touch"),
    async run(place) {
      const { x, y, words } = await spot(place);
      await place.page.touchscreen.tap(x, y);
      await repaints(place.viewer, 4);
      return `${words} (${x}, ${y})`;
    },
  },
  {
    kind: "touch: swipe",
    weight: 2,
    steps: 1,
    skip: cannot("touch"),
    async run(place) {
      const { x, y, words } = await spot(place);
      const finger = await place.page.touchscreen.touchStart(x, y);
      for (let i = 1; i < 5; i++) await finger.move(x, Math.max(y - 20 * i, 1));
      await finger.end();
      await repaints(place.viewer, 4);
      return words;
    },
  },
  {
    kind: "script: setState",
    weight: 12,
    steps: 1,
    async run({ viewer, dice, now }) {
      const given = dice.once(3)
        ? dice.once(5)
          ? noPatch(dice)
          : carried(badPatch(dice, now))
        : carried(goodPatch(dice, now));
      return `${JSON.stringify(given)?.slice(0, 200)} ${await patch(viewer, given)}`;
    },
  },
  {
    kind: "script: in the middle of a motion",
    weight: 1,
    steps: 4,
    async run({ viewer, dice, now }) {
      const patches = [goodPatch(dice, now), goodPatch(dice, now)].map(carried);
      await viewer.evaluate(async (all) => {
        const { softmask } = /** @type {any} */ (window);
        softmask.setState({ animate: "1" });
        for (const one of all) {
          try {
            softmask.setState(one);
          } catch {
            // Of a size that the one before has changed.
          }
          await new Promise(requestAnimationFrame);
        }
        softmask.setState({ animate: "auto" });
      }, patches);
      return JSON.stringify(patches).slice(0, 200);
    },
  },
  {
    kind: "messages: request",
    weight: 12,
    steps: 1,
    only: "frame",
    async run({ page, dice, now }) {
      const type = dice.of([
        "setState",
        "setState",
        "setState",
        "getState",
        "getResult",
        "cellRect",
      ]);
      const state = dice.once(3) ? badPatch(dice, now) : goodPatch(dice, now);
      const [panel, row, col] = [
        dice.of([...PANELS, "none"]),
        dice.whole(-2, 9),
        dice.whole(-1, 9),
      ];
      const more = type === "setState" ? { state } : type === "cellRect" ? { panel, row, col } : {};
      const answer = await ask(page, { source: "softmask", type, ...more });
      return `${type} ${JSON.stringify(more).slice(0, 200)} ${answer}`;
    },
  },
  {
    kind: "messages: odd, or of a stranger",
    weight: 5,
    steps: 0,
    only: "frame",
    async run({ page, viewer, dice }) {
      const before = await viewer.evaluate(() =>
        JSON.stringify(/** @type {any} */ (window).softmask.getState()),
      );
      const message = dice.once(2)
        ? oddMessage(dice)
        : { source: "softmask", type: "setState", id: 6, state: { seed: "4711" } };
      const stranger = message?.id === 6;
      await page.evaluate(
        (sent, foreign) => /** @type {any} */ (window)[foreign ? "sendAsStranger" : "send"](sent),
        message,
        stranger,
      );
      await repaints(viewer, 1);
      const after = await viewer.evaluate(() =>
        JSON.stringify(/** @type {any} */ (window).softmask.getState()),
      );
      if (after !== before) throw new Error(`${JSON.stringify(message)}: ${before} → ${after}`);
      return JSON.stringify(message);
    },
  },
  {
    kind: "address: edited",
    weight: 8,
    steps: 1,
    async run({ viewer, dice, now }) {
      const text = fragment(dice, now);
      await address(viewer, text);
      await repaints(viewer, 1);
      return text.slice(0, 200);
    },
  },
  {
    kind: "address: there and back",
    weight: 2,
    steps: 3,
    async run({ viewer, dice, now }) {
      const text = fragment(dice, now);
      await viewer.evaluate(
        async (hash) => {
          const { length } = history;
          location.hash = hash;
          // Browsers forget edits that are too many in a short time: then there is no way back.
          if (history.length === length && length < 50) return;
          const gone = new Promise((resolve) => {
            addEventListener("popstate", resolve, { once: true });
            let patience = 200; // where nothing was left to go back to
            const turn = () => (patience-- > 0 ? requestAnimationFrame(turn) : resolve(0));
            turn();
          });
          history.back();
          await gone;
        },
        `${text}&seed=${dice.whole(0, 1e6)}`,
      );
      return text.slice(0, 200);
    },
  },
  {
    kind: "text: pasted",
    weight: 2,
    steps: 1,
    only: "page",
    async run({ page, dice }) {
      const text = pasted(dice);
      await page.evaluate((words) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", words);
        const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
        Object.defineProperty(event, "clipboardData", { value: clipboardData });
        document.body.dispatchEvent(event);
      }, text);
      await page.waitForSelector("dialog.softmask-import");
      await page.evaluate(
        (use) => {
          const find = (selector) => document.querySelector(`dialog.softmask-import ${selector}`);
          /** @type {any} */ (find(`input[value=${use}]`)).click();
          /** @type {any} */ (find(".dialog-primary")).click();
        },
        dice.of(["scores", "scores", "masked", "kept"]),
      );
      await page.waitForFunction(() => {
        const dialog = document.querySelector("dialog.softmask-import");
        return !dialog || dialog.querySelector(".import-said")?.textContent;
      });
      return JSON.stringify(text);
    },
  },
];
