// What happens in the event as a whole: its own facts, its rooms and how many are in each.

import { note_arrivals } from './moderation.js';
import { change_room, put_room } from './room_list.js';
import { stream_id, without } from './state.js';
import { with_event } from './stream.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */

/** @type {Record<string, (state: State, push: Push) => State>} */
export const event_pushes = {
  'event.updated': (state, { data }) => with_event(state, data.event ?? {}),
  'room.created'(state, { data }) {
    const { room, ...rest } = data;
    return put_room(state, { count: 0, tables: [], ...rest, id: room });
  },
  'room.updated'(state, { data }) {
    const { room, ...change } = data;
    return change_room(state, room, change);
  },
  'room.closed': (state, { data }) => ({
    ...state,
    rooms: without(state.rooms, data.room),
    room_order: state.room_order.filter((id) => id !== data.room),
  }),
  'rooms.counted'(state, { data }) {
    let next = state;
    for (const [id, count] of Object.entries(data.counts ?? {})) {
      if (state.rooms[id] && state.rooms[id].count !== count)
        next = change_room(next, id, { count });
    }
    return next;
  },
  presence(state, { stream, data, at = 0 }) {
    const { joined = [], left = [], changed = [], count = state.count } = data;
    const people = { ...state.people };
    for (const person of joined) people[person.id] = { ...people[person.id], ...person };
    for (const [id, what] of changed) if (people[id]) people[id] = { ...people[id], state: what };
    const gone = new Set(left);
    const came = joined.map((/** @type {any} */ person) => person.id);
    const stayed = data.all
      ? []
      : state.present.filter((id) => !gone.has(id) && !came.includes(id));
    const present = [...stayed, ...came];
    const next = change_room({ ...state, people, present, count }, stream_id(stream), { count });
    return data.all ? next : note_arrivals(next, came, at);
  },
};
