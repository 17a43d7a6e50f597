// The rounds of a room: announced, seated, wrapping up, together again; and what is told about them
// to a table and to the desk. A start re-seats the whole room in one fold.

import { change_room } from './room_list.js';
import { is_running } from './round_reading.js';
import { stream_id, stream_kind } from './state.js';
import { change_talk } from './table.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */
/** @typedef {import('./state.js').Round} Round */
/** @typedef {import('./state.js').Room} Room */
/** @typedef {import('./state.js').Table} Table */

/**
 * A round as a snapshot tells it, with what only the fold knows.
 * @param {any} round @returns {Round | null}
 */
export function whole_round(round) {
  if (!round) return null;
  const { tables = [], phase, ends_at } = round;
  const finishing = tables.filter((/** @type {[string, number]} */ [, at]) => at === ends_at);
  const wrapping =
    phase === 'wrapping' ? finishing.map((/** @type {[string, number]} */ [table]) => table) : [];
  return { chair_offered: [], wrapping, ...round, tables };
}

/**
 * What a room's snapshot says of those who sit out or join in, and of the last broadcast.
 * @param {State} state @param {string} room @param {any} snapshot @returns {State}
 */
export function with_rounds(state, room, { sitting_out = [], joining_in = [], broadcast = null }) {
  return {
    ...state,
    sitting_out: Object.fromEntries(sitting_out.map((/** @type {string} */ id) => [id, 1])),
    joining_in,
    broadcast: broadcast && { ...broadcast, room },
    newcomers: [],
  };
}

/**
 * @param {State} state @param {Push} push @param {(round: Round, room: Room) => Round | null} step
 * @returns {State}
 */
function change_round(state, push, step) {
  const room = state.rooms[stream_id(push.stream)];
  if (!room?.round) return state;
  return change_room(state, room.id, { round: step(room.round, room) });
}

/**
 * Everybody of a room sits where the round says; whoever it does not name has no seat.
 * @param {Room} room @param {[string, string[]][]} seats @returns {Table[]}
 */
function seat_all(room, seats) {
  const people_at = new Map(seats);
  return room.tables.map((table) => {
    const people = people_at.get(table.id) ?? [];
    const seated = people.map((person) => ({ person }));
    return { ...table, seats: seated, taken: seated.length };
  });
}

/** @param {Room} room @param {(table: Table) => boolean} which @returns {Table[]} */
const emptied = (room, which) =>
  room.tables.map((table) => (which(table) ? { ...table, seats: [], taken: 0 } : table));

/** @param {State} state @param {string} room @param {any} data of `round.started` */
function seat_me(state, room, { plan, number, of, seats }) {
  /** @type {[string, string[]][]} */
  const at_tables = seats.filter(
    (/** @type {[string, string[]]} */ [table]) =>
      state.rooms[room].tables.find(({ id }) => id === table)?.capacity !== null,
  );
  const mine = (/** @type {[string, string[]][]} */ list) =>
    list.find(([, people]) => people.includes(state.me))?.[0] ?? null;
  return {
    ...state,
    place: state.place.room === room ? { ...state.place, table: mine(seats) } : state.place,
    round_table: mine(at_tables),
    seating: { room, plan, number, of, seats: at_tables },
    newcomers: [],
    desk: state.desk && { ...state.desk, time_asked: [] },
  };
}

/** Sitting out lapses with the end of the round it was for. @param {State} state */
const one_round_less = (state) =>
  Object.fromEntries(
    Object.entries(state.sitting_out).flatMap(([person, rounds]) =>
      rounds > 1 ? [[person, rounds - 1]] : [],
    ),
  );

/** @param {State} state @param {string | undefined} table none: of all */
const time_given = (state, table) =>
  state.desk
    ? {
        ...state.desk,
        time_asked: state.desk.time_asked.filter((each) => table && each.table !== table),
      }
    : null;

/** @type {Record<string, (state: State, push: Push) => State>} */
export const round_pushes = {
  'round.announced'(state, { stream, data, by = null }) {
    const id = stream_id(stream);
    const { chair, chair_offered } = state.rooms[id]?.round ?? { chair: by, chair_offered: [] };
    const phase = /** @type {const} */ ('announced');
    const fresh = { phase, ends_at: 0, paused_at: null, repeats: 0, chair, chair_offered };
    return change_room(state, id, { round: whole_round({ ...data, ...fresh }) });
  },
  // It can be announced again; before the first of a series that is after round 0.
  'round.cancelled': (state, push) =>
    change_round(state, push, (round) => ({
      ...round,
      number: push.data.number - 1,
      phase: 'plenary',
    })),
  'round.started'(state, { stream, at = 0, by = null, data }) {
    const id = stream_id(stream);
    const room = state.rooms[id];
    if (!room) return state;
    const { seats, plan, number, of, ends_at, repeats = 0, opener } = data;
    const next = change_room(state, id, { tables: seat_all(room, seats) });
    const seated = seat_me(next, id, data);
    const tables = (seated.seating?.seats ?? []).map(([table]) => [table, ends_at]);
    const round = whole_round({
      ...(room.round ?? { minutes: 0, size: 0, chair: by }),
      ...{ plan, number, of, ends_at, repeats, opener, tables },
      ...{ phase: 'seated', starts_at: at, paused_at: null, wrapping: [] },
    });
    return change_room(seated, id, { round });
  },
  'round.warned': (state) => state,
  'round.wrapping': (state, push) =>
    change_round(state, push, (round) => {
      const { ends_at, tables } = push.data;
      const these = new Set(tables ?? round.tables.map(([table]) => table));
      /** @type {[string, number][]} */
      const ends = round.tables.map(([table, at]) => [table, these.has(table) ? ends_at : at]);
      const wrapping = tables ? [...round.wrapping, ...tables] : [...these];
      const common = round.tables.some(([table, at]) => these.has(table) && at === round.ends_at);
      const whole = common || !tables;
      return { ...round, ...(whole && { phase: 'wrapping', ends_at }), tables: ends, wrapping };
    }),
  'round.ended'(state, push) {
    const id = stream_id(push.stream);
    const room = state.rooms[id];
    if (!room) return state;
    const these = push.data.tables ? new Set(push.data.tables) : null;
    const done = (/** @type {string} */ table) => these === null || these.has(table);
    const tables = emptied(room, (table) => done(table.id));
    const mine = state.place.room === id && state.place.table && done(state.place.table);
    const freed = {
      ...change_room(state, id, { tables }),
      place: mine ? { ...state.place, table: null } : state.place,
      newcomers: state.newcomers.filter((each) => !done(each.table)),
      ...(these === null && { sitting_out: one_round_less(state), round_table: null }),
    };
    return change_round(freed, push, (round) => ({
      ...round,
      ...(these === null && { phase: 'plenary', number: push.data.number ?? round.number }),
      tables: round.tables.filter(([table]) => !done(table)),
      wrapping: round.wrapping.filter((table) => !done(table)),
    }));
  },
  'round.extended'(state, push) {
    const { ends_at, table } = push.data;
    const asked = { ...state, desk: time_given(state, table) };
    const talks = Object.fromEntries(
      Object.entries(state.talks).map(([id, talk]) => [
        id,
        !table || id === table ? { ...talk, time_asked: null } : talk,
      ]),
    );
    return change_round({ ...asked, talks }, push, (round) => {
      // A table with more time than all have now keeps its own end.
      const follows = (/** @type {[string, number]} */ [id, at]) =>
        table ? id === table : at === round.ends_at || at <= ends_at;
      const going_on = round.tables.filter(follows).map(([id]) => id);
      const ends = round.tables.map((each) => (follows(each) ? [each[0], ends_at] : each));
      return {
        ...round,
        ...(!table && { phase: 'seated', ends_at }),
        tables: /** @type {[string, number][]} */ (ends),
        wrapping: round.wrapping.filter((id) => !going_on.includes(id)),
      };
    });
  },
  'round.paused': (state, push) =>
    change_round(state, push, (round) => ({ ...round, paused_at: push.at ?? 0 })),
  'round.resumed': (state, push) =>
    change_round(state, push, (round) => {
      const own = new Map(push.data.tables ?? []);
      const ends = round.tables.map(([id]) => [id, own.get(id) ?? push.data.ends_at]);
      return {
        ...round,
        paused_at: null,
        ends_at: push.data.ends_at,
        tables: /** @type {[string, number][]} */ (ends),
      };
    }),
  'round.sat_out'(state, { stream, data: { person, on } }) {
    const others = state.joining_in.filter((id) => id !== person);
    if ((state.people[person]?.role ?? 'member') !== 'member') {
      return { ...state, joining_in: on ? others : [...others, person] };
    }
    const { [person]: _before, ...rest } = state.sitting_out;
    const rounds = is_running(state.rooms[stream_id(stream)]?.round) ? 2 : 1;
    return { ...state, sitting_out: on ? { ...rest, [person]: rounds } : rest };
  },
  'broadcast.posted': (state, { stream, offset = 0, at = 0, by = '', data }) => ({
    ...state,
    broadcast: { room: stream_id(stream), offset, at, by, body: data.body },
    desk: state.desk && { ...state.desk, seen: null },
  }),
  'broadcast.seen': (state, { data: { room, of, tables, tables_of } }) =>
    state.desk
      ? { ...state, desk: { ...state.desk, seen: { room, of, tables, tables_of } } }
      : state,
  'chair.offered': (state, push) =>
    change_round(state, push, (round) => ({ ...round, chair_offered: push.data.people })),
  'chair.taken': (state, push) =>
    change_round(state, push, (round) => ({
      ...round,
      chair: push.data.by ?? push.by ?? null,
      chair_offered: [],
    })),

  'round.time_asked'(state, push) {
    const { table, yes, of } = push.data;
    if (stream_kind(push.stream) === 'desk') {
      if (!state.desk) return state;
      const others = state.desk.time_asked.filter((each) => each.table !== table);
      const time_asked = yes > 0 ? [...others, { table, yes, of }] : others;
      return { ...state, desk: { ...state.desk, time_asked } };
    }
    return change_talk(state, table, (talk) => {
      const by = [...(talk.time_asked?.by ?? []), ...(push.by ? [push.by] : [])];
      return { ...talk, time_asked: yes > 0 ? { yes, of, by } : null };
    });
  },
  'table.shrunk': (state, { data }) =>
    change_talk(state, data.table, (talk) => {
      const { left, into = null, at, yes = 0, of = 0 } = data;
      return { ...talk, shrunk: left > 0 && into ? { left, into, at, yes, of } : null };
    }),
  'opener.drawn': (state, { data }) =>
    change_talk(state, data.table, (talk) => ({ ...talk, opener: data.opener })),
};
