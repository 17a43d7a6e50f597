// What moderators are told beside calls for help: reports, messages that wait for them, who is
// muted or removed, roles, the word filter and what is happening where; and what each person is
// told of the same about themselves.

import { change_person } from './people.js';
import { stream_kind } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').Push} Push */
/** @typedef {import('./state.js').Desk} Desk */
/** @typedef {import('./state.js').Report} Report */
/** @typedef {(state: State, push: Push) => State} Fold */

/** So many settled reports are kept, to look at what became of them. */
const SETTLED_KEPT = 50;
const ARRIVED_KEPT = 1_000;

/** What came first stands first. @param {any[]} [list] @param {string} [number] */
const in_order = (list = [], number = '') => [...list].sort((a, b) => a[number] - b[number]);
/** How many a snapshot counts and does not name. @param {number} [all] @param {any[]} [named] */
const unnamed = (all = 0, named = []) => Math.max(0, all - named.length);

/** A desk as its snapshot tells it; what it leaves out is empty. @param {any} told */
export const moderation_of = (told) => ({
  reports: in_order(told.reports, 'report'),
  more_reports: unnamed(told.reports_open, told.reports),
  held: in_order(told.held, 'held'),
  more_held: unnamed(told.held_open, told.held),
  muted: told.muted ?? [],
  removed: told.removed ?? [],
  roles: told.roles ?? [],
  filter: told.filter ?? { on: false, words: [] },
  activity: null,
  arrived: /** @type {[string, number][]} */ ([]),
});

/** @param {State} state @param {(desk: Desk) => Desk} change @returns {State} */
export const change_desk = (state, change) =>
  state.desk ? { ...state, desk: change(state.desk) } : state;

/** @param {Push} push */
export const is_own = (push) => stream_kind(push.stream) === 'person';

/**
 * What is told to a person may be of another event they are in too.
 * @param {State} state @param {Push} push
 */
function is_elsewhere(state, { data: { event, scope } }) {
  if (event) return event !== state.event?.id;
  return scope?.includes('_') && scope !== state.event?.id && !(scope in state.rooms);
}

/** Whether something was done to me, here. @param {State} state @param {Push} push */
export const concerns_me = (state, push) => is_own(push) && !is_elsewhere(state, push);

/** @template {{person: string}} T @param {T[]} list @param {string} person */
const others = (list, person) => list.filter((each) => each.person !== person);

/**
 * Whether one may do something, everywhere in the event or in one room.
 * @param {State} state @param {string} capability @param {string | null} [room]
 */
export const may = (state, capability, room) =>
  state.capabilities.includes(capability) ||
  (room ? state.room_capabilities[room]?.includes(capability) === true : false);

/** Whether one may do something in some room at least. @param {State} state @param {string} what */
export const may_somewhere = (state, what) =>
  [state.capabilities, ...Object.values(state.room_capabilities)].some((each) =>
    each.includes(what),
  );

/**
 * Whether one has a role: in the event or some room of it, or in the one that is named.
 * @param {State} state @param {string} [room]
 */
export const is_staff = ({ capabilities, room_capabilities }, room) =>
  [capabilities, ...(room ? [room_capabilities[room]] : Object.values(room_capabilities))].some(
    (each) => each?.length > 0,
  );

/**
 * Who came lately, for whoever keeps the desk: a crowd that comes at once is found again by it.
 * @param {State} state @param {string[]} came @param {number} at
 */
export function note_arrivals(state, came, at) {
  if (came.length === 0) return state;
  const known = new Set(state.desk?.arrived.map(([person]) => person));
  const arrived = came.filter((id) => !known.has(id));
  return change_desk(state, (desk) => ({
    ...desk,
    arrived: [
      ...desk.arrived,
      ...arrived.map((id) => /** @type {[string, number]} */ ([id, at])),
    ].slice(-ARRIVED_KEPT),
  }));
}

/** How much at the desk waits for somebody. @param {State} state */
export function desk_news({ desk }) {
  if (!desk) return 0;
  const reports = desk.reports.filter((each) => each.state !== 'resolved').length;
  const unseen = desk.more_reports + desk.more_held;
  return desk.waiting.length + desk.help.length + desk.held.length + reports + unseen;
}

/** One less of what was not named. @param {State} state @param {'more_reports' | 'more_held'} of */
const fewer = (state, of) =>
  change_desk(state, (desk) => ({ ...desk, [of]: Math.max(0, desk[of] - 1) }));

/** @param {State} state @param {number} number @param {Partial<Report>} change */
const change_report = (state, number, change) =>
  change_desk(state, (desk) => ({
    ...desk,
    reports: desk.reports.map((each) => (each.report === number ? { ...each, ...change } : each)),
  }));

/** @param {Report[]} reports the settled ones in front, since they are the oldest */
function without_old(reports) {
  const settled = reports.filter((each) => each.state === 'resolved').length;
  let over = settled - SETTLED_KEPT;
  return over <= 0
    ? reports
    : reports.filter((each) => each.state !== 'resolved' || --over < 0);
}

/**
 * Somebody is out by a moderator's word, and does not wait any more either.
 * @param {State} state @param {Push} push @param {Partial<import('./state.js').Removed>} how
 */
function gone(state, { data, at = 0 }, how) {
  const { person, reason = '', until_at = null } = data;
  const out = { person, at, banned: false, until_at, reason, ...how };
  const next = change_desk(state, (desk) => ({
    ...desk,
    waiting: desk.waiting.filter((id) => id !== person),
    removed: [...others(desk.removed, person), out],
  }));
  return { ...next, present: next.present.filter((id) => id !== person) };
}

/** Words of mine wait for a moderator, known once. @param {State} state @param {any} held */
export const with_my_held = (state, held) =>
  state.my_held.some((each) => each.held === held.held)
    ? state
    : { ...state, my_held: [...state.my_held, { refused: false, reason: '', ...held }] };

/** @param {State} state @param {number} number */
export const without_my_held = (state, number) => ({
  ...state,
  my_held: state.my_held.filter((each) => each.held !== number),
});

/** Rights told anew: the event's, a room's, or both. @param {State} state @param {any} told */
const with_rights = (state, { capabilities, room_capabilities }) => ({
  ...state,
  capabilities: capabilities ?? state.capabilities,
  room_capabilities: room_capabilities ?? state.room_capabilities,
});

/**
 * The open reports as a snapshot of the desk tells them.
 * @param {State} state @param {any} told
 */
export const with_reports = (state, told) =>
  change_desk(state, (desk) => {
    const { reports, more_reports } = moderation_of(told);
    const settled = desk.reports.filter((each) => each.state === 'resolved');
    return { ...desk, reports: [...settled, ...reports], more_reports };
  });

/** @type {Record<string, Fold>} */
const report_pushes = {
  'report.filed': (state, { data, at = 0, by = '' }) =>
    change_desk(state, (desk) => ({
      ...desk,
      reports: without_old([
        ...desk.reports.filter((each) => each.report !== data.report),
        { messages: [], reason: '', at, by, ...data, state: 'open' },
      ]),
    })),
  'report.claimed': (state, { data, by = '' }) =>
    change_report(state, data.report, { state: 'claimed', owner: data.owner ?? by }),
  'report.resolved'(state, { data, by = '' }) {
    const { report, outcome } = data;
    const known = state.desk?.reports.find((each) => each.report === report);
    if (!known) return fewer(state, 'more_reports');
    const owner = known.owner ?? by;
    return change_report(state, report, { state: 'resolved', outcome, owner });
  },
  // To whoever reported; it is told as it comes and changes nothing.
  'report.answered': (state) => state,
  // About somebody of the desk; what it is about is read from there.
  'report.changed': (state) => state,
};

/** @type {Record<string, Fold>} */
const held_pushes = {
  'message.held'(state, push) {
    const { data, at = 0, by = state.me } = push;
    if (is_own(push)) return with_my_held(state, { at, ...data });
    return change_desk(state, (desk) => ({
      ...desk,
      held: [...desk.held.filter((each) => each.held !== data.held), { at, by, ...data }],
    }));
  },
  'message.reviewed'(state, push) {
    const { held, approved, reason = '' } = push.data;
    if (!is_own(push)) {
      if (!state.desk?.held.some((each) => each.held === held)) return fewer(state, 'more_held');
      return change_desk(state, (desk) => ({
        ...desk,
        held: desk.held.filter((each) => each.held !== held),
      }));
    }
    if (approved) return without_my_held(state, held);
    const my_held = state.my_held.map((each) =>
      each.held === held ? { ...each, refused: true, reason } : each,
    );
    return { ...state, my_held };
  },
  'filter.updated': (state, { data }) =>
    change_desk(state, (desk) => ({ ...desk, filter: { on: data.on, words: data.words ?? [] } })),
};

/**
 * One's own mutes, or those that the desk knows: those that stay, and the one that is new.
 * @param {State} state @param {Push} push @param {(each: import('./state.js').Muted) => any} stays
 * @param {import('./state.js').Muted[]} [more]
 */
function change_muted(state, push, stays, more = []) {
  const { person } = push.data;
  if (is_own(push)) return { ...state, muted: [...state.muted.filter(stays), ...more] };
  return change_desk(state, (desk) => ({
    ...desk,
    muted: [
      ...desk.muted.filter((each) => each.person !== person || stays(each)),
      ...more.map((each) => ({ person, ...each })),
    ],
  }));
}

/** @type {Record<string, Fold>} */
const person_pushes = {
  'person.warned'(state, push) {
    if (!is_own(push)) return state;
    const { reason = '' } = push.data;
    return { ...state, warned: [...state.warned, { at: push.at ?? 0, reason }] };
  },
  'person.muted'(state, push) {
    const { scope, until_at, reason = '', room } = push.data;
    const mute = { scope, until_at, reason, ...(room && { room }) };
    const stays = (/** @type {any} */ each) => each.scope !== scope || each.room !== room;
    return change_muted(state, push, stays, [mute]);
  },
  // Without a room all of them are lifted, also those of one room.
  'person.unmuted': (state, push) =>
    change_muted(state, push, ({ room }) => push.data.room && room !== push.data.room),
  // The places that open and close say where one is.
  'person.moved': (state) => state,
  'person.removed': (state, push) => (is_own(push) ? state : gone(state, push, {})),
  'person.banned': (state, push) => (is_own(push) ? state : gone(state, push, { banned: true })),
  'person.refused': (state, push) => gone(state, push, { refused: true }),
  'person.unbanned': (state, { data }) =>
    change_desk(state, (desk) => ({ ...desk, removed: others(desk.removed, data.person) })),
};

/** @param {Desk} desk @param {string} person @param {string} [scope] */
const other_roles = (desk, person, scope) =>
  desk.roles.filter((each) => each.person !== person || (scope && each.scope !== scope));

/** @param {string} [scope] */
const is_event_wide = (scope) => !scope || scope.startsWith('ev_');

/** @type {Record<string, Fold>} */
const role_pushes = {
  'role.granted'(state, push) {
    const { person, role, scope } = push.data;
    const known = is_event_wide(scope) ? change_person(state, person, { role }) : state;
    if (is_own(push)) return with_rights(known, push.data);
    return change_desk(known, (desk) => ({
      ...desk,
      roles: [...other_roles(desk, person, scope), { person, role, scope }],
    }));
  },
  'role.revoked'(state, push) {
    const { person, scope } = push.data;
    const known = is_event_wide(scope) ? change_person(state, person, { role: 'member' }) : state;
    if (is_own(push)) return with_rights(known, push.data);
    return change_desk(known, (desk) => ({ ...desk, roles: other_roles(desk, person, scope) }));
  },
};

/** @param {[string, Fold]} fold @returns {[string, Fold]} */
const here_alone = ([name, fold]) => [
  name,
  (state, push) => (is_own(push) && is_elsewhere(state, push) ? state : fold(state, push)),
];

/** @type {Record<string, Fold>} */
export const moderation_pushes = {
  ...Object.fromEntries(
    Object.entries({
      ...report_pushes,
      ...held_pushes,
      ...person_pushes,
      ...role_pushes,
    }).map(here_alone),
  ),
  'desk.activity': (state, { data, at = 0 }) =>
    change_desk(state, (desk) => ({
      ...desk,
      activity: { at, rooms: data.rooms ?? [], guests: data.guests ?? 0 },
    })),
};
