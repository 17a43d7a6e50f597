// The golden frames are the contract: every push is one the store folds, every reply and refusal
// one the connection hands over.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Connection } from '../src/connection/connection.js';
import { apply, is_known } from '../src/store/apply.js';
import { apply_hello } from '../src/store/hello.js';
import { empty_state } from '../src/store/state.js';
import { fake_ports } from './fakes.js';

const EXAMPLES = join(dirname(fileURLToPath(import.meta.url)), '../../protocol/examples');

/** @param {string} folder @returns {{name: string, frame: any}[]} */
function frames_in(folder) {
  const path = join(EXAMPLES, folder);
  const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : [];
  return names.map((name) => ({
    name,
    frame: JSON.parse(readFileSync(join(path, name), 'utf8')).frame,
  }));
}

/** A connection that has said hello, with one command under way. @param {any} [hello] */
function under_way(hello = { now: 0 }) {
  const fake = fake_ports();
  /** @type {any[]} */ const oks = [];
  const connection = new Connection(
    fake.ports,
    { event: 'ev' },
    { hello: (ok) => void oks.push(ok) },
  );
  connection.start();
  fake.socket.open();
  fake.socket.receive({ id: 1, ok: hello });
  const answered = connection.command('table.stand');
  return { answered, oks, socket: fake.socket, connection };
}

test('there are golden frames of every kind', () => {
  for (const folder of ['pushes', 'replies', 'refusals'])
    assert.ok(frames_in(folder).length > 0, folder);
});

const hello = frames_in('replies').find(({ name }) => name === 'hello.json');
const state = hello ? apply_hello(empty_state(), hello.frame.ok, new Set()) : empty_state();

for (const { name, frame } of frames_in('pushes')) {
  if (typeof frame.push !== 'string') {
    test(`${name}: a ping is answered`, () => {
      const { socket, answered } = under_way();
      answered.catch(() => {});
      socket.receive(frame);
      assert.deepEqual(socket.sent.at(-1), { pong: frame.ping });
    });
    continue;
  }
  test(`${name}: the store knows the push`, () => {
    assert.ok(is_known(frame.push), frame.push);
    assert.equal(apply(state, frame).unknown, 0);
  });
}

test('a golden start seats a golden room as it says', () => {
  const pushes = new Map(frames_in('pushes').map(({ name, frame }) => [name, frame]));
  const opened = apply(state, pushes.get('stream.opened.room.json'));
  const start = pushes.get('round.started.json');
  const seated = apply(opened, { ...start, stream: pushes.get('stream.opened.room.json').stream });
  const room = seated.rooms[start.stream.slice('room:'.length)];
  for (const [id, people] of start.data.seats) {
    const table = room.tables.find((each) => each.id === id);
    assert.deepEqual(
      table?.seats?.map(({ person }) => person),
      people,
    );
    assert.equal(table?.taken, people.length);
  }
  assert.equal(room.round?.ends_at, start.data.ends_at);
});

for (const { name, frame } of frames_in('replies')) {
  test(`${name}: the reply arrives whole`, async () => {
    if (name.startsWith('hello')) {
      const { oks, answered } = under_way(frame.ok);
      answered.catch(() => {});
      assert.deepEqual(oks, [frame.ok]);
      assert.equal(apply_hello(empty_state(), frame.ok, new Set()).me, frame.ok.person.id);
      return;
    }
    const { socket, answered } = under_way();
    socket.receive({ ...frame, id: 2 });
    assert.deepEqual(await answered, frame.ok);
  });
}

for (const { name, frame } of frames_in('refusals')) {
  test(`${name}: the refusal arrives as one`, async () => {
    const { socket, answered } = under_way();
    socket.receive({ ...frame, id: 2 });
    await assert.rejects(answered, (/** @type {any} */ refusal) => {
      assert.equal(refusal.code, frame.err.code);
      assert.equal(refusal.retry, frame.err.retry === true);
      assert.equal(refusal.field, frame.err.field ?? null);
      return true;
    });
  });
}
