// What facilitators, moderators and organisers are told: help calls and people waiting.

import { change_desk } from './moderation.js';
import { know } from './people.js';
import { empty_talk, stream_kind } from './state.js';
import { change_talk } from './table.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */

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
  'person.admitted': (state, { data }) =>
    change_desk(state, (desk) => ({
      ...desk,
      waiting: desk.waiting.filter((id) => id !== data.person),
    })),
};
