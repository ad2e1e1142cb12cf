// The part Save of the Share panel, for tests: opened, pressed, and what came of it.

export const PART = ".softmask-share .save-part";

/** Opens the panel; what it saves is kept on the page instead of in the reader's folder. */
export async function open(page) {
  await page.evaluate(() => {
    const own = /** @type {any} */ (window);
    own.saved = [];
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      own.blob = blob;
      return createObjectURL.call(URL, blob);
    };
    HTMLAnchorElement.prototype.click = function () {
      own.saved.push({ name: this.download, blob: own.blob });
    };
  });
  await page.focus("#canvas");
  await page.keyboard.press("e");
  await page.waitForSelector(PART);
}

/** The button of that name, by the keyboard, until its file is there. */
export async function press(page, words) {
  const count = await page.evaluate(() => /** @type {any} */ (window).saved.length);
  await page.evaluate(
    (part, label) => {
      const buttons = [...document.querySelectorAll(`${part} button`)];
      const found = buttons.find(({ textContent }) => textContent === label);
      /** @type {HTMLElement} */ (found).focus();
    },
    PART,
    words,
  );
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    (was) => /** @type {any} */ (window).saved.length > was,
    { timeout: 120_000 },
    count,
  );
}

/** What was saved last. */
export const last = (page) =>
  page.evaluate(async () => {
    const { name, blob } = /** @type {any} */ (window).saved.at(-1);
    return { name, type: blob.type, bytes: [...new Uint8Array(await blob.arrayBuffer())] };
  });

/** An option of a select. */
export const choose = (page, id, value) =>
  page.$eval(
    id,
    (select, wanted) => {
      select.value = wanted;
    },
    value,
  );
