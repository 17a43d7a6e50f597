// Chat: replies, reactions, changes, deletion, pins, mentions; and that no message brings markup with it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Person, launch } from './support/people.js';
import { ROOT, Server } from './support/server.js';

// The corpus is longer than what a person may say at once.
const FLAGS = ['--limits.messages_burst', '1000', '--limits.commands_burst', '1000'];
let server;
let browser;
let ada;
let bo;
before(async () => {
  server = await Server.started(FLAGS);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  ada = await Person.arrived(browser, server.links.member, 'Ada');
  bo = await Person.arrived(browser, server.links.member, 'Bo');
});
afterEach(async () => {
  for (const each of [ada, bo]) {
    each.is_content();
    await each.leave();
  }
});

test('what one says, all hear, in the same order', async () => {
  await ada.say('Good evening');
  await bo.hears('Good evening');
  await bo.say('Good evening, Ada');
  await ada.say('Shall we begin?');
  await bo.hears('Shall we begin?');
  const words = (person) => person.messages.locator('.words').allTextContents();
  const [seen_by_ada, seen_by_bo] = [await words(ada), await words(bo)].map((all) => all.slice(-3));
  assert.deepEqual(seen_by_ada, ['Good evening', 'Good evening, Ada', 'Shall we begin?']);
  assert.deepEqual(seen_by_bo, seen_by_ada);
});

test('an answer shows what it answers', async () => {
  await ada.say('Who has left a mainframe behind?');
  await bo.hears('Who has left a mainframe behind?');
  await bo.with_message('Who has left a mainframe behind?', 'Answer');
  await bo.page.getByText('Answering Ada:').waitFor();
  await bo.say('We did, in two weekends');
  await ada.message('We did, in two weekends').getByText('Who has left a mainframe behind?').waitFor();
});

test('reactions are counted, named, and taken back', async () => {
  await ada.say('It works on the first try');
  await bo.hears('It works on the first try');
  await bo.with_message('It works on the first try', 'React with 🎉');
  const reaction = ada.message('It works on the first try').getByRole('button', { name: /^🎉\s*1\s*from Bo$/ });
  await reaction.click();
  await bo.message('It works on the first try').getByRole('button', { name: /^🎉\s*2\s*from .*Ada/ }).click();
  await ada.message('It works on the first try').getByRole('button', { name: /^🎉\s*1\s*from Ada$/ }).waitFor();
});

test('a changed message says so, for everyone', async () => {
  await ada.say('See you on Tusday');
  await bo.hears('See you on Tusday');
  await ada.with_message('See you on Tusday', 'Change');
  await ada.page.getByText('Changing your message:').waitFor();
  assert.equal(await ada.field.inputValue(), 'See you on Tusday');
  await ada.field.fill('See you on Tuesday');
  await ada.field.press('Enter');
  await bo.message('See you on Tuesday').getByText('changed').waitFor();
  assert.equal(await bo.message('Tusday').count(), 0);
});

test('a deleted message leaves a stone, and no words in the page', async () => {
  await ada.say('Better left unsaid');
  await bo.hears('Better left unsaid');
  await ada.with_message('Better left unsaid', 'Delete');
  await bo.message('A message from Ada was deleted').waitFor();
  assert.equal((await bo.page.content()).includes('Better left unsaid'), false);
});

test('only one’s own messages can be changed or deleted by a member', async () => {
  await ada.say('Mine alone');
  await bo.hears('Mine alone');
  const row = bo.message('Mine alone').first();
  await row.hover();
  await row.getByRole('button', { name: 'What to do with the message from Ada' }).click();
  const tools = row.getByRole('group', { name: 'What to do with this message' });
  await tools.getByRole('button', { name: 'Answer' }).waitFor();
  for (const tool of ['Change', 'Delete', 'Pin']) assert.equal(await tools.getByRole('button', { name: tool }).count(), 0);
});

test('a pinned message stands at the head of the chat', async () => {
  const fay = await Person.arrived(browser, server.links.facilitator, 'Fay');
  await fay.say('Coffee is at three');
  await fay.with_message('Coffee is at three', 'Pin');
  await ada.page.getByText('1 pinned message').click();
  await ada.page.locator('.pins').getByText('Coffee is at three').waitFor();
  await fay.with_message('Coffee is at three', 'Unpin');
  await ada.page.locator('.pins').waitFor({ state: 'detached' });
  await fay.leave();
});

test('a mention is offered by name, and shown by name', async () => {
  await ada.field.pressSequentially('@Bo');
  await ada.page.getByRole('listbox', { name: 'People to mention' }).getByRole('option', { name: /Bo/ }).first().waitFor();
  await ada.page.keyboard.press('Enter');
  await ada.field.pressSequentially('what do you think?');
  await ada.page.keyboard.press('Enter');
  await bo.hears('@Bo what do you think?');
  assert.equal((await bo.message('what do you think?').textContent()).includes('p_'), false);
});

test('what was said is found by its words, and shown where it stands', async () => {
  await ada.say('The word is hippopotamus');
  await bo.hears('hippopotamus');
  await bo.button('Search messages').click();
  await bo.page.getByLabel('Words to look for').fill('hippopotamus');
  const found = bo.page.getByRole('list', { name: 'Messages found' });
  // The index follows within two seconds.
  for (let tries = 0; tries < 20 && (await found.getByRole('listitem').count()) === 0; tries++) {
    await bo.button('Search').click();
    await found.getByRole('listitem').first().waitFor({ timeout: 500 }).catch(() => {});
  }
  await found.getByRole('button', { name: 'Show where it was said' }).first().click();
  await bo.hears('The word is hippopotamus');
});

test('S12: nothing in a message becomes markup', async () => {
  const corpus = (await readFile(join(ROOT, 'tests/browser/support/payloads.txt'), 'utf8'))
    .split('\n').filter((line) => line && !line.startsWith('# '));
  assert.ok(corpus.length > 30);
  for (const page of [ada.page, bo.page]) {
    await page.evaluate(() => {
      globalThis.ran = [];
      for (const name of ['alert', 'prompt', 'confirm', 'print']) globalThis[name] = (what) => globalThis.ran.push(String(what));
      document.addEventListener('securitypolicyviolation', (event) => globalThis.ran.push(event.violatedDirective));
    });
  }
  for (const [i, payload] of corpus.entries()) {
    await ada.field.fill(`${payload} #${i}`);
    await ada.field.press('Enter');
    await bo.hears(`#${i}`);
  }
  for (const person of [ada, bo]) {
    assert.deepEqual(await person.page.evaluate(() => globalThis.ran), []);
    const foreign = await person.messages.locator(
      'script, iframe, object, embed, style, link, meta, base, form, svg:not(.icon), math, img, video, audio, template').count();
    assert.equal(foreign, 0, 'an element that no message may bring');
    const bad = await person.messages.locator('.words').evaluateAll((all) => all.flatMap((words) =>
      [...words.querySelectorAll('*')].flatMap((each) => [...each.attributes]
        .filter(({ name, value }) => /^on/i.test(name) || /^\s*(javascript|data|vbscript):/i.test(value))
        .map(({ name, value }) => `${each.tagName} ${name}=${value}`))));
    assert.deepEqual(bad, []);
    const links = await person.messages.locator('.words a').evaluateAll((all) => all.map((link) =>
      ({ href: link.getAttribute('href') ?? '', rel: link.getAttribute('rel') ?? '', target: link.getAttribute('target') ?? '' })));
    assert.ok(links.length > 5, 'links that may be followed are links');
    for (const { href, rel, target } of links) {
      assert.match(href, /^(https?:\/\/|mailto:)/i);
      assert.ok(href.startsWith('mailto:') || (/noopener/.test(rel) && /noreferrer/.test(rel) && target === '_blank'), `${href} ${rel} ${target}`);
    }
  }
});
