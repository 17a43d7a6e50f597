// What members do and are told about moderation: run by pages.js.

import assert from 'node:assert/strict';
import { open_desk, told } from './desk_scenes.js';
import { sent, until_sent } from './heard.js';
import { CONVERSATIONS, scene } from './scenes.js';

/** @typedef {import('./round_acts.js').Act} Act */

/** @type {Record<string, Act>} */
export const MEMBER_ACTS = {
  'a message is reported with a reason, and the focus returns': {
    scene,
    async act(page, _fake, heard) {
      await page.click('#m-10 .message-more');
      await page.getByRole('button', { name: 'Report', exact: true }).click();
      await page.waitForSelector('#report-reason:focus');
      await page.getByText('five in all').waitFor();
      await page.getByRole('button', { name: 'Advertising' }).click();
      await page.getByRole('button', { name: 'Send to the hosts' }).click();
      const [{ stream, offset, reason, nonce }] = await until_sent(heard, 'report.file', 1);
      assert.deepEqual([stream, offset, reason], ['room:rm_tables', 10, 'Advertising']);
      assert.match(nonce, /^.{26}$/);
      await page.getByText('The hosts of the event have your report.').waitFor();
      await page.waitForSelector('#m-10 .message-more:focus');
    },
  },
  'one does not report oneself, and what became of a report is told': {
    scene,
    async act(page, fake) {
      await page.click('#m-8 .message-more');
      await page.waitForSelector('.message-tools');
      assert.equal(await page.getByRole('button', { name: 'Report', exact: true }).count(), 0);
      fake.push(told('report.answered', { event: 'ev_1', report: 1, outcome: 'muted' }));
      await page.getByText('A moderator has dealt with it.').waitFor();
      fake.push(told('report.answered', { event: 'ev_1', report: 2, outcome: 'dismissed' }));
      await page.getByText('left it as it is').waitFor();
    },
  },
  'a held message says so in place, until a moderator has let it through': {
    scene: () => ({
      ...scene(),
      replies: { 'message.send': { offset: 0, at: Date.now(), held: 7 } },
    }),
    async act(page, fake) {
      await page.fill('#composer', 'My casino story');
      await page.click('.send');
      const held = page.locator('.message-pending', { hasText: 'My casino story' });
      await held.getByText('Waits for a host.').waitFor();
      fake.push(
        told('message.held', { held: 7, stream: 'room:rm_tables', body: 'My casino story' }),
      );
      fake.push(told('message.reviewed', { held: 7, approved: true, reason: '' }));
      await held.waitFor({ state: 'detached' });
    },
  },
  'where a room is slow the draft stays until it is one’s turn': {
    scene: () => {
      const made = scene();
      made.pushes[0].data.state.room.slow_s = 2;
      return made;
    },
    async act(page, _fake, heard) {
      await page.getByText('Slow mode: one message in 2 seconds.').waitFor();
      await page.fill('#composer', 'One');
      await page.keyboard.press('Enter');
      await page.getByText(/You can write again in [12] second/).waitFor();
      await page.fill('#composer', 'Two');
      await page.keyboard.press('Enter');
      assert.equal(await page.inputValue('#composer'), 'Two');
      assert.equal(await page.locator('.send').isDisabled(), true);
      assert.equal(sent(heard, 'message.send').length, 1);
      await page.locator('.send:not([disabled])').click();
      await until_sent(heard, 'message.send', 2);
    },
  },
  'a warning stays until it is acknowledged, over a reload too': {
    scene,
    async act(page, fake) {
      fake.push(told('person.warned', { person: 'p_me', reason: 'Please let others finish.' }));
      const warning = page.locator('.warned', { hasText: 'Please let others finish.' });
      await warning.waitFor();
      await page.reload();
      await warning.getByRole('button', { name: 'I have read it' }).click();
      await warning.waitFor({ state: 'detached' });
      await page.reload();
      await page.waitForSelector('.table-list');
      assert.equal(await warning.count(), 0);
    },
  },
  'a locked room says why one cannot go in, a move says where one is and why': {
    scene: () => ({ ...scene(), refuse: { 'room.enter': 'locked' } }),
    async act(page, fake) {
      await page.locator('.nav-row', { hasText: 'Great hall' }).click();
      await page.getByText('Great hall is locked just now.').waitFor();
      fake.push(
        told('person.moved', { person: 'p_me', room: 'rm_hall', reason: 'The talk is there' }),
      );
      await page.getByText(/moved you to Great hall\. .*The talk is there/).waitFor();
    },
  },
  'muted in one room, one writes in the others': {
    scene: () => scene({ conversations: CONVERSATIONS }),
    async act(page, fake) {
      const mute = { person: 'p_me', event: 'ev_1', scope: 'chat', reason: '', room: 'rm_tables' };
      fake.push(told('person.muted', { ...mute, until_at: Date.now() + 600_000 }));
      await page.locator('.notices').getByText(/^You cannot write in Tables until/).waitFor();
      await page.locator('.composer-closed').getByText(/^You cannot write until/).waitFor();
      await page.locator('#tab-messages').click();
      await page.click('.letter-row:has-text("Anna")');
      await page.waitForSelector('#composer');
      await page.locator('#tab-chat').click();
      await page.waitForSelector('.composer-closed');
      fake.push(told('person.unmuted', { person: 'p_me', event: 'ev_1', room: 'rm_tables' }));
      await page.waitForSelector('#composer');
    },
  },
  'in a lockdown direct messages rest, and the draft is kept': {
    scene: () => scene({ conversations: CONVERSATIONS }),
    async act(page, fake) {
      await page.locator('#tab-messages').click();
      await page.click('.letter-row:has-text("Anna")');
      await page.fill('#composer', 'Are you there?');
      fake.push(told('event.updated', { event: { lockdown: true } }, 'event:ev_1'));
      await page.getByText('Direct messages rest for now. Your draft is kept.').waitFor();
      fake.push(told('event.updated', { event: {} }, 'event:ev_1'));
      await page.waitForSelector('#composer');
      assert.equal(await page.inputValue('#composer'), 'Are you there?', 'the draft is kept');
    },
  },
  'a role for one room is learnt by a new hello': {
    scene,
    async act(page, fake, heard) {
      const room = { person: 'p_me', role: 'moderator', scope: 'rm_tables', capabilities: [] };
      fake.scene.hello.room_capabilities = { rm_tables: ['report.handle', 'room.lock'] };
      fake.push(told('role.granted', room));
      await until_sent(heard, 'hello', 2);
      await open_desk(page, 'now');
      await page.getByRole('button', { name: 'Lock Tables' }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Lock Great hall' }).count(), 0);
    },
  },
  'a ban is told with its reason and its end, after a reload too': {
    scene,
    async act(page, fake) {
      const until_at = Date.now() + 40 * 86_400_000;
      fake.push(told('person.banned', { person: 'p_me', until_at, reason: 'Advertising' }));
      await page.waitForFunction(() => sessionStorage.getItem('hallway.removal./e/ev_1'));
      fake.scene.close = { code: 4003 };
      fake.end(4003);
      await page.getByRole('heading', { name: 'This event is closed to you' }).waitFor();
      await page.reload();
      await page.getByText('Advertising').waitFor();
      await page.getByText('You can come back').waitFor();
    },
  },
};
