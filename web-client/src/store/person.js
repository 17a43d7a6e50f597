// What is told to one person's own sessions: invitations, conversations, blocks, read marks.

import { empty_stream } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */

/** @type {Record<string, (state: State, push: Push) => State>} */
export const person_pushes = {
  'table.invited'(state, { data, at = 0 }) {
    const { table, room, by } = data;
    const others = state.invites.filter((invite) => invite.table !== table);
    return { ...state, invites: [...others, { table, room, by, at }] };
  },
  'conversation.started'(state, { data }) {
    const { conversation: id, people } = data;
    const stream = `conversation:${id}`;
    /** @type {import('./state.js').Conversation} */
    const known = state.conversations[id] ?? { id, people, state: 'open', offset: 0, read: 0 };
    return {
      ...state,
      conversations: { ...state.conversations, [id]: { ...known, people } },
      streams: { ...state.streams, [stream]: state.streams[stream] ?? empty_stream() },
    };
  },
  'conversation.accepted'(state, push) {
    const id = (push.stream ?? '').replace(/^conversation:/, '');
    const conversation = state.conversations[id];
    if (!conversation) return state;
    return {
      ...state,
      conversations: { ...state.conversations, [id]: { ...conversation, state: 'open' } },
    };
  },
  'person.blocked': (state, { data }) => ({
    ...state,
    blocked: [...state.blocked.filter((id) => id !== data.person), data.person],
  }),
  'person.unblocked': (state, { data }) => ({
    ...state,
    blocked: state.blocked.filter((id) => id !== data.person),
  }),
  read(state, push) {
    const stream = push.data.stream ?? push.stream;
    const offset = Math.max(state.reads[stream] ?? 0, push.data.offset ?? 0);
    return { ...state, reads: { ...state.reads, [stream]: offset } };
  },
};
