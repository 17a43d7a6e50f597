// Asks for a plan's quality while somebody still drags and ticks: not before they pause for a
// moment, and only the answer to the latest question counts.

/**
 * @typedef {{
 *   ask(options: any): Promise<any>,
 *   answered(ok: any, options: any): void,
 *   refused(refusal: any): void,
 *   set_timer(run: () => void, ms: number): any,
 *   clear_timer(timer: any): void,
 * }} Ports
 */

export const PAUSE_MS = 180;

export class Previewer {
  #ports;
  #latest = 0;
  /** @type {any} */
  #timer = null;

  /** @param {Ports} ports */
  constructor(ports) {
    this.#ports = ports;
  }

  /** @param {any} options */
  want(options) {
    const number = ++this.#latest;
    this.#stop();
    this.#timer = this.#ports.set_timer(() => {
      this.#timer = null;
      this.#ports.ask(options).then(
        (ok) => {
          if (number === this.#latest) this.#ports.answered(ok, options);
        },
        (refusal) => {
          if (number === this.#latest) this.#ports.refused(refusal);
        },
      );
    }, PAUSE_MS);
  }

  /** Whatever is under way is of no interest any more. */
  forget() {
    this.#latest++;
    this.#stop();
  }

  #stop() {
    if (this.#timer !== null) this.#ports.clear_timer(this.#timer);
    this.#timer = null;
  }
}
