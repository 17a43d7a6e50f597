// The arithmetic of a list of which only what is near the view is drawn: where each row stands,
// which rows are drawn, how much room stands for those that are not. Heights are measured where a
// row was drawn, and taken for the mean of the first measured where not. Plain numbers: no DOM.

const FIRST_GUESS_PX = 48;
const GUESSED_FROM = 40;

/** What is known of rows' heights, by their keys. */
export class Heights {
  /** @type {Map<string | number, number>} */
  #known = new Map();
  #sum = 0;
  #guess = FIRST_GUESS_PX;

  /** @param {string | number} key */
  of(key) {
    return this.#known.get(key) ?? this.#guess;
  }

  /**
   * Notes a height; true if it was not known so.
   * @param {string | number} key
   * @param {number} px
   */
  set(key, px) {
    const known = this.#known.get(key);
    if (known === px) return false;
    this.#known.set(key, px);
    this.#sum += px - (known ?? 0);
    // A guess that went on changing would move everything with each row that is measured.
    if (this.#known.size <= GUESSED_FROM) this.#guess = this.#sum / this.#known.size;
    return true;
  }

  /** All may be different now, as after a change of width; about as high as before, though. */
  forget() {
    this.#known.clear();
    this.#sum = 0;
  }

  /** Forgets rows that are no longer there. @param {(string | number)[]} keys those that are */
  keep(keys) {
    if (this.#known.size < 2 * keys.length + 100) return;
    const kept = this.#known;
    this.#known = new Map();
    this.#sum = 0;
    for (const key of keys) {
      const px = kept.get(key);
      if (px === undefined) continue;
      this.#known.set(key, px);
      this.#sum += px;
    }
  }
}

/**
 * Where each row begins, and last of all where the list ends.
 * @param {(string | number)[]} keys @param {Heights} heights
 */
export function tops_of(keys, heights) {
  const tops = new Float64Array(keys.length + 1);
  for (let i = 0; i < keys.length; i++) tops[i + 1] = tops[i] + heights.of(keys[i]);
  return tops;
}

/**
 * The row at a height; the first or last beyond the ends.
 * @param {Float64Array} tops
 * @param {number} y
 */
export function row_at(tops, y) {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The rows that are drawn for a stretch of the list, and others that must not go, in order.
 * @param {Float64Array} tops @param {number} from_y @param {number} to_y @param {number[]} kept
 */
export function drawn_rows(tops, from_y, to_y, kept) {
  if (tops.length < 2) return [];
  const first = row_at(tops, from_y);
  const last = row_at(tops, to_y);
  const rows = [];
  for (let i = first; i <= last; i++) rows.push(i);
  for (const row of kept) if (row >= 0 && (row < first || row > last)) rows.push(row);
  return [...new Set(rows)].sort((a, b) => a - b);
}

/** The rows drawn without a break around a height. @param {number[]} rows @param {number} row */
function run_around(rows, row) {
  const at = rows.indexOf(row);
  if (at < 0) return null;
  let [from, to] = [at, at];
  while (rows[from - 1] === rows[from] - 1) from--;
  while (rows[to + 1] === rows[to] + 1) to++;
  return { first: rows[from], last: rows[to] };
}

/**
 * Whether all of a stretch is drawn.
 * @param {Float64Array} tops @param {number[]} rows drawn @param {number} from_y
 * @param {number} to_y
 */
export function covers(tops, rows, from_y, to_y) {
  if (tops.length < 2) return true;
  const run = run_around(rows, row_at(tops, (from_y + to_y) / 2));
  if (!run) return false;
  const above = run.first === 0 || tops[run.first] <= from_y;
  return above && (run.last === tops.length - 2 || tops[run.last + 1] >= to_y);
}

/**
 * The room to leave before each drawn row, and after the last, for the rows that are not.
 * @param {Float64Array} tops @param {number[]} rows drawn
 */
export function gaps_of(tops, rows) {
  let end = 0;
  const before = rows.map((row) => {
    const gap = tops[row] - end;
    end = tops[row + 1];
    return gap;
  });
  return { before, after: tops[tops.length - 1] - end };
}
