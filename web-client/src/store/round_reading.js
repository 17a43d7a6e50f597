// What a round means for whoever looks at it now: how long it still goes, whether a table is
// finishing, who sits alone. Reading alone: the clock is an argument, and it is the server's.

import { may } from './moderation.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Round} Round */
/** @typedef {import('./state.js').Room} Room */
/** @typedef {import('./state.js').Table} Table */

const NEWCOMER_MS = 60_000;

/** Whether people sit at its tables. @param {Round | null | undefined} round */
export const is_running = (round) => round?.phase === 'seated' || round?.phase === 'wrapping';

/** The room one is in. @param {State} state @returns {Room | null} */
export const room_here = (state) => state.rooms[state.place.room ?? ''] ?? null;

/** @param {State} state @returns {Round | null} */
export const round_here = (state) => room_here(state)?.round ?? null;

/**
 * When a table's talk, or its last words, end.
 * @param {Round} round @param {string | null} table
 */
export const end_of_table = (round, table) =>
  round.tables.find(([id]) => id === table)?.[1] ?? round.ends_at;

/**
 * The milliseconds left until a round starts or a table's talk ends; never fewer than none.
 * @param {Round} round @param {string | null} table @param {number} now the server's time
 */
export function left_ms(round, table, now) {
  if (round.phase === 'plenary') return 0;
  if (round.phase === 'announced') return Math.max(0, round.starts_at - now);
  return Math.max(0, end_of_table(round, table) - (round.paused_at ?? now));
}

/** Whether this table is at its last words. @param {Round} round @param {string | null} table */
export const is_wrapping = (round, table) => table !== null && round.wrapping.includes(table);

/**
 * Where one is in the round of one's room.
 * @param {State} state
 * @returns {'none' | 'announced' | 'table' | 'sofa' | 'plenary'}
 */
export function my_part(state) {
  const round = round_here(state);
  // Before the first round of a series, announced and called off, nothing has been.
  if (!round || (round.phase === 'plenary' && round.number === 0)) return 'none';
  if (round.phase === 'announced' || round.phase === 'plenary') return round.phase;
  return round.tables.some(([table]) => table === state.place.table) ? 'table' : 'sofa';
}

/** Whether one will not be seated when the next round starts. @param {State} state */
export function sits_out(state) {
  const staff = (state.people[state.me]?.role ?? 'member') !== 'member';
  return staff ? !state.joining_in.includes(state.me) : state.me in state.sitting_out;
}

/**
 * Whether one leads rounds in this room: by role where there are tables, or as holder of its chair.
 * @param {State} state
 */
export const leads_here = (state) =>
  (room_here(state)?.kind === 'tables' && may(state, 'round.run', state.place.room)) ||
  round_here(state)?.chair === state.me;

/**
 * Those who came to my table while it talks, and are still new there.
 * @param {State} state @param {number} now
 */
export const newcomers_here = (state, now) =>
  state.newcomers.filter(
    ({ table, person, at }) =>
      table === state.place.table && person !== state.me && now - at < NEWCOMER_MS,
  );

/** @param {State} state @param {Table} table those with a connection, or about to be back */
export const awake_at = (state, table) =>
  (table.seats ?? []).filter(
    ({ person, state: told }) => (state.people[person]?.state ?? told ?? 'online') !== 'away',
  );

/**
 * The tables of a running round for whoever leads it: who is alone first, then in the room's order.
 * @param {State} state @param {Room} room
 */
export function live_tables(state, room) {
  const running = new Set(room.round?.tables.map(([table]) => table));
  const calls = new Set(state.desk?.help.map((call) => call.table));
  return room.tables
    .filter((table) => running.has(table.id))
    .map((table) => ({
      table,
      ends_at: end_of_table(/** @type {Round} */ (room.round), table.id),
      awake: awake_at(state, table).length,
      asked: state.desk?.time_asked.find((each) => each.table === table.id) ?? null,
      help: calls.has(table.id),
    }))
    .sort((a, b) => Number(b.awake < 2) - Number(a.awake < 2));
}
