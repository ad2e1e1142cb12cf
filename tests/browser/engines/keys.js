// Keys by puppeteer's names as WebDriver spells them, both in its plain form and in BiDi: characters,
// or code points of Unicode's private area.

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

/** Which characters the keys of one keyboard are, as its Shift key is. */
export class KeyNames {
  #shift = false;
  /** What each key that is down was when it went down. */
  #down = new Map();

  /** @param {string} key */
  down(key) {
    const value = character(key, this.#shift);
    if (key === "Shift") this.#shift = true;
    this.#down.set(key, value);
    return value;
  }

  /** @param {string} key */
  isDown(key) {
    return this.#down.has(key);
  }

  /** @param {string} key */
  up(key) {
    const value = this.#down.get(key) ?? character(key, this.#shift);
    if (key === "Shift") this.#shift = false;
    this.#down.delete(key);
    return value;
  }
}
