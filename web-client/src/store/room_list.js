// The rooms of the event and the tables in them: the small changes that folds are made of.

import { stream_id, stream_kind } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Room} Room */
/** @typedef {import('./state.js').Table} Table */

/** @param {State} state @param {Room} room @returns {State} */
export function put_room(state, room) {
  const known = room.id in state.rooms;
  return {
    ...state,
    rooms: { ...state.rooms, [room.id]: { ...state.rooms[room.id], ...room } },
    room_order: known ? state.room_order : [...state.room_order, room.id],
  };
}

/** @param {State} state @param {string} id @param {Partial<Room>} change @returns {State} */
export function change_room(state, id, change) {
  const room = state.rooms[id];
  return room ? { ...state, rooms: { ...state.rooms, [id]: { ...room, ...change } } } : state;
}

/** @param {State} state @param {string} id @returns {Room | null} */
export function room_of_table(state, id) {
  for (const room_id of state.room_order) {
    const room = state.rooms[room_id];
    if (room?.tables?.some((table) => table.id === id)) return room;
  }
  return null;
}

/** The room that a stream of a room or a table belongs to. @param {State} state */
export const room_of_stream = (state, /** @type {string} */ stream) =>
  stream_kind(stream) === 'table'
    ? room_of_table(state, stream_id(stream))
    : state.rooms[stream_id(stream)];

/** @param {State} state @param {string | null} id @returns {Table | null} */
export function table_by_id(state, id) {
  if (!id) return null;
  return room_of_table(state, id)?.tables.find((table) => table.id === id) ?? null;
}

/**
 * @param {State} state @param {string} id @param {(table: Table) => Table} change
 * @returns {State}
 */
export function change_table(state, id, change) {
  const room = room_of_table(state, id);
  if (!room) return state;
  const tables = room.tables.map((table) => (table.id === id ? change(table) : table));
  return change_room(state, room.id, { tables });
}
