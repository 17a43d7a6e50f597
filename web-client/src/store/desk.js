// What facilitators, moderators and organisers are told: help calls and people waiting.

import { know } from './people.js';
import { empty_talk, stream_kind } from './state.js';
import { change_talk } from './table.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */
/** @typedef {import('./state.js').Desk} Desk */

/** @param {State} state @param {(desk: Desk) => Desk} change @returns {State} */
const change_desk = (state, change) =>
  state.desk ? { ...state, desk: change(state.desk) } : state;

/** @param {State} state @param {string} person */
const no_longer_waiting = (state, person) =>
  change_desk(state, (desk) => ({
    ...desk,
    waiting: desk.waiting.filter((id) => id !== person),
  }));

/** @param {State} state @param {string} person */
const gone = (state, person) => ({
  ...no_longer_waiting(state, person),
  present: state.present.filter((id) => id !== person),
});

/** @type {Record<string, (state: State, push: Push) => State>} */
export const desk_pushes = {
  'help.called'(state, push) {
    const { table, person, line } = push.data;
    if (stream_kind(push.stream) === 'table') {
      return change_talk(state, table, (talk) => ({ ...empty_talk(), ...talk, help: person }));
    }
    return change_desk(state, (desk) => ({
      ...desk,
      help: [
        ...desk.help.filter((call) => call.table !== table),
        { table, person, line, at: push.at ?? 0 },
      ],
    }));
  },
  'help.done'(state, push) {
    const { table } = push.data;
    if (stream_kind(push.stream) === 'table') {
      return change_talk(state, table, (talk) => ({ ...talk, help: null }));
    }
    return change_desk(state, (desk) => ({
      ...desk,
      help: desk.help.filter((call) => call.table !== table),
    }));
  },
  'person.waiting'(state, { data }) {
    const { person, ...rest } = data;
    const known = know(state, [{ role: 'member', state: 'online', ...rest, id: person }]);
    return change_desk(known, (desk) => ({
      ...desk,
      waiting: [...desk.waiting.filter((id) => id !== person), person],
    }));
  },
  'person.admitted': (state, { data }) => no_longer_waiting(state, data.person),
  'person.refused': (state, { data }) => no_longer_waiting(state, data.person),
  'person.muted'(state, push) {
    if (stream_kind(push.stream) !== 'person') return state;
    const { scope, until_at, reason } = push.data;
    return { ...state, muted: { scope, until_at, reason } };
  },
  'person.unmuted': (state, push) =>
    stream_kind(push.stream) === 'person' ? { ...state, muted: null } : state,
  'person.removed': (state, push) =>
    stream_kind(push.stream) === 'desk' ? gone(state, push.data.person) : state,
};
