// Planning: what is asked of the server, which of its answers count, and what is said of a plan.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { quality_sentences, tables_in_words } from '../src/app/plan_quality.js';
import { why_no_round } from '../src/app/console_actions.js';
import { PAUSE_MS, Previewer } from '../src/app/previewer.js';
import { options_of, wishes } from '../src/app/round_plan.js';
import { load_words } from '../src/app/text.js';
import { FakeTime } from './fakes.js';

await load_words('console');
const EXAMPLES = join(dirname(fileURLToPath(import.meta.url)), '../../protocol/examples/replies');

function setup() {
  const time = new FakeTime();
  /** @type {{options: any, answer: (ok: any) => void, refuse: (why: any) => void}[]} */
  const asked = [];
  /** @type {any[]} */ const answers = [];
  /** @type {any[]} */ const refusals = [];
  const previewer = new Previewer({
    ask: (options) => new Promise((answer, refuse) => void asked.push({ options, answer, refuse })),
    answered: (ok, options) => void answers.push([ok, options]),
    refused: (why) => void refusals.push(why),
    set_timer: (run, ms) => time.set(run, ms),
    clear_timer: (timer) => time.clear(timer),
  });
  return { time, asked, answers, refusals, previewer };
}
const settled = () => new Promise((done) => setImmediate(done));

test('while somebody drags nothing is asked; when they pause, the latest is', async () => {
  const { time, asked, answers, previewer } = setup();
  for (const size of [3, 4, 5, 6]) {
    previewer.want({ size });
    time.pass(PAUSE_MS - 1);
  }
  assert.equal(asked.length, 0);
  time.pass(1);
  assert.deepEqual(
    asked.map((each) => each.options),
    [{ size: 6 }],
  );
  asked[0].answer('six');
  await settled();
  assert.deepEqual(answers, [['six', { size: 6 }]]);
});

test('an answer to an earlier question is dropped, whenever it comes', async () => {
  const { time, asked, answers, refusals, previewer } = setup();
  for (const size of [4, 5]) {
    previewer.want({ size });
    time.pass(PAUSE_MS);
  }
  asked[1].answer('five');
  await settled();
  asked[0].answer('four');
  await settled();
  assert.deepEqual(answers, [['five', { size: 5 }]]);
  previewer.want({ size: 6 });
  time.pass(PAUSE_MS);
  previewer.want({ size: 7 });
  asked[2].refuse('too late');
  await settled();
  assert.deepEqual(refusals, []);
  previewer.forget();
  assert.equal(time.pending, 0);
});

test('a refusal of the latest question is told', async () => {
  const { time, asked, refusals, previewer } = setup();
  previewer.want({ size: 99 });
  time.pass(PAUSE_MS);
  asked[0].refuse({ code: 'bad_request' });
  await settled();
  assert.deepEqual(refusals, [{ code: 'bad_request' }]);
});

const round = (change = {}) => ({ pairs: 31, repeated: 0, same_org: 0, met_before: 0, ...change });
/** @param {any} [change] */
const quality = (change = {}) => ({
  people: 15,
  tables: 4,
  sizes: [4, 4, 4, 3],
  rounds: 3,
  pairs_repeated: 0,
  people_met_min: 8,
  people_met_mean: 8.4,
  same_org: 0,
  met_before: 0,
  conflicts: 0,
  asks_met: 0,
  by_round: [round(), round(), round()],
  bound_repeated: 0,
  bound_same_org: 0,
  ...change,
});
const said = (/** @type {any} */ change) =>
  quality_sentences(quality(change)).map(({ text }) => text);

test('a plan without repeats says so, and what everyone gains', () => {
  assert.deepEqual(said({}), ['Nobody meets anyone twice.', 'Everyone meets at least 8 others.']);
});

test('repeats are told by round, with whether that can be helped', () => {
  const by_round = [round(), round(), round({ repeated: 2 })];
  assert.deepEqual(said({ pairs_repeated: 2, by_round, bound_repeated: 2 }).slice(0, 2), [
    'Round 3: 2 of 31 pairs have met before.',
    'No plan can do better.',
  ]);
  const impossible = { reason: 'repeats', size: 3, rounds: 2 };
  assert.deepEqual(said({ pairs_repeated: 2, by_round, impossible }).slice(0, 3), [
    'Round 3: 2 of 31 pairs have met before.',
    'Tables of 3 would need no repeats.',
    '2 rounds would need no repeats.',
  ]);
});

test('who knew each other before counts as having met', () => {
  const by_round = [round({ met_before: 1 }), round(), round()];
  const sentences = said({ met_before: 1, by_round });
  assert.equal(sentences[0], 'Round 1: 1 of 31 pairs has met before.');
  assert.ok(!sentences.includes('No plan can do better.'), 'nothing is known about that');
});

test('colleagues, questions and wishes are told where there are any', () => {
  const impossible = { reason: 'org', size: 2 };
  assert.deepEqual(said({ rounds: 1, same_org: 1, asks_met: 14, conflicts: 2, impossible }), [
    'Nobody meets anyone twice.',
    'Pairs would keep all colleagues apart.',
    '1 pair from one organisation shares a table.',
    '14 questions sit with someone who offers help.',
    '2 of your wishes cannot be held.',
  ]);
  assert.ok(
    said({ impossible: { reason: 'apart' } }).includes(
      'Not all of those you keep apart can be kept apart.',
    ),
  );
});

test('tables in words, the larger first', () => {
  assert.equal(
    tables_in_words([4, 3, 4, 4], (parts) => parts.join(' and ')),
    '3 tables of 4 and 1 table of 3',
  );
});

test('the golden previews can be said in words', () => {
  for (const name of ['preview', 'preview.colleagues', 'preview.possible']) {
    const { frame } = JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8'));
    const sentences = quality_sentences(frame.ok.quality);
    assert.ok(sentences.length > 0, name);
    for (const { text } of sentences) assert.match(text, /^[^{}]+\.$/, text);
  }
});

test('pairs only if they are asked for, and groups of at least two', () => {
  const wish = wishes.value;
  assert.deepEqual([options_of(wish).size, options_of(wish).size_min], [4, 3]);
  assert.equal(options_of({ ...wish, size: 2 }).size_min, 2);
  const groups = [['p_1'], [], ['p_1', 'p_2']];
  const options = options_of({ ...wish, together: groups, hosts: [['p_3', 'tb_1']], opener: ' ' });
  assert.deepEqual(
    [options.together, options.hosts, 'opener' in options],
    [[['p_1', 'p_2']], { p_3: 'tb_1' }, false],
  );
  assert.equal(options_of({ ...wish, opener: ' Why? ' }).opener, 'Why?');
});

test('a refusal says what to change, and shows no code', () => {
  const refused = (/** @type {string} */ code, field = '') => why_no_round({ code, field });
  assert.match(refused('bad_request', 'options.size_min'), /size/);
  assert.match(refused('not_found', 'options.hosts'), /host/);
  assert.match(refused('too_large', 'room'), /2,000/);
  assert.match(refused('conflict', 'room'), /two people/);
  const all = ['bad_request', 'forbidden', 'not_found', 'internal', 'no_answer', 'unavailable'];
  for (const code of all) assert.doesNotMatch(refused(code), /_|undefined/, code);
});
