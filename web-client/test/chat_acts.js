// What people see of words whose people become known later: run by pages.js.

import assert from 'node:assert/strict';
import { scene } from './scenes.js';

/** @typedef {import('./round_acts.js').Act} Act */

/** @type {Record<string, Act>} */
export const CHAT_ACTS = {
  'who is mentioned in an answered message is named as soon as they are known': {
    scene: () => {
      const made = scene();
      const { messages } = made.pushes[0].data;
      messages[1].body = 'As <@p_late> said';
      return made;
    },
    async act(page, fake) {
      const quoted = page.locator('#m-4 .quoted');
      await quoted.getByText('@Someone').waitFor();
      const late = { id: 'p_late', name: 'Late Larsen', role: 'member', state: 'online' };
      fake.push({
        push: 'presence',
        stream: 'room:rm_tables',
        data: { joined: [late], left: [], changed: [], count: 11 },
      });
      await quoted.getByText('@Late Larsen').waitFor();
      assert.doesNotMatch((await quoted.textContent()) ?? '', /Someone/);
    },
  },
  'words with Markdown are laid out once its parser has come': {
    scene,
    async act(page) {
      await page.locator('#m-1 .words strong', { hasText: 'stay as long as you like' }).waitFor();
      assert.equal(await page.locator('#m-4 .words li').count(), 3);
      assert.equal(await page.locator('#m-10 .words :is(img, script, a)').count(), 0);
    },
  },
  'who types on after choosing a name finds the caret behind it': {
    scene,
    async act(page) {
      await page.click('#composer');
      await page.keyboard.type('@A');
      const name = await page.locator('.mentions [aria-selected=true] bdi').textContent();
      // Choosing and the next letter in one go: no frame is drawn between them.
      const [typed, caret] = await page.evaluate(() => {
        const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('#composer'));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        document.execCommand('insertText', false, 'w');
        return new Promise((done) => {
          requestAnimationFrame(() => setTimeout(() => done([field.value, field.selectionStart])));
        });
      });
      assert.equal(typed, `@${name} w`);
      assert.equal(caret, typed.length);
    },
  },
};
