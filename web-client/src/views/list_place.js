// Where a person is in a list of messages, kept while everything around it changes: at its end as
// the talk goes on, or at the same words while older ones come in before them and heights turn out
// other than guessed. It owns the scroll position and the room left for what is not drawn.

import { row_of } from '../app/message_rows.js';
import { covers, drawn_rows, gaps_of, Heights, row_at, tops_of } from '../app/windowing.js';

/** @typedef {import('../app/message_rows.js').Row} Row */

/** How far beyond the view rows are drawn, and how near its edge the undrawn may come. */
const BEYOND = { drawn_px: 700, spare_px: 400 };
/** At the end, where one follows the talk, less will do. */
const BEYOND_AT_END = { drawn_px: 300, spare_px: 0 };
const NEAR_END_PX = 60;
/** So long after a move upwards nothing pulls one back to the end. */
const LET_GO_MS = 200;
const FIRST_VIEW_PX = 700;

/** @param {number} px */
const px_of = (px) => `${Math.max(0, Math.round(px * 64) / 64)}px`;

export class ListPlace {
  at_end = true;
  /** Whether all rows are drawn, as a search by the browser needs. */
  whole = false;
  /** @type {Row[]} */
  rows = [];
  #heights = new Heights();
  #tops = new Float64Array(1);
  /** @type {number[]} */
  #drawn = [];
  /** What is held on to: a message, and how far below the upper edge of the view it begins. */
  #anchor = { offset: 0, below_px: 0 };
  /** What the room before the first row is in excess of what its rows would take. */
  #lead = 0;
  #view = FIRST_VIEW_PX;
  #width = 0;
  #padding = '';
  #last_top = 0;
  #moved_up_at = -Infinity;
  #moved_at = -Infinity;
  /** @type {HTMLElement | null} */
  #scroller = null;
  /** @type {HTMLElement | null} */
  #list = null;

  /** @param {HTMLElement | null} scroller @param {HTMLElement | null} list */
  attach(scroller, list) {
    this.#scroller = scroller;
    this.#list = list;
  }

  get is_shown() {
    return this.#scroller !== null && this.#scroller.clientHeight > 0;
  }

  /** The message at the upper edge of the view, 0 if there is none. */
  get offset() {
    return this.#anchor.offset;
  }

  /** How much of what is held stands above and below the view. */
  get room_above() {
    return this.#view_top();
  }

  get room_below() {
    return this.#tops[this.#tops.length - 1] - this.#view_top() - this.#view;
  }

  /** @param {Row[]} rows @param {number[]} offsets whose rows must not go */
  draw(rows, offsets) {
    this.rows = rows;
    const keys = rows.map(({ key }) => key);
    this.#heights.keep(keys);
    this.#tops = tops_of(keys, this.#heights);
    const top = this.#view_top();
    const { drawn_px } = this.at_end ? BEYOND_AT_END : BEYOND;
    const kept = offsets.map((offset) => this.#row_of_exactly(offset));
    this.#drawn = this.whole
      ? rows.map((_row, i) => i)
      : drawn_rows(this.#tops, top - drawn_px, top + this.#view + drawn_px, kept);
    return this.#drawn;
  }

  /** @param {number} offset */
  #row_of_exactly(offset) {
    const row = row_of(this.rows, offset);
    return this.rows[row]?.message?.offset === offset ? row : -1;
  }

  /** The upper edge of the view, measured from the first row. @param {boolean} at_end */
  #view_top(at_end = this.at_end) {
    const end = this.#tops[this.#tops.length - 1];
    const row = at_end ? -1 : row_of(this.rows, this.#anchor.offset);
    if (row < 0) return Math.max(0, end - this.#view);
    return this.#tops[row] - this.#anchor.below_px;
  }

  /** Goes to a message, to the middle of the view. @param {number} offset */
  go_to(offset) {
    this.at_end = false;
    this.#anchor = { offset, below_px: this.#view / 3 };
  }

  go_to_end() {
    this.at_end = true;
    this.#moved_up_at = -Infinity;
  }

  /** After every drawing and every change of size: all is measured, and one is where one was. */
  settle() {
    const [scroller, list] = [this.#scroller, this.#list];
    if (!scroller || !list) return;
    // What is written before anything is measured costs no second layout.
    this.#leave_room(list);
    if (!this.is_shown) return;
    this.#view = scroller.clientHeight;
    this.#measure(list);
    const now = performance.now();
    const base = list.offsetTop;
    if (this.at_end && now - this.#moved_up_at > LET_GO_MS) {
      this.#lead = 0;
      this.#leave_room(list);
      scroller.scrollTop = scroller.scrollHeight;
    } else {
      const top = this.#view_top(false);
      this.#lead = scroller.scrollTop - base - top;
      // While one scrolls, the room above takes up what was guessed wrong; a change of the scroll
      // position would stop the movement in some browsers.
      const first = this.#drawn[0] ?? 0;
      const is_tight = first === 0 || this.#lead + this.#tops[first] < 0;
      const corrects = this.#lead !== 0 && (is_tight || now - this.#moved_at > LET_GO_MS);
      if (corrects) this.#lead = 0;
      this.#leave_room(list);
      if (corrects) scroller.scrollTop = base + top;
    }
    this.#last_top = scroller.scrollTop;
    this.#hold_on();
  }

  /** @param {HTMLElement} list */
  #measure(list) {
    const width = list.clientWidth;
    if (width !== this.#width) this.#heights.forget();
    this.#width = width;
    let is_new = false;
    for (const [i, row] of this.#drawn.entries()) {
      const px = list.children[i]?.getBoundingClientRect().height;
      if (px !== undefined && this.#heights.set(this.rows[row].key, px)) is_new = true;
    }
    if (is_new)
      this.#tops = tops_of(
        this.rows.map(({ key }) => key),
        this.#heights,
      );
  }

  /** @param {HTMLElement} list */
  #leave_room(list) {
    const { before, after } = gaps_of(this.#tops, this.#drawn);
    const [top, bottom] = [(before[0] ?? 0) + this.#lead, after];
    const padding = `${px_of(top)} 0 ${px_of(bottom)}`;
    if (padding !== this.#padding) list.style.padding = this.#padding = padding;
    before.forEach((gap, i) => {
      const row = /** @type {HTMLElement | undefined} */ (list.children[i]);
      const margin = i === 0 || gap < 0.01 ? '' : px_of(gap);
      if (row && row.style.marginTop !== margin) row.style.marginTop = margin;
    });
  }

  /** Takes hold of the first message that begins within the view. */
  #hold_on() {
    const scroller = this.#scroller;
    const list = this.#list;
    if (!scroller || !list || this.rows.length === 0) return;
    const top = scroller.scrollTop - list.offsetTop - this.#lead;
    let row = row_at(this.#tops, top);
    const { length } = this.rows;
    while (row < length - 1 && (this.#tops[row] < top || !this.rows[row].message)) row++;
    const { message } = this.rows[row];
    if (message) this.#anchor = { offset: message.offset, below_px: this.#tops[row] - top };
  }

  /** @param {boolean} is_last whether the talk ends where the list does */
  on_scroll(is_last) {
    const scroller = this.#scroller;
    if (!scroller) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    this.#view = clientHeight;
    const now = performance.now();
    if (scrollTop !== this.#last_top) this.#moved_at = now;
    if (scrollTop < this.#last_top - 0.5) this.#moved_up_at = now;
    this.#last_top = scrollTop;
    this.at_end = is_last && scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    this.#hold_on();
  }

  /** Whether what is drawn reaches far enough beyond the view. */
  get is_covered() {
    const top = this.#view_top();
    const { spare_px } = this.at_end ? BEYOND_AT_END : BEYOND;
    return covers(this.#tops, this.#drawn, top - spare_px, top + this.#view + spare_px);
  }

  /** The messages whose rows hold something of the person's: the focus, the end of a selection. */
  kept_offsets() {
    const selection = document.getSelection();
    const held = [document.activeElement, selection?.isCollapsed ? null : selection?.anchorNode];
    return held.flatMap((node) => {
      if (!node || !this.#list?.contains(node)) return [];
      const i = [...this.#list.children].findIndex((row) => row.contains(node));
      return this.rows[this.#drawn[i]]?.message?.offset ?? [];
    });
  }
}
