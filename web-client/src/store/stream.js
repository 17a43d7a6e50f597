// Streams that open and close: a snapshot replaces whatever we thought of the place.

import { empty_stream, empty_talk, stream_id, stream_kind, without } from './state.js';
import { moderation_of, with_my_held } from './moderation.js';
import { know } from './people.js';
import { change_room, put_room } from './room_list.js';
import { whole_round, with_rounds } from './round.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */
/** @typedef {(state: State, id: string, data: any) => State} Opener */

/** @type {Record<string, Opener>} */
const OPENERS = {
  event(state, _id, data) {
    const next = { ...state, place: { ...state.place, waiting: false } };
    return data.state?.event ? with_event(next, data.state.event) : next;
  },
  room(state, id, data) {
    const { room, people = [], count = people.length, ...rounds } = data.state ?? {};
    if (!room) return { ...state, place: { ...state.place, room: id } };
    const known = with_rounds(know(state, people), id, rounds);
    const next = put_room(known, { ...room, round: whole_round(room.round), count });
    const seated = room.tables?.find((/** @type {any} */ table) =>
      table.seats?.some((/** @type {any} */ seat) => seat.person === state.me),
    );
    return {
      ...next,
      present: people.map((/** @type {any} */ person) => person.id),
      count,
      place: { ...next.place, room: id, table: seated?.id ?? null },
      round_table: seated && seated.capacity !== null ? seated.id : null,
    };
  },
  table(state, id, data) {
    const {
      visitors = [],
      knocks = [],
      people = [],
      opener,
      shrunk,
      time_asked,
    } = data.state ?? {};
    const talk = {
      ...empty_talk(),
      visitors,
      knocks,
      opener: opener ?? null,
      shrunk: shrunk ?? null,
      time_asked: time_asked ? { by: [], ...time_asked } : null,
    };
    return { ...know(state, people), talks: { ...state.talks, [id]: talk } };
  },
  desk(state, _id, data) {
    const told = data.state ?? {};
    const { help = [], waiting = [], time_asked = [] } = told;
    const next = know(state, waiting);
    const waiting_ids = waiting.map((/** @type {any} */ person) => person.id);
    const desk = { help, waiting: waiting_ids, time_asked, seen: null, ...moderation_of(told) };
    return { ...next, desk };
  },
  person(state, _id, data) {
    const { blocked = [], held = [] } = data.state ?? {};
    const here = held.filter((/** @type {any} */ each) => each.event === state.event?.id);
    const my_held = state.my_held.filter((each) => each.refused);
    return here.reduce(with_my_held, { ...state, blocked, my_held });
  },
  conversation(state, id, data) {
    const { cards = [], ...rest } = data.state?.conversation ?? {};
    const conversation = { read: 0, people: [], state: 'open', ...rest, id, offset: data.offset };
    return {
      ...know(state, cards),
      conversations: { ...state.conversations, [id]: conversation },
    };
  },
};

/** @type {Record<string, (state: State, stream: string) => State>} */
const CLOSERS = {
  room(state, id) {
    const tables = (state.rooms[id]?.tables ?? []).map(({ seats: _unseen, ...table }) => table);
    const next = change_room(state, id, { tables, round: null });
    if (state.place.room !== id) return next;
    const place = { ...next.place, room: null, table: null };
    return with_rounds({ ...next, present: [], place, round_table: null }, id, {});
  },
  table: (state, id) => ({ ...state, talks: without(state.talks, id) }),
  desk: (state) => ({ ...state, desk: null }),
  conversation: (state, id) => ({ ...state, conversations: without(state.conversations, id) }),
};

/**
 * Takes an event's snapshot: its rooms with it.
 * @param {State} state
 * @param {any} event
 * @returns {State}
 */
export function with_event(state, event) {
  const { rooms, ...rest } = event;
  // A lockdown is told while there is one.
  const next = { ...state, event: { ...state.event, lockdown: false, ...rest } };
  if (!rooms) return next;
  const kept = rooms.map((/** @type {any} */ room) => {
    const here = state.rooms[room.id];
    // What a room's own stream keeps right is not taken from the event, which tells less of it.
    const held = here?.tables.some((table) => table.seats) === true;
    const tables = held ? here.tables : (room.tables ?? []);
    const round = held ? here.round : whole_round(room.round);
    return [room.id, { ...here, ...room, tables, round }];
  });
  return {
    ...next,
    rooms: Object.fromEntries(kept),
    room_order: rooms.map((/** @type {any} */ room) => room.id),
  };
}

/** @type {Record<string, (state: State, push: Push) => State>} */
export const stream_pushes = {
  'stream.opened'(state, push) {
    const stream = push.stream ?? '';
    const { messages = [], more = false, offset = 0 } = push.data;
    const opened = OPENERS[stream_kind(stream)]?.(state, stream_id(stream), push.data) ?? state;
    return {
      ...opened,
      streams: {
        ...opened.streams,
        [stream]: { ...empty_stream(offset), messages, more, loaded: true },
      },
    };
  },
  'stream.closed'(state, push) {
    const stream = push.stream ?? '';
    const closed = CLOSERS[stream_kind(stream)]?.(state, stream_id(stream)) ?? state;
    return { ...closed, streams: without(closed.streams, stream) };
  },
};
