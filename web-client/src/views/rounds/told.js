// Turns what happens in a round into words: one sentence each, beside the countdown and for the
// ear, a quiet tone where it was asked for, a notification of the browser when a round is about to
// start.

import { announce } from '../../app/announcer.js';
import { tell_browser } from '../../app/happenings.js';
import { notice } from '../../app/notices.js';
import { name_of, once_known } from '../../app/people.js';
import { tone } from '../../app/round_sound.js';
import { on_push, server_now } from '../../app/session.js';
import { current } from '../../app/store.js';
import { join_names, t } from '../../app/text.js';
import { table_by_id } from '../../store/room_list.js';
import { end_of_table, round_here } from '../../store/round_reading.js';
import { stream_id, stream_kind } from '../../store/state.js';
import { round_name } from './countdown.js';
import { said, say } from './said.js';

/** @typedef {import('../../connection/types.js').Push} Push */

const NAMES_COME_MS = 400;

let chair_was_free = false;

/** @param {string | null} table */
const table_name = (table) => table_by_id(current(), table)?.name ?? '';
const my_table = () => current().place.table;

/** Whether what is told of some tables, or of all, is told of mine. @param {any} data */
const concerns_me = ({ tables, table }) => {
  const mine = my_table();
  if (table) return table === mine;
  return !tables || tables.includes(mine);
};

function tell_announced() {
  const round = round_here(current());
  if (round?.phase !== 'announced') return;
  const n = Math.max(1, Math.round((round.starts_at - server_now()) / 1000));
  const words = t('round.announced_said', { round: round_name(round), n });
  announce(words);
  tone();
  tell_browser(t('app.name'), words);
}

function tell_started() {
  const state = current();
  const seats = table_by_id(state, state.place.table)?.seats ?? [];
  const others = seats.map(({ person }) => person).filter((person) => person !== state.me);
  const table = table_name(state.place.table);
  if (!state.round_table) {
    if (state.place.table) say(t('round.sofa_said'));
    return;
  }
  // In a crowd the names of those at one's table come a moment after the seats.
  setTimeout(() => {
    const names = join_names(others.slice(0, 8).map((person) => name_of(current(), person)));
    const words = t('round.seated_said', { n: others.length + 1, table, names });
    announce(words);
    tell_browser(t('app.name'), words);
  }, NAMES_COME_MS);
}

/** A table with an end of its own has its own warnings. @param {any} data */
function warns_me({ table }) {
  const round = round_here(current());
  const mine = my_table();
  if (!round || !mine || mine !== current().round_table) return false;
  return table ? table === mine : end_of_table(round, mine) === round.ends_at;
}

/** @param {number} left_s */
function warning(left_s) {
  if (left_s === 60) return t('round.warned_minute');
  if (left_s > 60) return t('round.warned_minutes', { n: Math.round(left_s / 60) });
  return t('round.warned_last', { n: left_s });
}

const CANCELLED = /** @type {const} */ ({
  asked: 'round.cancelled',
  missed: 'round.cancelled_missed',
  too_few: 'round.cancelled_few',
});

/** @type {Record<string, (push: Push) => void>} */
const TOLD = {
  'round.announced': tell_announced,
  'round.cancelled': ({ data }) =>
    void notice(t(CANCELLED[/** @type {'asked'} */ (data.reason)] ?? 'round.cancelled')),
  'round.started'() {
    said.value = null;
    tell_started();
  },
  'round.warned'({ data }) {
    if (!warns_me(data)) return;
    say(warning(data.left_s));
    tone();
  },
  'round.wrapping'({ data }) {
    if (!my_table() || my_table() !== current().round_table || !concerns_me(data)) return;
    const n = Math.max(1, Math.round((data.ends_at - server_now()) / 1000));
    said.value = null;
    announce(t('round.wrapping_said', { n }));
    tone();
  },
  'round.ended'({ data }) {
    const round = round_here(current());
    if (!round || data.tables) return;
    said.value = null;
    const room = current().rooms[current().place.room ?? '']?.name ?? '';
    announce(t('round.over', { round: round_name(round), room }));
    tell_browser(t('app.name'), t('round.over', { round: round_name(round), room }));
  },
  'round.extended'({ data }) {
    const round = round_here(current());
    if (!round || !concerns_me(data)) return;
    const minutes = Math.round((data.ends_at - server_now()) / 60_000);
    say(minutes > 0 ? t('round.warned_minutes', { n: minutes }) : t('round.extended_short'));
  },
  'round.paused': () => say(t('round.paused_said')),
  'round.resumed': () => say(t('round.pause_ends')),
  'seat.taken'({ data }) {
    const { person, table, late, merged } = data;
    const state = current();
    if (person === state.me || table !== state.place.table || !(late || merged)) return;
    once_known(person, () => announce(t('newcomer.joins', { names: name_of(current(), person) })));
  },
  'table.shrunk'({ data }) {
    if (data.table !== my_table() || !data.into || data.yes > 0) return;
    const table = table_name(data.into);
    if (data.left === 1) announce(t('merge.at_said', { table }));
    if (data.left === 2) announce(t('merge.ask', { table }));
  },
  'chair.offered'({ data }) {
    chair_was_free = true;
    if (!data.people.includes(current().me)) return;
    const chair = round_here(current())?.chair;
    announce(chair ? t('chair.gone', { name: name_of(current(), chair) }) : t('chair.gone_nobody'));
  },
  'chair.taken'(push) {
    // Whoever announces leads without a word about it; whoever steps in is named.
    if (!chair_was_free) return;
    chair_was_free = false;
    const by = push.data.by ?? push.by;
    if (by === current().me) notice(t('chair.yours'));
    else once_known(by, () => say(t('chair.taken', { name: name_of(current(), by) })));
  },
  'broadcast.posted'({ by = '', data }) {
    if (by === current().me) return;
    once_known(by, () => {
      const words = `${t('broadcast.from', { name: name_of(current(), by) })} ${data.body}`;
      announce(words);
      tell_browser(t('app.name'), words);
    });
  },
};

export function listen_to_rounds() {
  on_push((push) => {
    const kind = stream_kind(push.stream);
    const here = kind === 'table' || stream_id(push.stream) === current().place.room;
    if (here && Object.hasOwn(TOLD, push.push)) TOLD[push.push](push);
  });
  // What fetched this part was an announcement; it is told now that the words are there.
  queueMicrotask(tell_announced);
}
