// When frames are drawn: where one is wanted and somebody can see it, and at no other time. Long work
// goes on between them.

export class FrameLoop {
  #draw;
  #frame = 0;
  #wanted = false;
  #visible = true;
  #stopped = false;
  #goOn;
  #turn = new MessageChannel();
  #turnAsked = false;
  /** @type {(() => void)[]} */
  #waiters = [];

  /**
   * @param {(now: number) => void} draw may want the next frame
   * @param {() => boolean} goOn does a part of the work under way; false where none is left. A frame
   *   that shows what came of it is wanted by whoever does it.
   */
  constructor(draw, goOn) {
    this.#draw = draw;
    this.#goOn = goOn;
    this.#turn.port1.onmessage = () => {
      this.#turnAsked = false;
      if (this.#canBeSeen() && this.#goOn()) this.#askForTurn();
    };
  }

  #canBeSeen() {
    return !this.#stopped && this.#visible && !document.hidden;
  }

  // Between two turns the browser does what else waits: input, frames, timers.
  #askForTurn() {
    if (this.#turnAsked) return;
    this.#turnAsked = true;
    this.#turn.port2.postMessage(null);
  }

  want() {
    this.#wanted = true;
    this.follow();
  }

  /** Whether a frame was wanted, which the caller draws instead. */
  take() {
    const wanted = this.#wanted;
    this.#wanted = false;
    return wanted;
  }

  /** Whether the picture is in sight. Out of sight nothing is drawn; what is wanted waits. */
  set visible(/** @type {boolean} */ visible) {
    this.#visible = visible;
    this.follow();
  }

  /** The page was hidden or shown, or a frame is wanted. */
  follow() {
    if (!this.#canBeSeen()) return this.#pause();
    this.#askForTurn();
    if (this.#frame || !this.#wanted) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0;
      this.#wanted = false;
      try {
        this.#draw(now);
      } finally {
        if (!this.#frame) this.#resolve();
      }
    });
  }

  /** Resolves when nothing more will be drawn, or nothing for now. */
  idle() {
    if (!this.#frame) return Promise.resolve();
    return new Promise((/** @type {(value?: void) => void} */ resolve) =>
      this.#waiters.push(resolve),
    );
  }

  stop() {
    this.#stopped = true;
    this.#turn.port1.close();
    this.#pause();
  }

  #pause() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#resolve();
  }

  #resolve() {
    for (const resolve of this.#waiters.splice(0)) resolve();
  }
}
