// What happens in a room: people, tables, and who takes or leaves which seat.

import { change_person } from './people.js';
import { change_room, change_table, room_of_table, table_by_id } from './room_list.js';
import { is_running } from './round_reading.js';
import { stream_id } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */
/** @typedef {import('./state.js').Table} Table */

/**
 * Who comes to a table while a round runs there is to be introduced; elsewhere nobody is.
 * @param {State} state @param {any} data of `seat.taken` @param {number} at
 * @returns {State}
 */
function note_arrival(state, { person, table, late, merged, moved_by }, at) {
  const others = state.newcomers.filter((each) => each.person !== person);
  const comes = late || merged || (moved_by && is_running(room_of_table(state, table)?.round));
  if (!comes && others.length === state.newcomers.length) return state;
  return { ...state, newcomers: comes ? [...others, { table, person, at }] : others };
}

/** @param {Table} table @param {string} person @returns {Table} */
function without_person(table, person) {
  if (!table.seats) return table;
  const seats = table.seats.filter((seat) => seat.person !== person);
  return seats.length === table.seats.length ? table : { ...table, seats, taken: seats.length };
}

/** @param {State} state @param {string} room @param {string} person @param {string | null} table */
function seat_person(state, room, person, table) {
  const tables = (state.rooms[room]?.tables ?? []).map((each) => {
    const freed = without_person(each, person);
    if (each.id !== table) return freed;
    const seats = [...(freed.seats ?? []), { person }];
    return { ...freed, seats, taken: seats.length };
  });
  const next = change_room(state, room, { tables });
  return person === state.me ? { ...next, place: { ...next.place, table } } : next;
}

/**
 * A knock is answered when its person sits.
 * @param {State} state
 * @param {string} person
 * @param {string} table
 */
function answer_knocks(state, person, table) {
  const talk = state.talks[table];
  if (!talk?.knocks.some((knock) => knock.person === person)) return state;
  const knocks = talk.knocks.filter((knock) => knock.person !== person);
  return { ...state, talks: { ...state.talks, [table]: { ...talk, knocks } } };
}

/** @param {State} state @param {Push} push @param {Partial<Table>} change */
const set_table = (state, push, change) =>
  change_table(state, push.data.table, (table) => ({ ...table, ...change }));

/** @type {Record<string, (state: State, push: Push) => State>} */
export const room_pushes = {
  'seat.taken'(state, { stream, data, at = 0 }) {
    const room = room_of_table(state, data.table)?.id ?? stream_id(stream);
    const taken = seat_person(state, room, data.person, data.table);
    const seated = note_arrival(answer_knocks(taken, data.person, data.table), data, at);
    if (data.person !== state.me) return seated;
    const sofa = table_by_id(seated, data.table)?.capacity === null;
    return {
      ...seated,
      round_table: sofa ? seated.round_table : data.table,
      invites: seated.invites.filter((invite) => invite.table !== data.table),
    };
  },
  'seat.left'(state, { stream, data }) {
    const room = room_of_table(state, data.table)?.id ?? stream_id(stream);
    return seat_person(state, room, data.person, null);
  },
  'person.updated'(state, { data }) {
    const { person, ...rest } = data;
    // The push names everything that is left of a card: what is absent was taken off it.
    const cleared = {
      about: undefined,
      ask: undefined,
      offer: undefined,
      org: undefined,
      title: undefined,
    };
    return change_person(state, person, { ...cleared, ...rest });
  },
  'table.created'(state, { stream, data }) {
    const { table, ...rest } = data;
    const room = state.rooms[stream_id(stream)];
    if (!room || room.tables.some((each) => each.id === table)) return state;
    return change_room(state, room.id, {
      tables: [...room.tables, { seats: [], ...rest, id: table }],
    });
  },
  'table.updated'(state, push) {
    const { table: _table, ...change } = push.data;
    return set_table(state, push, change);
  },
  'table.removed'(state, { data }) {
    const room = room_of_table(state, data.table);
    if (!room) return state;
    const next = change_room(state, room.id, {
      tables: room.tables.filter((table) => table.id !== data.table),
    });
    const mine = state.place.table === data.table;
    return mine ? { ...next, place: { ...next.place, table: null } } : next;
  },
  'table.locked': (state, push) => set_table(state, push, { locked: true }),
  'table.unlocked': (state, push) => set_table(state, push, { locked: false }),
};
