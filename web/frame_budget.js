// Which of a page's viewers run: browsers keep 16 WebGL contexts (8 on phones) and drop the oldest
// without a word.

/** @typedef {{start: () => void, release: () => Promise<void>}} Holder */

export class FrameBudget {
  /** Running, the one that started first in front. @type {Set<Holder>} */
  #running = new Set();
  /** @type {Set<Holder>} */
  #releasing = new Set();
  /** @type {Set<Holder>} */
  #near = new Set();

  /** Half of what browsers keep: the page may have contexts of its own. */
  get limit() {
    return window.matchMedia("(pointer: coarse)").matches ? 4 : 8;
  }

  /**
   * Those near the window start while there is room, if need be that of others far from it.
   * @param {Holder} holder
   * @param {boolean} isNear
   */
  near(holder, isNear) {
    if (isNear) this.#near.add(holder);
    else this.#near.delete(holder);
    this.#startNear();
  }

  #startNear() {
    for (const one of this.#near) {
      if (this.#running.has(one)) continue;
      if (this.#count() >= this.limit && !this.#releaseOne(this.#far())) return;
      // Those that are being released have their contexts still: of many at once, as where a reader
      // scrolls fast, the next starts when one has gone.
      if (this.#running.size >= 1.5 * this.limit) return;
      one.start();
    }
  }

  /** @param {Holder} holder started, by near() or because the reader asked for it */
  started(holder) {
    this.#running.delete(holder);
    this.#running.add(holder);
    while (this.#count() > this.limit) {
      const others = [...this.#running].filter((one) => one !== holder);
      if (!this.#releaseOne([...this.#far(), ...others].filter((one) => one !== holder))) return;
    }
  }

  /** @param {Holder} holder has no frame any more */
  ended(holder) {
    this.#running.delete(holder);
    this.#releasing.delete(holder);
  }

  /** @param {Holder} holder has left the page */
  forget(holder) {
    this.ended(holder);
    this.near(holder, false);
  }

  #count() {
    return this.#running.size - this.#releasing.size;
  }

  #far() {
    return [...this.#running].filter((one) => !this.#near.has(one));
  }

  /** @param {Holder[]} candidates the best first */
  #releaseOne(candidates) {
    const one = candidates.find((each) => !this.#releasing.has(each));
    if (!one) return false;
    this.#releasing.add(one);
    void one.release().finally(() => {
      this.#releasing.delete(one);
      this.#startNear();
    });
    return true;
  }
}
