// The answer to hello: who I am, what is allowed, the event, my place. What was recovered is kept
// as it stands; everything else is dropped and comes again as `stream.opened`.

import { know } from './people.js';
import { with_event } from './stream.js';
import { empty_stream, stream_kind } from './state.js';

/** @typedef {import('./state.js').State} State */

/** @param {State} state @param {any} ok @param {Set<string>} kept @returns {State} */
export function apply_hello(state, ok, kept) {
  const same_person = state.me === ok.person.id;
  const old = same_person ? state.streams : {};
  const streams = Object.fromEntries(Object.entries(old).filter(([name]) => kept.has(name)));
  /** @type {any[]} */
  const entries = ok.conversations ?? [];
  const conversations = Object.fromEntries(
    entries.map(({ cards: _cards, ...each }) => [each.id, each]),
  );
  const cards = entries.flatMap((each) => each.cards ?? []);
  for (const id of Object.keys(conversations)) streams[`conversation:${id}`] ??= empty_stream();
  const next = know(with_event(same_person ? state : { ...state, reads: {} }, ok.event ?? {}), [
    ...cards,
    ok.person,
  ]);
  const open_desk = [...kept].some((name) => stream_kind(name) === 'desk');
  return {
    ...next,
    me: ok.person.id,
    capabilities: ok.capabilities ?? [],
    room_capabilities: ok.room_capabilities ?? {},
    limits: ok.limits ?? {},
    muted: ok.muted ? [ok.muted] : [],
    warned: same_person ? state.warned : [],
    my_held: same_person ? state.my_held : [],
    place: {
      room: ok.place?.room ?? null,
      table: ok.place?.table ?? null,
      waiting: ok.place?.waiting === true,
    },
    streams,
    conversations,
    reads: { ...next.reads, ...read_marks(ok) },
    desk: open_desk ? next.desk : null,
    talks: Object.fromEntries(Object.entries(next.talks).filter(([id]) => kept.has(`table:${id}`))),
  };
}

/** @param {any} ok @returns {Record<string, number>} */
function read_marks(ok) {
  const marks = { ...ok.reads };
  for (const { id, read } of ok.conversations ?? []) {
    marks[`conversation:${id}`] = Math.max(marks[`conversation:${id}`] ?? 0, read ?? 0);
  }
  return marks;
}
