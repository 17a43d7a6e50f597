// The messages of a stream: posted, edited, deleted to a stone, reacted to, pinned; and who types.

import { with_changed, with_changed_by, with_earlier, with_said } from './held.js';
import { change_person } from './people.js';
import { empty_stream, stream_id, stream_kind } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */
/** @typedef {import('./state.js').Message} Message */
/** @typedef {import('./state.js').Stream} Stream */

/**
 * @param {State} state
 * @param {string} name
 * @param {(stream: Stream) => Stream} change
 * @returns {State}
 */
export function change_stream(state, name, change) {
  const stream = state.streams[name] ?? empty_stream();
  const next = change(stream);
  return next === stream ? state : { ...state, streams: { ...state.streams, [name]: next } };
}

/** @param {State} state @param {Push} push @param {(message: Message) => Message} change */
const change_message = (state, push, change) =>
  change_stream(state, push.stream ?? '', (stream) => with_changed(stream, push.data.of, change));

/**
 * Puts a page of history before what a stream holds.
 * @param {State} state @param {string} name @param {Message[]} page @param {boolean} more
 */
export const add_history = (state, name, page, more) =>
  change_stream(state, name, (stream) => with_earlier(stream, page, more));

/** The offset of a conversation orders the list of them. @param {State} state @param {Push} push */
function note_conversation(state, push) {
  if (stream_kind(push.stream) !== 'conversation') return state;
  const conversation = state.conversations[stream_id(push.stream)];
  if (!conversation) return state;
  const next = { ...conversation, offset: push.offset ?? conversation.offset };
  return { ...state, conversations: { ...state.conversations, [conversation.id]: next } };
}

/**
 * @param {Record<string, string[]>} reactions
 * @param {string} emoji
 * @param {string} by
 * @param {boolean} on
 */
function react(reactions, emoji, by, on) {
  const others = (reactions[emoji] ?? []).filter((person) => person !== by);
  const people = on ? [...others, by] : others;
  if (people.length) return { ...reactions, [emoji]: people };
  const { [emoji]: _none, ...rest } = reactions;
  return rest;
}

/** What is left of a message that is gone. @param {Message} message @returns {Message} */
const stone_of = (message) => ({
  ...message,
  body: '',
  deleted: true,
  pinned: false,
  reactions: {},
});

/** As the server names whoever erased themselves, in every language alike. */
const ERASED_NAME = 'Someone who left';

/** @type {Record<string, (state: State, push: Push) => State>} */
export const chat_pushes = {
  'message.posted'(state, push) {
    const { body, reply_to } = push.data;
    /** @type {Message} */
    const message = {
      offset: push.offset ?? 0,
      at: push.at ?? 0,
      by: push.by ?? '',
      body,
      reply_to,
      edited: false,
      deleted: false,
      pinned: false,
      reactions: {},
    };
    const next = change_stream(state, push.stream ?? '', (stream) => {
      const said = with_said(stream, message);
      if (said === stream) return stream;
      const { [message.by]: _typed, ...typing } = said.typing;
      return { ...said, typing };
    });
    return note_conversation(next, push);
  },
  'message.edited': (state, push) =>
    change_message(state, push, (message) => ({
      ...message,
      body: push.data.body,
      edited: true,
    })),
  'message.deleted': (state, push) => change_message(state, push, stone_of),
  'person.erased': (state, push) => {
    const { person } = push.data;
    const nobody = { name: ERASED_NAME, about: '', ask: '', offer: '', org: '', title: '' };
    const next = change_stream(state, push.stream ?? '', (stream) =>
      with_changed_by(stream, person, stone_of),
    );
    return change_person(next, person, nobody);
  },
  'message.reacted': (state, push) =>
    change_message(state, push, (message) => ({
      ...message,
      reactions: react(message.reactions ?? {}, push.data.emoji, push.by ?? '', push.data.on),
    })),
  'message.pinned': (state, push) =>
    change_message(state, push, (message) => ({
      ...message,
      pinned: true,
    })),
  'message.unpinned': (state, push) =>
    change_message(state, push, (message) => ({
      ...message,
      pinned: false,
    })),
  typing: (state, push) =>
    change_stream(state, push.stream ?? '', (stream) => ({
      ...stream,
      typing: { ...stream.typing, [push.by ?? '']: push.at ?? 0 },
    })),
};
