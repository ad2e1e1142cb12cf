// Viewers in other pages: frames and their messages, <softmask-view>, mount(), as their authors and
// readers use them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { STATE_DEFAULTS } from "../../web/state_defaults.js";
import { cannot } from "./engines/cannot.js";
import { openPage, openViewer } from "./harness.js";
import { installPacking, unpack, differences } from "./viewer_driver.js";
import { FEW_PIXELS, viewerTests } from "./viewer_tests.js";

const { started } = viewerTests(FEW_PIXELS);
const HOST = "examples/plain/index.html";

/** An example page with its scripts loaded; errors on it fail the test. */
async function withHost(use, options = {}) {
  const opened = await openPage(started().browser, `${started().url}${HOST}`, {
    ...FEW_PIXELS,
    ...options,
  });
  try {
    await use(opened.page);
    assert.deepEqual(opened.errors(), []);
    assert.deepEqual(opened.foreign(), []);
  } finally {
    await opened.close();
  }
}

/** Puts an element into the page and hands over the frame of its viewer once that is ready. */
async function readyFrame(page, attributes, where = "afterbegin") {
  const handle = await page.evaluateHandle(
    (wanted, place) => {
      const view = document.createElement("softmask-view");
      for (const [name, value] of Object.entries(wanted)) view.setAttribute(name, value);
      return new Promise((resolve) => {
        view.addEventListener("ready", () => resolve(view), { once: true });
        document.body.insertAdjacentElement(place, view);
      });
    },
    attributes,
    where,
  );
  const frame = await (
    await handle.evaluateHandle((/** @type {any} */ view) => view.viewer.frame)
  ).contentFrame();
  return { handle, frame };
}

/** A click on the middle of a cell, in the coordinates of the page around. */
async function clickCell(page, handle, panel, row, col) {
  await handle.evaluate((view) => view.scrollIntoView({ block: "start" }));
  const rect = await handle.evaluate(
    async (/** @type {any} */ view, ...at) => (await view.viewer.cellRect(...at)).toJSON(),
    panel,
    row,
    col,
  );
  await page.mouse.click(rect.x + rect.width / 2, rect.y + rect.height / 2);
  await handle.evaluate((/** @type {any} */ view) => view.viewer.whenIdle());
}

test("the keys and defaults that embedding pages know are the viewer's own", async () => {
  const opened = await openViewer(started(), "", { reducedMotion: true });
  const state = await opened.page.evaluate(() => /** @type {any} */ (window).softmask.getState());
  assert.deepEqual(STATE_DEFAULTS, state);
  await opened.close();
});

test("an element is a poster and a link until it comes near the window", () =>
  withHost(async (page) => {
    const far = await page.evaluate(() => {
      const view = /** @type {any} */ (document.createElement("softmask-view"));
      view.setAttribute("fill", "0");
      const spacer = document.createElement("div");
      spacer.style.height = "6000px";
      spacer.id = "spacer";
      document.body.append(spacer, view);
      view.id = "far";
      return new Promise((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            resolve({
              frames: view.shadowRoot.querySelectorAll("iframe").length,
              link: view.shadowRoot.querySelector("a").href,
              viewer: view.viewer,
            }),
          ),
        ),
      );
    });
    assert.equal(far.frames, 0);
    assert.equal(far.viewer, null);
    assert.match(far.link, /\/index\.html#fill=0$/);
    const ready = page.evaluate(
      () =>
        new Promise((resolve) =>
          document.getElementById("far").addEventListener("ready", resolve, { once: true }),
        ),
    );
    await page.evaluate(() => document.getElementById("far").scrollIntoView());
    await ready;
    const fill = await page.evaluate(
      async () =>
        (await /** @type {any} */ (document.getElementById("far")).viewer.getState()).fill,
    );
    assert.equal(fill, "0");
  }));

test("attributes are the state, both ways; a bad one is an error event and changes nothing", () =>
  withHost(async (page) => {
    const { handle } = await readyFrame(page, { mask: "00000", seed: "7", hide: "code" });
    const state = () => handle.evaluate((/** @type {any} */ view) => view.viewer.getState());
    assert.equal((await state()).seed, "7");
    await clickCell(page, handle, "scores", -1, 2);
    assert.equal(await handle.evaluate((view) => view.getAttribute("mask")), "00100");
    assert.equal(await handle.evaluate((view) => view.getAttribute("fill")), null, "a default");

    const changed = await handle.evaluate(
      (view) =>
        new Promise((resolve) => {
          view.addEventListener("change", (/** @type {any} */ event) => resolve(event.detail), {
            once: true,
          });
          view.setAttribute("seed", "8");
          view.setAttribute("fill", "-inf");
        }),
    );
    assert.equal(changed.seed, "8");
    assert.equal(changed.fill, "-inf", "what is set together arrives together");

    const message = await handle.evaluate(
      (view) =>
        new Promise((resolve) => {
          view.addEventListener("error", (/** @type {any} */ event) => resolve(event.detail), {
            once: true,
          });
          view.setAttribute("dtype", "float12");
        }),
    );
    assert.match(message, /dtype.*float12.*bfloat16/);
    assert.equal((await state()).dtype, "float32");
    await handle.evaluate((view) => view.removeAttribute("seed"));
    await handle.evaluate((/** @type {any} */ view) => view.viewer.whenIdle());
    assert.equal((await state()).seed, "333512", "without its attribute a key has its default");
  }));

test("mount() gives the viewer's interface with promises, and the same bits", () =>
  withHost(async (page) => {
    await page.evaluate(installPacking);
    const packed = await page.evaluate(async (site) => {
      const { mount } = await import(`${site}softmask.js`);
      const place = document.createElement("div");
      document.body.prepend(place);
      const viewer = await mount(place, { seed: 2, state: { mask: "10100" } });
      const own = /** @type {any} */ (window);
      own.mounted = viewer;
      const result = await viewer.getResult();
      own.softmask = { getResult: () => result };
      return own.packedResult();
    }, started().url);
    const opened = await openViewer(started(), "seed=2&mask=10100", FEW_PIXELS);
    await opened.page.evaluate(installPacking);
    const alone = await opened.page.evaluate(() => /** @type {any} */ (window).packedResult());
    assert.deepEqual(differences(unpack(packed), unpack(alone)), []);
    await opened.close();

    const said = await page.evaluate(async () => {
      const viewer = /** @type {any} */ (window).mounted;
      const heard = [];
      const stop = viewer.on("change", (state) => heard.push(state.seed));
      await viewer.setState({ seed: 3n });
      await viewer.whenIdle();
      stop();
      await viewer.setState({ seed: "4" });
      const refused = await viewer.setState({ rows: 0 }).catch((error) => error);
      const cell = await viewer.cellRect("scores", 0, 0);
      const frame = viewer.frame.getBoundingClientRect();
      return {
        heard,
        seed: (await viewer.getState()).seed,
        refused: [refused instanceof RangeError, refused.message],
        inside: cell instanceof DOMRect && cell.top > frame.top && cell.bottom < frame.bottom,
        frames: await viewer.framesDrawn,
      };
    });
    assert.deepEqual(said.heard, ["3"]);
    assert.equal(said.seed, "4");
    assert.equal(said.refused[0], true);
    assert.match(said.refused[1], /rows/);
    assert.ok(said.inside);
    assert.ok(said.frames > 0);

    const after = await page.evaluate(async (site) => {
      const viewer = /** @type {any} */ (window).mounted;
      viewer.destroy();
      viewer.destroy();
      const { mount } = await import(`${site}softmask.js`);
      const problems = [];
      for (const [place, options] of [
        [document.body, { seed: "x", colour: "red" }],
        [null, {}],
        [document.body, { state: 5 }],
      ]) {
        problems.push(await mount(place, options).then(String, (error) => `${error}`));
      }
      return {
        frames: document.querySelectorAll("body > div > iframe").length,
        asked: await viewer.getState().catch((error) => error.message),
        problems,
      };
    }, started().url);
    assert.equal(after.frames, 0);
    assert.match(after.asked, /destroyed/);
    assert.match(after.problems[0], /TypeError.*"colour".*allowed.*seed/);
    assert.match(after.problems[1], /TypeError.*element/);
    assert.match(after.problems[2], /TypeError.*state/);
  }));

test("messages: answers to the parent alone, and only to what is asked in form", () =>
  withHost(async (page) => {
    await page.evaluate(async (site) => {
      const own = /** @type {any} */ (window);
      const frame = document.createElement("iframe");
      own.heard = [];
      addEventListener("message", ({ source, data }) => {
        if (source === frame.contentWindow) own.heard.push(data);
      });
      own.send = (message) => frame.contentWindow.postMessage(message, "*");
      frame.src = `${site}embed.html#seed=11&lang=xx`;
      const stranger = document.createElement("iframe");
      stranger.src = `${site}core.d.ts`;
      document.body.prepend(frame, stranger);
    }, started().url);
    const heard = () => page.evaluate(() => /** @type {any} */ (window).heard);
    const until = (type, id = null) =>
      page
        .waitForFunction(
          (...wanted) =>
            /** @type {any} */ (window).heard.find(
              (one) => one.type === wanted[0] && (wanted[1] === null || one.id === wanted[1]),
            ),
          {},
          type,
          id,
        )
        .then((found) => found.jsonValue());
    const ask = async (message) => {
      await page.evaluate((sent) => /** @type {any} */ (window).send(sent), message);
      return until("reply", message.id);
    };
    await until("ready");
    await until("height");
    assert.match((await until("error")).message, /lang.*xx/);

    const strange = (await page.frames()).find((frame) => frame.url().endsWith("core.d.ts"));
    await strange.evaluate(() => {
      const { contentWindow } = parent.document.querySelector("iframe");
      contentWindow.postMessage(
        { source: "softmask", type: "setState", id: "s", state: { seed: "1" } },
        "*",
      );
    });
    for (const odd of [
      null,
      7,
      "getState",
      { type: "getState", id: 1 },
      { source: "other", type: "getState", id: 2 },
      { source: "softmask", type: "toString", id: 3 },
      { source: "softmask", type: "constructor", id: 4 },
      { source: "softmask", type: "getState" },
      { source: "softmask", type: ["getState"], id: 6 },
      { source: "softmask", type: "reply", id: 5, value: 1 },
    ]) {
      await page.evaluate((message) => /** @type {any} */ (window).send(message), odd);
    }
    assert.equal((await ask({ source: "softmask", type: "getState", id: "a" })).value.seed, "11");
    const state = { seed: "12", fill: "0" };
    const changed = await ask({ source: "softmask", type: "setState", id: "b", state });
    assert.equal(changed.value.seed, "12");
    const bad = { source: "softmask", type: "setState", id: "c", state: { fill: "minus" } };
    const refused = await ask(bad);
    assert.match(refused.error, /fill.*minus/);
    assert.equal(Object.hasOwn(refused, "value"), false);
    await ask({ source: "softmask", type: "getResult", id: "d" });
    const all = await heard();
    assert.ok(all.every(({ source }) => source === "softmask"));
    assert.deepEqual(
      all.filter(({ type }) => type === "reply").map(({ id }) => id),
      ["a", "b", "c", "d"],
      "nothing else was answered",
    );
    const told = all.filter(({ type }) => type === "change");
    assert.equal(told.at(-1).state.seed, "12");
  }));

test("a frame is as high as what it shows, and says so when that changes", () =>
  withHost(async (page) => {
    const { handle, frame } = await readyFrame(page, { hide: "controls,code" });
    const heights = () =>
      handle.evaluate(
        (/** @type {any} */ view) => view.viewer.frame.getBoundingClientRect().height,
      );
    // As high as its content: no scroll bar of its own, and no empty space.
    const fits = async () => {
      await frame.waitForFunction(() => {
        const { height } = document.getElementById("softmask").getBoundingClientRect();
        const { scrollHeight } = document.documentElement;
        return Math.ceil(height) === innerHeight && scrollHeight === innerHeight;
      });
      return heights();
    };
    const atReady = await heights();
    const small = await fits();
    assert.equal(atReady, small, "its height is known when it is ready");
    await handle.evaluate((view) => view.setAttribute("rows", "12"));
    await page.waitForFunction(
      (/** @type {any} */ view, before) =>
        view.viewer.frame.getBoundingClientRect().height > before + 50,
      {},
      handle,
      small,
    );
    await fits();
  }));

test("the page's switch of theme takes the viewers along", () =>
  withHost(async (page) => {
    const { handle, frame } = await readyFrame(page, { hide: "controls,code" });
    const plain = await (await page.$("iframe")).contentFrame();
    await page.$eval("iframe", (one) => one.scrollIntoView());
    for (const theme of ["dark", "light"]) {
      await page.click("#theme");
      for (const one of [frame, plain]) {
        await one.waitForFunction(
          (wanted) => document.documentElement.dataset.theme === wanted,
          {},
          theme,
        );
      }
    }
    assert.equal(await handle.evaluate((view) => view.getAttribute("theme")), null);
  }));

test("of three frames one that is toggled wakes only itself", () =>
  withHost(async (page) => {
    const frames = await page.evaluate(async () => {
      document.body.replaceChildren();
      const all = [1, 2, 3].map((seed) => {
        const frame = document.createElement("iframe");
        frame.src = new URL(`../../embed.html#seed=${seed}&hide=controls,code`, location.href).href;
        document.body.append(frame);
        return new Promise((resolve) => {
          frame.onload = async () => {
            const { softmask } = /** @type {any} */ (frame.contentWindow);
            await softmask.ready;
            await softmask.whenIdle();
            resolve(softmask);
          };
        });
      });
      const viewers = await Promise.all(all);
      const count = () => viewers.map((viewer) => viewer.framesDrawn);
      const before = count();
      viewers[1].setState({ mask: "10101" });
      await viewers[1].whenIdle();
      for (let i = 0; i < 10; i++) await new Promise(requestAnimationFrame);
      return count().map((drawn, i) => drawn - before[i]);
    });
    assert.ok(frames[1] > 0, String(frames));
    assert.deepEqual([frames[0], frames[2]], [0, 0]);
  }));

test("twenty on one page: at most eight run, the others keep a picture and their state", () =>
  withHost(async (page) => {
    await page.evaluate(() => {
      document.body.replaceChildren();
      for (let i = 0; i < 20; i++) {
        const view = document.createElement("softmask-view");
        view.setAttribute("seed", String(100 + i));
        view.setAttribute("hide", "controls,code,ledger");
        document.body.append(view);
      }
    });
    const count = () =>
      page.evaluate(() => {
        const views = [.../** @type {any} */ (document.querySelectorAll("softmask-view"))];
        return {
          frames: views.filter((view) => view.viewer).length,
          pictures: views.filter((view) => view.shadowRoot.querySelector("img").src).length,
        };
      });
    for (let i = 0; i < 20; i += 2) {
      await page.evaluate(async (index) => {
        const view = /** @type {any} */ (document.querySelectorAll("softmask-view")[index]);
        view.scrollIntoView({ block: "center" });
        while (!view.viewer) await new Promise((resolve) => requestAnimationFrame(resolve));
        await view.viewer.ready;
      }, i);
      assert.ok((await count()).frames <= 12, "running and being released");
    }
    await page.waitForFunction(
      () =>
        [.../** @type {any} */ (document.querySelectorAll("softmask-view"))].filter(
          (view) => view.viewer,
        ).length <= 8,
    );
    assert.ok((await count()).pictures > 0, "a still picture stands where one ran");
    // Back at the first, which was changed while it ran, and has given its frame back since.
    const seed = await page.evaluate(async () => {
      const view = /** @type {any} */ (document.querySelector("softmask-view"));
      view.scrollIntoView({ block: "center" });
      while (!view.viewer) await new Promise((resolve) => requestAnimationFrame(resolve));
      return (await view.viewer.getState()).seed;
    });
    assert.equal(seed, "100");
  }));

test("removing an element frees its frame; putting it back starts it with the same state", () =>
  withHost(async (page) => {
    const { handle } = await readyFrame(page, { seed: "5" });
    await handle.evaluate((/** @type {any} */ view) => view.viewer.setState({ fill: "0" }));
    const gone = await handle.evaluate((/** @type {any} */ view) => {
      const { frame } = view.viewer;
      view.remove();
      return { viewer: view.viewer, frame: frame.isConnected };
    });
    assert.deepEqual(gone, { viewer: null, frame: false });
    const back = await handle.evaluate(async (/** @type {any} */ view) => {
      document.body.prepend(view);
      view.start();
      if (!view.shadowRoot.querySelector(".poster").hidden) throw new Error("poster and frame");
      await new Promise((resolve) => view.addEventListener("ready", resolve, { once: true }));
      return view.viewer.getState();
    });
    assert.equal(back.seed, "5");
    assert.equal(back.fill, "0");
  }));

test("a file that is let go above a frame does not take the place of what is there", () =>
  withHost(async (page) => {
    const { frame } = await readyFrame(page, { mask: "01101" });
    const told = await frame.evaluate(() =>
      ["dragover", "drop"].map((type) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["1, 2"], "own.csv"));
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return event.defaultPrevented;
      }),
    );
    assert.deepEqual(told, [true, true]);
    assert.equal(await frame.$("dialog"), null);
  }));

test("a plain frame needs no script on the page, also in a sandbox", () =>
  withHost(async (page) => {
    const sandbox = cannot("know itself in a sandbox") ? "allow-same-origin" : "";
    await page.evaluate(
      (site, more) => {
        const frame = document.createElement("iframe");
        frame.sandbox.add("allow-scripts");
        if (more) frame.sandbox.add(more);
        frame.src = `${site}embed.html#mask=01101`;
        frame.id = "sandboxed";
        document.body.prepend(frame);
      },
      started().url,
      sandbox,
    );
    const frame = await (await page.$("#sandboxed")).contentFrame();
    // Before the page has run, the name means the element with that id.
    await frame.waitForFunction(() => /** @type {any} */ (window).softmask?.getResult);
    const mask = await frame.evaluate(async () => {
      const { softmask } = /** @type {any} */ (window);
      await softmask.ready;
      return [...softmask.getResult().mask.slice(0, 5)];
    });
    assert.deepEqual(mask, [0, 1, 1, 0, 1]);
  }));
