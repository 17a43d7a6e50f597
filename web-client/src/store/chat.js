// The messages of a stream: posted, edited, deleted to a stone, reacted to, pinned; and who types.

import { empty_stream, stream_id, stream_kind } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */
/** @typedef {import('./state.js').Message} Message */
/** @typedef {import('./state.js').Stream} Stream */

/** What is kept in memory of one stream; older words are fetched again when scrolled to. */
export const MESSAGES_KEPT = 600;
const TRIM_AT = 800;

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
  change_stream(state, push.stream ?? '', (stream) => {
    const index = stream.messages.findIndex((message) => message.offset === push.data.of);
    if (index < 0) return stream;
    const messages = stream.messages.slice();
    messages[index] = change(messages[index]);
    return { ...stream, messages };
  });

/**
 * Puts a page of history into a stream; what comes from the server replaces what we had.
 * @param {State} state @param {string} name @param {Message[]} page @param {boolean} more
 */
export const add_history = (state, name, page, more) =>
  change_stream(state, name, (stream) => {
    const by_offset = new Map(stream.messages.map((message) => [message.offset, message]));
    for (const message of page) by_offset.set(message.offset, message);
    const messages = [...by_offset.values()].sort((a, b) => a.offset - b.offset);
    return { ...stream, messages, more, loaded: true };
  });

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
      if (stream.messages.some((each) => each.offset === message.offset)) return stream;
      const { [message.by]: _typed, ...typing } = stream.typing;
      const messages = [...stream.messages, message];
      if (messages.length < TRIM_AT) return { ...stream, messages, typing };
      return { ...stream, messages: messages.slice(-MESSAGES_KEPT), more: true, typing };
    });
    return note_conversation(next, push);
  },
  'message.edited': (state, push) =>
    change_message(state, push, (message) => ({
      ...message,
      body: push.data.body,
      edited: true,
    })),
  'message.deleted': (state, push) =>
    change_message(state, push, (message) => ({
      ...message,
      body: '',
      deleted: true,
      pinned: false,
      reactions: {},
    })),
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
