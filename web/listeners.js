// Who listens to what of a viewer: the same in its own page and across a frame.

const EVENTS = ["ready", "change", "error"];

export class Listeners {
  #byType = new Map(EVENTS.map((type) => [type, new Set()]));

  /**
   * @param {string} type ready, change (with the state) or error (with a message)
   * @param {(detail: any) => void} listener
   * @returns {() => void} ends the listening
   */
  on(type, listener) {
    const listeners = this.#byType.get(type);
    if (!listeners) {
      throw new RangeError(`type: "${type}" is not allowed; allowed: ${EVENTS.join(", ")}`);
    }
    if (typeof listener !== "function") throw new TypeError("listener must be a function");
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  /**
   * @param {string} type
   * @param {unknown} detail
   */
  emit(type, detail) {
    for (const listener of [...(this.#byType.get(type) ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        // One page's mistake must not stop the viewer.
        console.error(error);
      }
    }
  }

  clear() {
    for (const listeners of this.#byType.values()) listeners.clear();
  }
}
