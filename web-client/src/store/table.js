// What is told to a table alone: who knocks, who visits, whether help was called.

import { empty_talk } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */
/** @typedef {import('./state.js').TableTalk} TableTalk */

/** @param {State} state @param {string} table @param {(talk: TableTalk) => TableTalk} change */
export const change_talk = (state, table, change) => ({
  ...state,
  talks: { ...state.talks, [table]: change(state.talks[table] ?? empty_talk()) },
});

/** @param {Push} push */
const table_of = (push) => push.data.table ?? (push.stream ?? '').replace(/^table:/, '');

/** @type {Record<string, (state: State, push: Push) => State>} */
export const table_pushes = {
  'table.knocked': (state, push) =>
    change_talk(state, table_of(push), (talk) => ({
      ...talk,
      knocks: [
        ...talk.knocks.filter((knock) => knock.knock !== push.data.knock),
        { ...push.data, at: push.at ?? 0 },
      ],
    })),
  'table.visited': (state, push) =>
    change_talk(state, table_of(push), (talk) => ({
      ...talk,
      visitors: [
        ...talk.visitors.filter((person) => person !== push.data.person),
        ...(push.data.on ? [push.data.person] : []),
      ],
    })),
};

/**
 * A knock that lapsed or was declined here is put away.
 * @param {State} state
 * @param {string} table
 * @param {number} knock
 */
export const forget_knock = (state, table, knock) =>
  change_talk(state, table, (talk) => ({
    ...talk,
    knocks: talk.knocks.filter((each) => each.knock !== knock),
  }));
