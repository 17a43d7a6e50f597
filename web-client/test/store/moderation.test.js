// What the desk is told of reports, held messages, mutes, removals, roles and the filter; and what
// each person is told of the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply_hello } from '../../src/store/hello.js';
import { desk_news, is_staff, may, may_somewhere, with_reports } from '../../src/store/moderation.js';
import { HELLO, arrived, fold, in_room, person, push } from './support.js';

const on_desk = { stream: 'desk:ev_1' };
const on_me = { stream: 'person:p_me' };
const desk_opened = (told = {}) => ({
  push: 'stream.opened',
  ...on_desk,
  data: { epoch: 'e', offset: 0, messages: [], state: { help: [], waiting: [], ...told } },
});
const at_desk = (told = {}) => fold(in_room(), desk_opened(told));
const filed = (/** @type {number} */ report, more = {}) =>
  push(
    'report.filed',
    { report, by: 'p_2', person: 'p_3', stream: 'room:rm_1', of: 3, reason: 'unkind', messages: [] },
    { ...on_desk, ...more },
  );
const held = (/** @type {number} */ number, on = on_desk, by = 'p_3') =>
  push('message.held', { held: number, stream: 'room:rm_1', body: 'buy now', by }, on);

test('a desk opens with all that waits there, and with nothing that it was not told', () => {
  const report = { report: 4, at: 1, by: 'p_2', person: 'p_3', state: 'claimed', owner: 'p_9' };
  const told = {
    reports: [report],
    held: [{ held: 1, at: 2, by: 'p_3', stream: 'room:rm_1', body: 'x' }],
    muted: [{ person: 'p_3', until_at: 9, scope: 'chat', reason: '' }],
    removed: [{ person: 'p_8', at: 1, banned: true, until_at: null, reason: 'spam' }],
    roles: [{ person: 'p_2', role: 'facilitator', scope: 'rm_1' }],
    filter: { on: true, words: ['casino'] },
  };
  const { desk } = at_desk(told);
  for (const [part, value] of Object.entries(told)) assert.deepEqual(desk[part], value, part);
  const bare = at_desk().desk;
  assert.deepEqual(
    [bare.reports, bare.held, bare.muted, bare.removed, bare.roles, bare.filter, bare.activity],
    [[], [], [], [], [], { on: false, words: [] }, null],
  );
});

test('a report is filed, taken by somebody and settled', () => {
  let state = fold(at_desk(), filed(1), filed(2));
  assert.deepEqual(
    state.desk.reports.map((/** @type {any} */ each) => [each.report, each.state, each.at]),
    [
      [1, 'open', 100],
      [2, 'open', 100],
    ],
  );
  state = fold(state, push('report.claimed', { report: 1, owner: 'p_9' }, on_desk));
  assert.deepEqual(
    [state.desk.reports[0].state, state.desk.reports[0].owner, desk_news(state)],
    ['claimed', 'p_9', 2],
  );
  state = fold(
    state,
    push('report.resolved', { report: 1, outcome: 'muted', reason: '' }, on_desk),
    push('report.resolved', { report: 2, outcome: 'dismissed', reason: '' }, on_desk),
  );
  const [first, second] = state.desk.reports;
  assert.deepEqual([first.state, first.outcome, first.owner], ['resolved', 'muted', 'p_9']);
  assert.equal(second.owner, 'p_2', 'who settles what nobody took is its owner');
  assert.equal(desk_news(state), 0);
});

test('of settled reports the last fifty are kept, of open ones all', () => {
  let state = at_desk();
  for (let n = 1; n <= 60; n++) {
    state = fold(state, filed(n), push('report.resolved', { report: n, outcome: 'other' }, on_desk));
  }
  state = fold(state, filed(61), filed(62));
  const numbers = state.desk.reports.map((/** @type {any} */ each) => each.report);
  assert.deepEqual([numbers.length, numbers[0], numbers.at(-1)], [52, 11, 62]);
});

test('a held message waits at the desk until somebody looks at it', () => {
  let state = fold(at_desk(), held(1), held(2), held(1));
  assert.deepEqual(
    state.desk.held.map((/** @type {any} */ each) => [each.held, each.by, each.body]),
    [
      [2, 'p_3', 'buy now'],
      [1, 'p_3', 'buy now'],
    ],
  );
  state = fold(state, push('message.reviewed', { held: 2, approved: true, reason: '' }, on_desk));
  assert.equal(state.desk.held.length, 1);
  assert.deepEqual(state.my_held, [], 'what the desk holds is not mine');
});

test('my own held message says that it waits, and what became of it', () => {
  const reviewed = (/** @type {number} */ number, /** @type {boolean} */ approved) =>
    push('message.reviewed', { held: number, approved, reason: 'an advertisement' }, on_me);
  let state = fold(in_room(), held(1, on_me), held(2, on_me), held(1, on_me));
  assert.deepEqual(
    state.my_held.map((/** @type {any} */ each) => [each.held, each.refused]),
    [
      [1, false],
      [2, false],
    ],
  );
  state = fold(state, reviewed(1, true), reviewed(2, false));
  assert.deepEqual(
    state.my_held.map((/** @type {any} */ each) => [each.held, each.refused, each.reason]),
    [[2, true, 'an advertisement']],
  );
  assert.equal(apply_hello(state, HELLO, new Set()).my_held.length, 1, 'kept over a lost line');
  const someone = { ...HELLO, person: person('p_2') };
  assert.deepEqual(apply_hello(state, someone, new Set()).my_held, [], 'and nobody else sees it');
});

test('what waits is there again when the page is loaded anew, and not what waits elsewhere', () => {
  const at_event = { ...in_room(), event: { ...in_room().event, id: 'ev_1' } };
  const waits = (/** @type {number} */ number, event = 'ev_1') => ({
    ...{ held: number, at: 1, by: 'p_me', stream: 'room:rm_1', body: 'words', event },
  });
  const own_opened = {
    push: 'stream.opened',
    ...on_me,
    data: { epoch: 'e', offset: 3, messages: [], more: false, state: { held: [waits(3), waits(4, 'ev_2')] } },
  };
  const elsewhere = push('message.held', { ...waits(1), event: 'ev_2' }, on_me);
  const before = fold(at_event, elsewhere, held(1, on_me), held(2, on_me));
  const refused = push('message.reviewed', { held: 2, approved: false, reason: '' }, on_me);
  assert.deepEqual(
    fold(before, refused, own_opened).my_held.map((/** @type {any} */ each) => each.held),
    [2, 3],
    'the first was looked at meanwhile',
  );
});

test('the desk knows who is muted, removed and banned, and who may come back', () => {
  const mute = { person: 'p_3', scope: 'chat', until_at: 900, reason: 'shouting' };
  let state = fold(
    at_desk({ waiting: [person('p_8')] }),
    push('person.muted', mute, on_desk),
    push('person.muted', { ...mute, until_at: 950 }, on_desk),
    push('person.removed', { person: 'p_8', reason: 'spam' }, on_desk),
    push('person.banned', { person: 'p_3', until_at: 5000, reason: 'again' }, on_desk),
  );
  assert.deepEqual(state.desk.muted, [{ ...mute, until_at: 950 }]);
  assert.deepEqual(state.desk.removed, [
    { person: 'p_8', at: 100, banned: false, until_at: null, reason: 'spam' },
    { person: 'p_3', at: 100, banned: true, until_at: 5000, reason: 'again' },
  ]);
  assert.deepEqual([state.desk.waiting, state.present], [[], ['p_me', 'p_2']]);
  assert.deepEqual(state.muted, [], 'a mute told to the desk is not mine');
  state = fold(
    state,
    push('person.unmuted', { person: 'p_3' }, on_desk),
    push('person.unbanned', { person: 'p_3', reason: '' }, on_desk),
  );
  assert.deepEqual([state.desk.muted, state.desk.removed.length], [[], 1]);
});

test('I am told of a warning, a mute and its end', () => {
  let state = fold(
    in_room(),
    push('person.warned', { person: 'p_me', reason: 'Please let others finish' }, on_me),
    push('person.muted', { person: 'p_me', scope: 'chat', until_at: 9, reason: 'x' }, on_me),
  );
  assert.deepEqual(state.warned, [{ at: 100, reason: 'Please let others finish' }]);
  assert.deepEqual(state.muted, [{ scope: 'chat', until_at: 9, reason: 'x' }]);
  state = fold(state, push('person.unmuted', { person: 'p_me' }, on_me));
  assert.deepEqual(state.muted, []);
  const told = push('person.warned', { person: 'p_3', reason: 'x' }, on_desk);
  assert.equal(fold(at_desk(), told).warned.length, 0, 'what the desk hears is of someone else');
});

test('a role granted changes what I may at once, and taken back it is gone', () => {
  let state = fold(
    in_room(),
    push(
      'role.granted',
      { person: 'p_me', role: 'moderator', scope: 'ev_1', capabilities: ['person.mute'] },
      on_me,
    ),
  );
  assert.deepEqual(
    [state.capabilities, state.people.p_me.role, is_staff(state)],
    [['person.mute'], 'moderator', true],
  );
  const revoked = { person: 'p_me', scope: 'ev_1', capabilities: [] };
  state = fold(state, push('role.revoked', revoked, on_me));
  assert.deepEqual(
    [state.capabilities, state.people.p_me.role, is_staff(state)],
    [[], 'member', false],
  );
});

test('a role for one room allows things there alone', () => {
  const told = { person: 'p_me', role: 'facilitator', scope: 'rm_1' };
  const rights = { capabilities: [], room_capabilities: { rm_1: ['room.lock'] } };
  const state = fold(in_room(), push('role.granted', { ...told, ...rights }, on_me));
  assert.deepEqual(
    [may(state, 'room.lock', 'rm_1'), may(state, 'room.lock', 'rm_2'), may(state, 'room.lock')],
    [true, false, false],
  );
  assert.equal(state.people.p_me.role, 'member', 'it is not a role in the event');
  assert.ok(is_staff(state));
  assert.deepEqual(
    [may_somewhere(state, 'room.lock'), may_somewhere(state, 'audit.read')],
    [true, false],
  );
  const hello = { ...HELLO, capabilities: [], room_capabilities: { rm_1: ['room.lock'] } };
  const again = apply_hello(arrived(), hello, new Set());
  assert.ok(may(again, 'room.lock', 'rm_1'), 'hello tells them too');
});

test('the desk keeps the list of roles', () => {
  const grant = (/** @type {string} */ role, /** @type {string} */ scope) =>
    push('role.granted', { person: 'p_3', role, scope, reason: '' }, on_desk);
  let state = fold(
    at_desk(),
    grant('facilitator', 'rm_1'),
    grant('moderator', 'ev_1'),
    grant('organiser', 'ev_1'),
  );
  assert.deepEqual(
    state.desk.roles.map((/** @type {any} */ each) => [each.role, each.scope]),
    [
      ['facilitator', 'rm_1'],
      ['organiser', 'ev_1'],
    ],
  );
  assert.equal(state.people.p_3.role, 'organiser');
  assert.deepEqual(state.capabilities, ['message.pin'], 'the rights of others are not mine');
  state = fold(state, push('role.revoked', { person: 'p_3', scope: 'ev_1' }, on_desk));
  assert.deepEqual(
    [state.desk.roles.map((/** @type {any} */ each) => each.scope), state.people.p_3.role],
    [['rm_1'], 'member'],
  );
});

test('the filter, what is happening, lockdown, a locked and a slow room', () => {
  const busy = { room: 'rm_1', messages: 30, people: 12 };
  const state = fold(
    at_desk(),
    push('filter.updated', { on: true, words: ['casino', 'crypto'] }, on_desk),
    push('desk.activity', { rooms: [busy], guests: 4, waiting: 0 }, on_desk),
    push('event.updated', { event: { lockdown: true } }, { stream: 'event:ev_1' }),
    push('room.updated', { room: 'rm_1', slow_s: 30 }, { stream: 'event:ev_1' }),
    push('room.updated', { room: 'rm_1', locked: true }, { stream: 'event:ev_1' }),
  );
  assert.deepEqual(state.desk.filter, { on: true, words: ['casino', 'crypto'] });
  assert.deepEqual(state.desk.activity, { at: 100, rooms: [busy], guests: 4 });
  assert.deepEqual(
    [state.event.lockdown, state.rooms.rm_1.slow_s, state.rooms.rm_1.locked, state.event.title],
    [true, 30, true, 'Evening'],
  );
  const lifted = push('event.updated', { event: { title: 'Evening' } }, { stream: 'event:ev_1' });
  assert.equal(fold(state, lifted).event.lockdown, false, 'it is told while there is one');
});

test('nothing of the desk is kept by somebody without one', () => {
  const before = in_room();
  const state = fold(before, filed(1), held(1), push('desk.activity', { rooms: [] }, on_desk));
  assert.equal(state.desk, null);
  assert.equal(state.unknown, 0);
});

test('a desk with more than can be told counts them all, the first to come in front', () => {
  const report = (/** @type {number} */ n) => ({ report: n, state: 'open' });
  let state = at_desk({
    reports: [report(9), report(8)],
    reports_open: 4,
    held: [{ held: 5 }, { held: 4 }],
    held_open: 2,
  });
  assert.deepEqual(
    [state.desk.reports, state.desk.held].map((list) =>
      list.map((/** @type {any} */ each) => each.report ?? each.held),
    ),
    [
      [8, 9],
      [4, 5],
    ],
  );
  assert.equal(desk_news(state), 6);
  const resolved = { report: 2, outcome: 'other', reason: '' };
  state = fold(state, push('report.resolved', resolved, on_desk));
  assert.deepEqual([desk_news(state), state.desk.more_reports], [5, 1]);
});

test('what was done to me in another event changes nothing here', () => {
  const there = { person: 'p_me', event: 'ev_2', reason: 'x' };
  const leads = { person: 'p_me', role: 'organiser', capabilities: ['x'] };
  const before = in_room();
  const state = fold(
    before,
    push('person.warned', there, on_me),
    push('person.muted', { ...there, scope: 'chat', until_at: 9 }, on_me),
    push('message.held', { held: 1, stream: 'room:rm_9', body: 'x', event: 'ev_2' }, on_me),
    push('role.granted', { ...leads, scope: 'ev_2' }, on_me),
    push('role.granted', { ...leads, scope: 'rm_9' }, on_me),
  );
  assert.deepEqual(
    [state.warned, state.muted, state.my_held, state.capabilities, state.people.p_me.role],
    [[], [], [], before.capabilities, 'member'],
  );
  const here = { ...there, event: 'ev_1' };
  assert.equal(fold(before, push('person.warned', here, on_me)).warned.length, 1);
});

test('a mute of one room counts there, beside one of the event, and is lifted alone', () => {
  const everywhere = { person: 'p_me', scope: 'chat', until_at: 9, reason: '' };
  const in_one = (/** @type {string} */ room) => ({ ...everywhere, until_at: 7, room });
  for (const [on, of] of /** @type {const} */ ([
    [on_me, (/** @type {any} */ state) => state.muted],
    [on_desk, (/** @type {any} */ state) => state.desk.muted],
  ])) {
    let state = fold(
      at_desk(),
      push('person.muted', everywhere, on),
      push('person.muted', in_one('rm_1'), on),
      push('person.muted', in_one('rm_lobby'), on),
      push('person.muted', in_one('rm_1'), on),
    );
    const rooms = () => of(state).map((/** @type {any} */ each) => each.room);
    assert.deepEqual(rooms(), [undefined, 'rm_lobby', 'rm_1']);
    state = fold(state, push('person.unmuted', { person: 'p_me', room: 'rm_1' }, on));
    assert.deepEqual(rooms(), [undefined, 'rm_lobby']);
    state = fold(state, push('person.unmuted', { person: 'p_me' }, on));
    assert.deepEqual(rooms(), [], 'without a room all of them');
  }
  const hello = { ...HELLO, muted: { scope: 'chat', until_at: 9, reason: '', room: 'rm_1' } };
  const again = apply_hello(arrived(), hello, new Set());
  assert.deepEqual(again.muted, [hello.muted], 'hello tells of it too');
});

test('whoever is not let in stands among those who are out, and may be let back', () => {
  let state = fold(
    at_desk({ waiting: [person('p_8')] }),
    push('person.refused', { person: 'p_8' }, on_desk),
  );
  const { at, refused, banned } = state.desk.removed[0];
  assert.deepEqual([state.desk.waiting, at, refused, banned], [[], 100, true, false]);
  state = fold(state, push('person.unbanned', { person: 'p_8' }, on_desk));
  assert.deepEqual(state.desk.removed, []);
});

test('a report about somebody of the desk comes to those alone who may handle it', () => {
  const about = { report: 5, person: 'p_9', stream: 'room:rm_1', of: 3, event: 'ev_1' };
  const mine = { ...on_me, by: 'p_2' };
  let state = fold(at_desk(), filed(1), push('report.filed', about, mine));
  assert.deepEqual(
    state.desk.reports.map((/** @type {any} */ each) => [each.report, each.by, each.state]),
    [
      [1, 'p_2', 'open'],
      [5, 'p_2', 'open'],
    ],
  );
  state = fold(
    state,
    push('report.claimed', { report: 5, owner: 'p_7', event: 'ev_1' }, on_me),
    push('report.resolved', { report: 5, outcome: 'warned', event: 'ev_1' }, on_me),
  );
  const { owner, outcome } = state.desk.reports[1];
  assert.deepEqual([owner, outcome, desk_news(state)], ['p_7', 'warned', 1]);
  const there = fold(state, push('report.filed', { ...about, report: 6, event: 'ev_2' }, mine));
  assert.equal(there.desk.reports.length, 2, 'another event has its own desk');
});

test('what changed about somebody of the desk is read from its snapshot, beside what is settled', () => {
  const settled = push('report.resolved', { report: 1, outcome: 'other' }, on_desk);
  const changed = push('report.changed', { event: 'ev_1', report: 3 }, on_me);
  const before = fold(at_desk(), filed(1), filed(2), settled, changed);
  assert.deepEqual([before.desk.reports.length, before.unknown], [2, 0]);
  const told = { reports: [{ report: 3, state: 'open' }, { report: 2, state: 'open' }] };
  const numbers = (/** @type {any} */ state) =>
    state.desk.reports.map((/** @type {any} */ each) => each.report);
  assert.deepEqual(numbers(with_reports(before, told)), [1, 2, 3]);
  assert.deepEqual(numbers(with_reports(before, {})), [1], 'the others are settled meanwhile');
});
