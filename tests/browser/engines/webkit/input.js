// Mouse and keyboard of WebKit's pages: WebDriver's actions, which WebKit takes as events of its
// window.

// puppeteer's names of keys that are no characters, and WebDriver's code points for them.
const CODES = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  Space: " ",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Delete: "\uE017",
  F5: "\uE035",
  F12: "\uE03C",
  Meta: "\uE03D",
};
/** Those that are characters: without and with Shift, on an American keyboard. */
const CHARACTERS = {
  BracketLeft: "[{",
  BracketRight: "]}",
  Slash: "/?",
  Comma: ",<",
  Period: ".>",
  Minus: "-_",
  Equal: "=+",
};
const DIGITS = ")!@#$%^&*(";

/** @param {string} key @param {boolean} shift */
function character(key, shift) {
  if (key in CODES) return CODES[key];
  if (key in CHARACTERS) return CHARACTERS[key][shift ? 1 : 0];
  const letter = /^Key([A-Z])$/.exec(key)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(key)?.[1];
  if (digit) return shift ? DIGITS[Number(digit)] : digit;
  if ([...key].length === 1) return key;
  throw new Error(`no key is called ${key}`);
}

export class Keyboard {
  #page;
  #shift = false;
  /** What each key that is down was when it went down. */
  #down = new Map();

  /** @param {import("./page.js").WebKitPage} page */
  constructor(page) {
    this.#page = page;
  }

  #perform(...actions) {
    return this.#page.perform({ type: "key", id: "keyboard", actions });
  }

  /** @param {string} key */
  async down(key) {
    const value = character(key, this.#shift);
    if (key === "Shift") this.#shift = true;
    this.#down.set(key, value);
    await this.#perform({ type: "keyDown", value });
  }

  /** @param {string} key */
  async up(key) {
    const value = this.#down.get(key) ?? character(key, this.#shift);
    if (key === "Shift") this.#shift = false;
    this.#down.delete(key);
    await this.#perform({ type: "keyUp", value });
  }

  /** @param {string} key */
  async press(key) {
    await this.down(key);
    await this.up(key);
  }

  /** @param {string} text */
  async type(text) {
    for (const one of text) await this.press(one);
  }
}

export class Mouse {
  #page;
  #at = { x: 0, y: 0 };

  /** @param {import("./page.js").WebKitPage} page */
  constructor(page) {
    this.#page = page;
  }

  #perform(...actions) {
    const parameters = { pointerType: "mouse" };
    return this.#page.perform({ type: "pointer", id: "mouse", parameters, actions });
  }

  #moveTo(x, y) {
    this.#at = { x, y };
    return { type: "pointerMove", duration: 0, origin: "viewport", x, y };
  }

  /** @param {number} x @param {number} y @param {{steps?: number}} [options] */
  async move(x, y, { steps = 1 } = {}) {
    const from = this.#at;
    for (let i = 1; i <= steps; i++) {
      const part = i / steps;
      await this.#perform(this.#moveTo(from.x + (x - from.x) * part, from.y + (y - from.y) * part));
    }
  }

  async down() {
    await this.#perform({ type: "pointerDown", button: 0 });
  }

  async up() {
    await this.#perform({ type: "pointerUp", button: 0 });
  }

  /** @param {number} x @param {number} y */
  async click(x, y) {
    await this.#perform(this.#moveTo(x, y));
    await this.down();
    await this.up();
  }

  /** @param {{deltaX?: number, deltaY?: number}} deltas */
  async wheel({ deltaX = 0, deltaY = 0 }) {
    const { x, y } = this.#at;
    const scroll = { type: "scroll", duration: 0, origin: "viewport", x, y, deltaX, deltaY };
    await this.#page.perform({ type: "wheel", id: "wheel", actions: [scroll] });
  }
}
