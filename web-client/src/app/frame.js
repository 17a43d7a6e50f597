// One frame, one change of the page: what is to be shown is handed in here, and all of it is done
// together before the next picture. A hidden tab draws none; there a slow timer stands in, for the
// badge in the title.

const HIDDEN_MS = 200;

/**
 * What a page offers of frames; passed in, so that a test can draw them by hand.
 * @typedef {{
 *   is_hidden: () => boolean,
 *   request_frame: (run: () => void) => any, cancel_frame: (frame: any) => void,
 *   set_timer: (run: () => void, ms: number) => any, clear_timer: (timer: any) => void,
 * }} Page
 */

export class Frames {
  #page;
  /** @type {Set<() => void>} */
  #tasks = new Set();
  /** @type {any} */
  #frame = null;
  /** @type {any} */
  #timer = null;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Runs a task in the next frame, once however often it is asked for. @param {() => void} task */
  next(task) {
    this.#tasks.add(task);
    this.#schedule();
  }

  /** The page came to the front or went: what waits, waits for the other of the two. */
  turned() {
    if (this.#tasks.size) this.#schedule();
  }

  #schedule() {
    const run = () => this.#run();
    if (!this.#page.is_hidden()) this.#frame ??= this.#page.request_frame(run);
    else this.#timer ??= this.#page.set_timer(run, HIDDEN_MS);
  }

  #run() {
    if (this.#frame !== null) this.#page.cancel_frame(this.#frame);
    if (this.#timer !== null) this.#page.clear_timer(this.#timer);
    this.#frame = this.#timer = null;
    const tasks = [...this.#tasks];
    this.#tasks.clear();
    for (const task of tasks) task();
  }
}

const frames = new Frames({
  is_hidden: () => document.hidden,
  request_frame: (run) => requestAnimationFrame(run),
  cancel_frame: (frame) => cancelAnimationFrame(frame),
  set_timer: (run, ms) => setTimeout(run, ms),
  clear_timer: (timer) => clearTimeout(timer),
});

/** @param {() => void} task */
export const next_frame = (task) => frames.next(task);

/** Called once, when the page starts. */
export const watch_visibility = () =>
  document.addEventListener('visibilitychange', () => frames.turned());
