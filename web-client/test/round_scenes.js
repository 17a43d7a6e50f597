// Scenes of rounds: the room of scenes.js with a round announced, running or over in it.

import { scene } from './scenes.js';

/** @typedef {Record<string, any>} Scene */

const MINUTE = 60_000;

/** Who sits where in the second round of three; the sofa last. @type {[string, string[]][]} */
export const SEATS = [
  ['tb_1', ['p_anna', 'p_me', 'p_jonas', 'p_yuki']],
  ['tb_2', ['p_amina', 'p_lars', 'p_omar']],
  ['tb_3', ['p_sofia', 'p_emil']],
];

/** @param {Partial<Record<string, any>>} [more] */
export function round(more = {}) {
  const now = Date.now();
  const ends_at = more.ends_at ?? now + 8 * MINUTE;
  return {
    plan: 'pl_1',
    number: 2,
    of: 3,
    phase: 'seated',
    starts_at: now - 2 * MINUTE,
    ends_at,
    minutes: 10,
    size: 4,
    paused_at: null,
    opener: { card: 7 },
    repeats: 0,
    chair: 'p_ida',
    chair_offered: [],
    tables: SEATS.map(([table]) => [table, ends_at]),
    ...more,
  };
}

/**
 * @param {{round: any, seats?: [string, string[]][], state?: any, talk?: any, how?: any,
 *   replies?: any}} what
 * @returns {Scene}
 */
export function round_scene({ round: told, seats = SEATS, state = {}, talk = {}, how, replies }) {
  const made = scene({ ...how });
  const opened = made.pushes.find((/** @type {any} */ each) => each.stream === 'room:rm_tables');
  const { room } = opened.data.state;
  const people_at = new Map(seats);
  const tables = room.tables.map((/** @type {any} */ table) => {
    const people = people_at.get(table.id) ?? [];
    const seated = people.map((person) => ({ person, state: 'online' }));
    return { ...table, locked: false, mood: 'open', taken: people.length, seats: seated };
  });
  Object.assign(opened.data.state, { room: { ...room, tables, round: told }, ...state });
  const mine = seats.find(([, people]) => people.includes('p_me'))?.[0] ?? null;
  if (mine) {
    const table = tables.find((/** @type {any} */ each) => each.id === mine);
    made.pushes.push({
      push: 'stream.opened',
      stream: `table:${mine}`,
      data: {
        epoch: 'e',
        offset: 20,
        messages: [],
        more: false,
        state: { table, people: [], visitors: [], knocks: [], ...talk },
      },
    });
  }
  made.hello.place.table = mine;
  for (const each of made.hello.event.rooms) {
    if (each.id === 'rm_tables')
      Object.assign(each, { tables, round: { ...told, tables: undefined } });
  }
  return { ...made, replies };
}
