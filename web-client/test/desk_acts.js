// What moderators do at their desk: run by pages.js.

import assert from 'node:assert/strict';
import { desk_scene, keeper_scene, open_desk, told } from './desk_scenes.js';
import { sent, until_sent } from './heard.js';
import { ALL_CAPABILITIES, scene } from './scenes.js';

/** @typedef {import('./round_acts.js').Act} Act */
/** @typedef {import('playwright-core').Page} Page */

/** @param {Page} page */
const focused_item = (page) =>
  page.evaluate(
    () =>
      /** @type {HTMLElement | null} */ (document.activeElement?.closest('[data-item]'))?.dataset
        .item,
  );
const head = (/** @type {string} */ item) => `[data-item="${item}"] .queue-head`;

/** @param {number} n @param {Record<string, any>} [more] */
const reported = (n, more = {}) =>
  told(
    'report.filed',
    {
      report: n,
      by: 'p_anna',
      person: 'p_emil',
      stream: 'room:rm_tables',
      of: 4,
      reason: 'unkind',
      messages: [],
      ...more,
    },
    'desk:ev_1',
  );

const WAITING = ['Mallory', 'Trent'].map((name, i) => ({
  id: `p_w${i + 1}`,
  name,
  role: 'member',
  state: 'online',
  guest: true,
}));

/** @type {Record<string, Act>} */
export const DESK_ACTS = {
  'forty guests are removed in one go with one reason, and let back in one go': {
    scene: () => ({ ...desk_scene({ raid: 40 }), too_fast: { 'person.remove': 3 } }),
    async act(page, _fake, heard) {
      await open_desk(page, 'people');
      await page.getByRole('button', { name: 'Choose all 40' }).click();
      await page.locator('.chosen').getByRole('button', { name: 'Ask to leave' }).click();
      await page.locator('.chosen').getByRole('button', { name: 'Advertising' }).click();
      await page.getByRole('button', { name: 'Remove from the event' }).click();
      await page.getByText('40 people have left the event.').waitFor();
      const removed = sent(heard, 'person.remove');
      assert.equal(removed.length, 43, 'what came too fast was sent again');
      assert.deepEqual(
        [...new Set(removed.map(({ person }) => person))],
        Array.from({ length: 40 }, (_, i) => `p_raid${i}`),
        'in the order shown',
      );
      assert.ok(removed.every(({ reason }) => reason === 'Advertising'));
      assert.equal(await page.locator('.chosen').count(), 0);
      await page.locator('.sweep').getByRole('button', { name: 'Undo' }).click();
      await page.getByText('40 people can come back.').waitFor();
      assert.equal(sent(heard, 'person.unban').length, 40);
    },
  },
  'what failed for some is said by name, and done for the others': {
    scene: () => ({
      ...desk_scene({ raid: 4 }),
      refuse_some: { 'person.mute': ['p_raid1'] },
    }),
    async act(page) {
      await open_desk(page, 'people');
      await page.getByRole('button', { name: 'Choose all 4' }).click();
      await page.keyboard.press('m');
      await page.getByLabel('Why').fill('Advertising');
      await page.keyboard.press('Enter');
      const sweep = page.locator('.sweep');
      await sweep.getByText('3 people are muted.').waitFor();
      await sweep.getByText('Guest 2').waitFor();
    },
  },
  'the queue is kept by the keyboard alone': {
    scene: () => desk_scene(),
    async act(page, _fake, heard) {
      await open_desk(page);
      await page.focus(head('report-1'));
      await page.keyboard.press('j');
      assert.equal(await focused_item(page), 'report-2');
      await page.keyboard.press('k');
      assert.equal(await focused_item(page), 'report-1');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      assert.equal(await focused_item(page), 'report-1');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.around .is-meant');
      await page.keyboard.press('c');
      assert.deepEqual(await until_sent(heard, 'report.claim', 1), [{ report: 1 }]);
      await page.keyboard.press('m');
      await page.waitForSelector('#minutes-report-1:focus');
      await page.keyboard.press('Escape');
      assert.equal(await focused_item(page), 'report-1', 'Escape gives the focus back');
      assert.equal(await page.locator('.act-form').count(), 0);
      await page.keyboard.press('r');
      await page.waitForSelector('#why-report-1:focus');
      await page.keyboard.type('brmdxcjk, all of them');
      await page.keyboard.press('Enter');
      const reason = 'brmdxcjk, all of them';
      assert.deepEqual(await until_sent(heard, 'report.resolve', 1), [
        { report: 1, outcome: 'removed', reason },
      ]);
      assert.deepEqual(sent(heard, 'person.remove'), [{ person: 'p_emil', reason }]);
      assert.equal(sent(heard, 'report.claim').length, 1, 'no key fires while one types');
      await page.waitForFunction(() =>
        document.activeElement?.closest('[data-item="report-2"]'),
      );
      await page.keyboard.press('x');
      await page.waitForSelector('#why-report-2:focus');
      assert.equal(sent(heard, 'report.resolve').length, 1, 'what cannot be taken back asks first');
      await page.keyboard.press('Enter');
      assert.deepEqual((await until_sent(heard, 'report.resolve', 2))[1], {
        report: 2,
        outcome: 'dismissed',
      });
    },
  },
  'held messages are let through or kept back with a reason': {
    scene: () => desk_scene(),
    async act(page, _fake, heard) {
      await open_desk(page);
      await page.focus(head('held-1'));
      await page.keyboard.press('a');
      await page.waitForSelector('#why-held-1:focus');
      await page.keyboard.press('Enter');
      await until_sent(heard, 'message.review', 1);
      await page.waitForFunction(() => document.activeElement?.closest('[data-item="held-2"]'));
      await page.keyboard.press('d');
      await page.locator('#why-held-2').fill('Advertising');
      await page.keyboard.press('Enter');
      assert.deepEqual(await until_sent(heard, 'message.review', 2), [
        { held: 1, approve: true },
        { held: 2, approve: false, reason: 'Advertising' },
      ]);
    },
  },
  'a reported message is deleted from the queue': {
    scene: () => desk_scene(),
    async act(page, _fake, heard) {
      await open_desk(page);
      await page.focus(head('report-1'));
      await page.keyboard.press('d');
      await page.locator('#why-report-1').fill('Unkind');
      await page.keyboard.press('Enter');
      const [resolved] = await until_sent(heard, 'report.resolve', 1);
      assert.equal(resolved.outcome, 'deleted');
      const [{ stream, offset, reason }] = sent(heard, 'message.delete');
      assert.deepEqual([stream, offset, reason], ['room:rm_tables', 4, 'Unkind']);
    },
  },
  'one click calms a raid, and one takes it back': {
    scene: () => desk_scene(),
    async act(page, fake, heard) {
      await open_desk(page);
      await page.getByRole('button', { name: 'Calm everything down' }).click();
      assert.deepEqual(await until_sent(heard, 'event.lockdown', 1), [{ on: true }]);
      fake.push(told('event.updated', { event: { lockdown: true } }, 'event:ev_1'));
      await page.locator('#place').getByText('A calm moment').waitFor();
      await page.locator('.notices').getByRole('button', { name: 'Undo' }).click();
      assert.deepEqual((await until_sent(heard, 'event.lockdown', 2))[1], { on: false });
      fake.push(told('event.updated', { event: { lockdown: false } }, 'event:ev_1'));
      await page.getByRole('button', { name: 'Calm everything down' }).waitFor();
    },
  },
  'a lockdown may have a reason': {
    scene: () => desk_scene(),
    async act(page, _fake, heard) {
      await open_desk(page);
      await page.getByRole('button', { name: 'Do it with a reason' }).click();
      await page.keyboard.type('Forty at once');
      await page.keyboard.press('Enter');
      assert.deepEqual(await until_sent(heard, 'event.lockdown', 1), [
        { on: true, reason: 'Forty at once' },
      ]);
      await page.locator('#why-raid').waitFor({ state: 'detached' });
    },
  },
  'whoever is not let in can be let back, at once and later': {
    scene: () => desk_scene({}, { waiting: WAITING }),
    async act(page, fake, heard) {
      await open_desk(page);
      await page.getByRole('button', { name: 'Not today: Mallory' }).click();
      await page.waitForSelector('#why-refuse-p_w1:focus');
      assert.equal(sent(heard, 'admission.refuse').length, 0);
      await page.keyboard.press('Enter');
      assert.deepEqual(await until_sent(heard, 'admission.refuse', 1), [{ people: ['p_w1'] }]);
      fake.push(told('person.refused', { person: 'p_w1' }, 'desk:ev_1'));
      const undo = page.locator('.notices', { hasText: 'Mallory was not let in.' });
      await undo.getByRole('button', { name: 'Undo' }).click();
      assert.deepEqual(await until_sent(heard, 'person.unban', 1), [{ person: 'p_w1' }]);
      await page.click('#mod-tab-people');
      await page.getByRole('button', { name: 'Out', exact: true }).click();
      await page.click(head('person-p_w1'));
      await page.locator('.standing', { hasText: 'Not let in' }).waitFor();
      await page.getByRole('button', { name: 'Let them come back' }).click();
      await page.waitForSelector('#why-unban-p_w1:focus');
      await page.keyboard.type('Known to Ida');
      await page.keyboard.press('Enter');
      assert.deepEqual((await until_sent(heard, 'person.unban', 2))[1], {
        person: 'p_w1',
        reason: 'Known to Ida',
      });
      fake.push(told('person.unbanned', { person: 'p_w1' }, 'desk:ev_1'));
      await page.locator('.standing').waitFor({ state: 'detached' });
    },
  },
  'all who wait are refused at once, which asks first': {
    scene: () => desk_scene({}, { waiting: WAITING }),
    async act(page, _fake, heard) {
      await open_desk(page);
      await page.getByRole('button', { name: 'Refuse all 2' }).click();
      await page.getByText('All 2 are told that they were not let in').waitFor();
      await page.keyboard.press('Escape');
      await page.waitForSelector('[aria-expanded="false"]:focus');
      assert.equal(sent(heard, 'admission.refuse').length, 0);
      await page.getByRole('button', { name: 'Refuse all 2' }).click();
      await page.keyboard.type('A raid');
      await page.keyboard.press('Enter');
      assert.deepEqual(await until_sent(heard, 'admission.refuse', 1), [
        { people: 'all', reason: 'A raid' },
      ]);
    },
  },
  'a moderator of one room keeps order there, and nowhere else': {
    scene: () => keeper_scene(),
    async act(page, fake, heard) {
      await page.click('#m-10 .message-more');
      await page.getByRole('button', { name: 'Pin', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.waitForSelector('#why-message:focus');
      assert.equal(sent(heard, 'message.delete').length, 0, 'the words of others are asked about');
      await page.keyboard.press('Enter');
      const [{ stream, offset, reason }] = await until_sent(heard, 'message.delete', 1);
      assert.deepEqual([stream, offset, reason], ['room:rm_tables', 10, undefined]);
      await open_desk(page);
      await page.click(head('report-1'));
      const tools = page.locator('.queue-body');
      await tools.getByRole('button', { name: 'Delete the message' }).waitFor();
      await tools.getByRole('button', { name: 'Leave it as it is' }).waitFor();
      const acts = await tools.locator('[data-act]').evaluateAll((all) =>
        all.map((each) => /** @type {HTMLElement} */ (each).dataset.act),
      );
      assert.deepEqual(acts, ['warn', 'mute', 'move'], 'what reaches one room');
      await page.click('#mod-tab-people');
      await page.fill('#desk-query', 'Sofia');
      await page.click(head('person-p_sofia'));
      await page.locator('[data-act="mute"]').click();
      await page.fill('#why-p-p_sofia', 'A pause');
      await page.keyboard.press('Enter');
      await until_sent(heard, 'person.mute', 1);
      await page.getByText('Sofia Rossi cannot write in Tables for 5 minutes.').waitFor();
      await page.fill('#desk-query', 'Ida');
      await page.click(head('person-p_ida'));
      await page.locator('.person-tools').waitFor();
      assert.equal(await page.locator('[data-act]').count(), 0, 'an equal');
      fake.push({
        push: 'stream.opened',
        stream: 'room:rm_hall',
        data: { epoch: 'e', offset: 0, state: { room: { id: 'rm_hall' }, people: [], count: 1 } },
      });
      await page.fill('#desk-query', 'Sofia');
      await page.locator(head('person-p_sofia')).waitFor();
      // She is in another room: neither acts nor a box to choose her by.
      await page.locator('[data-act], .crowd-check').first().waitFor({ state: 'detached' });
    },
  },
  'a room is slowed and locked where it is seen to be busy': {
    scene: () => desk_scene(),
    async act(page, fake, heard) {
      await open_desk(page, 'now');
      await page.getByLabel('Slow mode in Lobby').selectOption('30');
      await page.waitForSelector('#why-room-rm_lobby:focus');
      await page.keyboard.press('Enter');
      const lock = page.getByRole('button', { name: 'Lock Lobby' });
      assert.equal(await lock.count(), 0, 'the lobby stays open');
      await page.getByRole('button', { name: 'Lock Great hall' }).click();
      await page.waitForSelector('#why-room-rm_hall:focus');
      await page.keyboard.type('The talk begins');
      await page.keyboard.press('Enter');
      await until_sent(heard, 'room.lock', 1);
      assert.deepEqual(
        [sent(heard, 'room.slow_mode'), sent(heard, 'room.lock')],
        [
          [{ room: 'rm_lobby', seconds: 30 }],
          [{ room: 'rm_hall', on: true, reason: 'The talk begins' }],
        ],
      );
      fake.push(told('room.updated', { room: 'rm_hall', locked: true }, 'event:ev_1'));
      await page.getByRole('button', { name: 'Unlock Great hall' }).waitFor();
      await page.locator('.nav-row', { hasText: 'Great hall' }).getByText('locked').waitFor();
    },
  },
  'the word filter is told word by word': {
    scene: () => desk_scene(),
    async act(page, _fake, heard) {
      await open_desk(page, 'event');
      await page.getByLabel('Words', { exact: true }).fill(' casino \n\nfree money\ncasino\n');
      await page.locator('form:has(#filter-words) .primary').click();
      assert.deepEqual(await until_sent(heard, 'filter.set', 1), [
        { on: true, words: ['casino', 'free money'] },
      ]);
      await page.getByLabel('Words', { exact: true }).fill('x'.repeat(61));
      await page.getByRole('alert').getByText('is too long').waitFor();
    },
  },
  'the last organiser stays, and that is said': {
    scene: () => ({ ...desk_scene(), refuse: { 'role.revoke': 'conflict' } }),
    async act(page, _fake, heard) {
      await open_desk(page, 'people');
      await page.fill('#desk-query', 'Ida');
      await page.click(head('person-p_ida'));
      await page.getByRole('button', { name: 'Roles' }).click();
      await page.getByLabel('Role', { exact: true }).selectOption('moderator');
      await page.getByLabel('Where').selectOption('rm_tables');
      await page.getByLabel('Why, if you like').fill('For tonight');
      await page.getByRole('button', { name: 'Give the role' }).click();
      assert.deepEqual(await until_sent(heard, 'role.grant', 1), [
        { person: 'p_ida', role: 'moderator', scope: 'rm_tables', reason: 'For tonight' },
      ]);
      await page.getByRole('button', { name: 'Take back: Organiser, in the whole event' }).click();
      await page.waitForSelector('#why-revoke-ev_1:focus');
      await page.keyboard.press('Enter');
      await page.getByText('This is the only organiser.').waitFor();
    },
  },
  'a burst of reports is one sentence for the ear': {
    scene: () => desk_scene({}, { reports: [], held: [] }),
    async act(page, fake) {
      fake.push(reported(21), reported(22), reported(23));
      await page.locator('[role="status"]', { hasText: '3 new reports at the desk' }).waitFor();
      await open_desk(page);
      await page.waitForSelector(head('report-23'));
    },
  },
  'a report about a colleague comes without the desk hearing of it': {
    scene: () => ({
      ...desk_scene({}, { reports: [], held: [] }),
      replies: {
        'stream.snapshot': {
          epoch: 'e',
          offset: 0,
          state: { reports: [{ ...reported(31).data, state: 'open', at: Date.now() }] },
        },
      },
    }),
    async act(page, fake, heard) {
      fake.push(told('report.changed', { event: 'ev_1', report: 31 }));
      const [{ stream }] = await until_sent(heard, 'stream.snapshot', 1);
      assert.equal(stream, 'desk:ev_1');
      await page.locator('[role="status"]', { hasText: 'new report at the desk' }).waitFor();
      await open_desk(page);
      await page.waitForSelector(head('report-31'));
    },
  },
  'the desk comes with a role and goes with it': {
    scene,
    async act(page, fake) {
      assert.equal(await page.locator('#tab-desk').count(), 0);
      const rights = { capabilities: ALL_CAPABILITIES };
      fake.push(
        told('role.granted', { person: 'p_me', role: 'moderator', scope: 'ev_1', ...rights }),
        { push: 'stream.opened', stream: 'desk:ev_1', data: { epoch: 'e', offset: 0, state: {} } },
      );
      await open_desk(page);
      await page.getByText('Nothing waits for you').waitFor();
      fake.push(
        told('role.revoked', { person: 'p_me', scope: 'ev_1', capabilities: [] }),
        { push: 'stream.closed', stream: 'desk:ev_1', data: {} },
      );
      await page.locator('#tab-desk').waitFor({ state: 'detached' });
      await page.locator('.chat').waitFor();
    },
  },
};
