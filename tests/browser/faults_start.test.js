// What may be missing or wrong when a page starts. In every case a reader of either language is told
// what it is and what helps, a page that embeds the viewer hears of it, and what can go on goes on,
// with the same bits. faults.test.js has what happens later.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cannot } from "./engines/cannot.js";
import { LANGUAGES, bitsOf, failure, patched, settled, stateOf, withBroken } from "./fault_page.js";
import { FOLDER, hostTests, tallPage, viewerFrame } from "./host_page.js";
import { FEW_PIXELS } from "./viewer_tests.js";

const STATE = "mask=01101";

/** What the server makes of its files. @type {NonNullable<Parameters<typeof hostTests>[0]>["spoil"]} */
let spoil;
const started = hostTests({
  pages: {
    "/frame": tallPage(`<iframe src="${FOLDER}embed.html#${STATE}" title="S"></iframe>`),
    "/element": tallPage(""),
  },
  spoil: (path, file) => (spoil ? spoil(path, file) : file),
});

/** @param {string} path @param {Parameters<typeof withBroken>[2]} broken */
const open = (path, broken, options, use) =>
  withBroken(
    started().browser,
    started().host + path,
    broken,
    { ...FEW_PIXELS, width: 800, height: 700, ...options },
    use,
  );
const index = (fragment) => `${FOLDER}index.html#${STATE}&${fragment}`;

/** The bits of the state above where nothing is wrong. */
let whole = /** @type {string | null} */ (null);
async function wholeBits() {
  if (whole) return whole;
  await open(index("lang=en"), null, {}, async (page) => {
    await settled(page);
    whole = await bitsOf(page);
  });
  return whole;
}

/** Puts an element into the page; what its event `error` says, or "" where it is ready. */
const startElement = (page, attributes) =>
  page.evaluate(async (given) => {
    await customElements.whenDefined("softmask-view");
    const view = document.createElement("softmask-view");
    for (const [name, value] of Object.entries(given)) view.setAttribute(name, value);
    const said = new Promise((resolve) => {
      view.addEventListener("error", (event) => resolve(/** @type {any} */ (event).detail));
      view.addEventListener("ready", () => resolve(""));
    });
    document.querySelector("#before").after(view);
    /** @type {any} */ (view).start();
    return said;
  }, attributes);

/** What an element shows instead of a viewer, once it has given up. */
async function posterOf(page) {
  await page.waitForFunction(
    () => !(/** @type {any} */ (document.querySelector("softmask-view")).viewer),
  );
  return page.$eval("softmask-view", (view) => {
    const poster = view.shadowRoot.querySelector(".poster");
    const link = poster.querySelector("a");
    return {
      shown: !poster.hidden && link.getClientRects().length > 0,
      words: link.textContent,
      address: link.href,
      frames: view.shadowRoot.querySelectorAll("iframe").length,
    };
  });
}

/**
 * That a page says what is wrong, and an element, in languages that take turns. `wanted` are the
 * words in each.
 */
async function assertTold(broken, wanted, options = {}) {
  turns += 1;
  for (const place of ["page", "element"]) {
    const i = (turns + Number(place === "element")) % 2;
    const lang = LANGUAGES[i];
    if (place === "page") {
      await open(index(`lang=${lang}`), broken, options, async (page) => {
        assert.match(await failure(page), wanted[i]);
        assert.equal(await page.$eval("#progress", (bar) => bar.hidden), true);
      });
      continue;
    }
    await open("/element", broken, options, async (page) => {
      assert.match(await startElement(page, { mask: "01101", lang }), wanted[i]);
      const poster = await posterOf(page);
      assert.deepEqual([poster.shown, poster.frames], [true, 0]);
      assert.match(poster.words, i === 0 ? /page of its own/ : /页面/);
      assert.match(poster.address, /index\.html#.*mask=01101/);
    });
  }
}

let turns = 0;

/** That the element starts after all, with all bits, once nothing is wrong any more. */
const assertSecondTry = (spoiled) =>
  open("/element", null, { network: true }, async (page) => {
    spoil = spoiled;
    assert.notEqual(await startElement(page, { mask: "01101" }), "");
    spoil = undefined;
    await page.evaluate(() => {
      const view = /** @type {any} */ (document.querySelector("softmask-view"));
      const ready = new Promise((resolve) => view.addEventListener("ready", resolve));
      view.start();
      return ready;
    });
    const guest = await viewerFrame(page, "softmask-view");
    assert.equal(await bitsOf(guest.frame), await wholeBits());
  });

test("no WebAssembly: said in words, and the element stays a link", () =>
  assertTold(() => {
    delete (/** @type {any} */ (window).WebAssembly);
  }, [/no WebAssembly.*switched off/, /没有 WebAssembly.*关闭/]));

const isProgram = (path) => /app-(simd|scalar)\.wasm$/.test(path);
/** @type {[string, NonNullable<typeof spoil>, RegExp[]][]} */
const SPOILED = [
  [
    "a .wasm file that is missing",
    (path, file) => (isProgram(path) ? { ...file, status: 404, body: Buffer.alloc(0) } : file),
    [/app-simd\.wasm is not there.*404.*All files/, /找不到 .*app-simd\.wasm.*404.*所有文件/],
  ],
  [
    "a .wasm file that was cut off",
    (path, file) =>
      isProgram(path) ? { ...file, body: file.body.subarray(0, file.body.length / 2) } : file,
    [/app-simd\.wasm is not the WebAssembly.*cut off/, /app-simd\.wasm 不是.*WebAssembly.*截断/],
  ],
  [
    "a .wasm file that is a page of words",
    (path, file) =>
      isProgram(path) ? { status: 200, type: "text/html", body: Buffer.from("<p>Log in") } : file,
    [/app-simd\.wasm is not the WebAssembly.*replaced/, /app-simd\.wasm 不是.*WebAssembly.*替换/],
  ],
  [
    "a server that goes away before the program has come",
    (path, file) => (/app-(simd|scalar)\.(wasm|js)$/.test(path) ? null : file),
    [/app-simd.* could not be fetched.*server/, /无法获取 .*app-simd.*服务器/],
  ],
];
for (const [what, spoiled, wanted] of SPOILED) {
  const skip = what.startsWith("a server") && cannot("lose its scripts");
  test(`${what}: named in words; another try works`, { skip }, async () => {
    try {
      spoil = spoiled;
      await assertTold(null, wanted, { network: true });
      await assertSecondTry(spoiled);
    } finally {
      spoil = undefined;
    }
  });
}

test("a .wasm file that is sent as another type: forgiven, the same bits", async () => {
  const wanted = await wholeBits();
  try {
    for (const type of ["text/plain", "application/octet-stream", ""]) {
      spoil = (path, file) => (path.endsWith(".wasm") ? { ...file, type } : file);
      await open(index("lang=en"), null, {}, async (page) => {
        await settled(page);
        assert.equal(await bitsOf(page), wanted, `as "${type}"`);
      });
    }
    await open("/frame", null, {}, async (page) => {
      assert.equal(await bitsOf((await viewerFrame(page, "iframe")).frame), wanted);
    });
  } finally {
    spoil = undefined;
  }
});

test("no SIMD: the scalar module gives the same bits", async () => {
  const wanted = await wholeBits();
  const noSimd = () => {
    WebAssembly.validate = () => false;
  };
  const asked = [];
  spoil = (path, file) => (asked.push(path.slice(FOLDER.length)), file);
  try {
    await open(index("lang=en"), noSimd, {}, async (page) => {
      await settled(page);
      assert.equal(await bitsOf(page), wanted);
      for (const patch of [
        { rows: 40, cols: 33, mask: "causal", fill: "-inf" },
        { rows: 300, cols: 300, dim: 0, dtype: "bfloat16" },
        { rows: 7, cols: 4099, mask: "padding:5", dtype: "float32" },
      ]) {
        await patched(page, patch);
      }
      await settled(page);
      const scalar = await bitsOf(page);
      const { hash } = new URL(await page.evaluate(() => location.href));
      await open(`${FOLDER}index.html${hash}`, null, {}, async (simd) => {
        await settled(simd);
        assert.equal(await bitsOf(simd), scalar);
      });
    });
    assert.ok(asked.includes("app-scalar.wasm"));
    await open("/frame", noSimd, {}, async (page) => {
      assert.equal(await bitsOf((await viewerFrame(page, "iframe")).frame), wanted);
    });
  } finally {
    spoil = undefined;
  }
});

function noWebGl2() {
  const original = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = /** @type {any} */ (
    function (kind, ...rest) {
      return kind === "webgl2" ? null : original.call(this, kind, ...rest);
    }
  );
}

test("no WebGL 2: said in words, and the table and form stand in", async () => {
  const wanted = await wholeBits();
  for (const [i, lang] of LANGUAGES.entries()) {
    await open(index(`lang=${lang}`), noWebGl2, {}, async (page) => {
      assert.match(await failure(page), [/No picture.*WebGL 2.*table/, /画面.*WebGL 2.*表格/][i]);
      await page.evaluate(() => /** @type {any} */ (window).softmask.ready);
      assert.equal(await page.$eval("#canvas", (canvas) => canvas.hidden), true);
      assert.equal(await bitsOf(page), wanted.replace(/"notes",.*/, await notesOf(page)));
      await page.click(".twin-matrix thead button");
      assert.equal((await stateOf(page)).mask, "11101");
      assert.match(await page.evaluate(() => location.hash), /mask=11101/);
    });
  }
  await open("/element", noWebGl2, {}, async (page) => {
    assert.match(await startElement(page, { mask: "01101" }), /WebGL/);
    const guest = await viewerFrame(page, "softmask-view");
    assert.equal(await bitsOf(guest.frame), wanted);
    assert.match(await failure(guest.frame), /No picture/);
    await guest.frame.$eval(".twin-matrix thead button", (button) => button.click());
    await page.waitForFunction(
      () => document.querySelector("softmask-view").getAttribute("mask") === "11101",
    );
  });
});
/** As bitsOf() ends with them. */
async function notesOf(page) {
  return (await bitsOf(page)).match(/"notes",.*/)[0];
}

/** Half of what 4096 × 4096 cells need, in all WebAssembly of the page. */
function littleMemory() {
  const PAGE = 65_536;
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * PAGE > 150e6) throw new RangeError("no more memory");
    return grow.call(this, pages);
  };
  // What the viewer says while it starts is said before anybody else could listen.
  const own = /** @type {any} */ (window);
  own.said = [];
  let viewer;
  Object.defineProperty(own, "softmask", {
    get: () => viewer,
    set(given) {
      viewer = given;
      viewer.on("error", (message) => own.said.push(message));
    },
  });
}

test("an address whose matrix finds no memory: the defaults, and words", async () => {
  for (const [i, lang] of LANGUAGES.entries()) {
    const address = `${FOLDER}index.html#rows=4096&cols=4096&seed=3&lang=${lang}`;
    await open(address, littleMemory, {}, async (page) => {
      await settled(page);
      const said = await page.evaluate(() => /** @type {any} */ (window).said.join());
      assert.match(said, [/no memory for 4096 × 4096 cells/, /没有内存存放 4096 × 4096/][i]);
      const { rows, cols, seed } = await stateOf(page);
      assert.deepEqual([rows, cols, seed], [4, 5, "333512"]);
      const status = await page.$eval("#status", (line) => (line.hidden ? "" : line.textContent));
      assert.equal(status, "");
    });
  }
});

test("a second copy of softmask.js, and a third from another folder: each minds its own", () =>
  open("/element", null, {}, async (page) => {
    const { site } = started();
    await startElement(page, { mask: "01101", seed: "5" });
    const found = await page.evaluate(async (elsewhere) => {
      const first = customElements.get("softmask-view");
      const own = /** @type {HTMLScriptElement} */ (
        document.querySelector("script[src$='softmask.js']")
      ).src;
      const place = document.querySelector("#before").parentElement;
      const copies = [await import(`${own}?copy`), await import(`${elsewhere}softmask.js`)];
      const seeds = ["7", "9"];
      const heard = [[], []];
      const viewers = await Promise.all(
        copies.map(({ mount }, i) => mount(place, { seed: seeds[i] })),
      );
      viewers.forEach((viewer, i) => viewer.on("change", ({ seed }) => heard[i].push(seed)));
      await viewers[0].setState({ seed: "8" });
      await viewers[1].setState({ seed: "10" });
      document.documentElement.setAttribute("data-theme", "dark");
      const view = /** @type {any} */ (document.querySelector("softmask-view"));
      const all = [view.viewer, ...viewers];
      const states = [];
      for (const viewer of all) {
        while ((await viewer.getState()).theme !== "dark") await new Promise(requestAnimationFrame);
        states.push((await viewer.getState()).seed);
      }
      for (const viewer of viewers) viewer.destroy();
      return {
        same: customElements.get("softmask-view") === first,
        heard: heard.map((list) => [...new Set(list)]),
        states,
        frames: place.querySelectorAll("iframe").length,
        alive: (await view.viewer.getState()).seed,
      };
    }, site);
    assert.deepEqual(found, {
      same: true,
      heard: [["8"], ["10"]],
      states: ["5", "8", "10"],
      frames: 0,
      alive: "5",
    });
  }));
