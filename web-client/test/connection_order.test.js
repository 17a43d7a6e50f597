// Pushes come in order or not at all: what was seen is dropped, what is missing is asked for, and a
// connection that comes back says where it stands.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opened, posted, setup } from './connected.js';

test('resume names the last offset of each stream; what is not recovered is forgotten', () => {
  const { connection, socket, say_hello, lose, hellos, pushes } = setup();
  say_hello();
  socket.receive(opened('room:rm_1', 10), opened('table:tb_1', 3), posted('room:rm_1', 11));
  lose();
  const hello = say_hello({
    recovered: { 'room:rm_1': { from: 11, to: 11 } },
    reset: { 'table:tb_1': 'epoch' },
  });
  assert.deepEqual(hello.d.resume, {
    'room:rm_1': { epoch: 'e1', offset: 11 },
    'table:tb_1': { epoch: 'e1', offset: 3 },
  });
  assert.deepEqual([...hellos[1]], ['room:rm_1']);
  assert.equal(connection.status, 'open');
  lose();
  assert.deepEqual(Object.keys(say_hello().d.resume), ['room:rm_1']);
  assert.equal(pushes.length, 3);
});

test('a conversation in hello stands for its opening', () => {
  const { say_hello, lose, socket, pushes } = setup();
  say_hello({ conversations: [{ id: 'cv_1', epoch: 'e9', offset: 7 }] });
  socket.receive(posted('conversation:cv_1', 8));
  assert.equal(pushes.length, 1);
  lose();
  assert.deepEqual(say_hello().d.resume, { 'conversation:cv_1': { epoch: 'e9', offset: 8 } });
});

test('a push seen before is dropped; an unknown push still counts its offset', () => {
  const { say_hello, socket, pushes, lose } = setup();
  say_hello();
  socket.receive(opened('room:rm_1', 1), posted('room:rm_1', 1), {
    ...posted('room:rm_1', 2),
    push: 'from.the.future',
  });
  assert.deepEqual(
    pushes.map((push) => push.push),
    ['stream.opened', 'from.the.future'],
  );
  lose();
  assert.equal(say_hello().d.resume['room:rm_1'].offset, 2);
});

test('a push beyond the next is held, and what is missing is asked for after a moment', () => {
  const { say_hello, socket, pushes, time, reply } = setup();
  say_hello();
  socket.receive(opened('room:rm_1', 0), posted('room:rm_1', 2), posted('room:rm_1', 3));
  assert.equal(pushes.length, 1);
  time.pass(999);
  assert.equal(socket.command('stream.sync'), undefined);
  time.pass(1);
  const sync = socket.command('stream.sync');
  assert.deepEqual(sync.d, { stream: 'room:rm_1', after: 0 });
  reply(sync, { from: 1, to: 3 });
  socket.receive(posted('room:rm_1', 1), posted('room:rm_1', 2), posted('room:rm_1', 3));
  assert.deepEqual(
    pushes.slice(1).map((push) => push.offset),
    [1, 2, 3],
  );
});

test('a gap that closes by itself asks for nothing', () => {
  const { say_hello, socket, time } = setup();
  say_hello();
  socket.receive(opened('room:rm_1', 0), posted('room:rm_1', 2), posted('room:rm_1', 1));
  time.pass(2_000);
  assert.equal(socket.command('stream.sync'), undefined);
});

test('what cannot be synced is replaced by a snapshot', async () => {
  const { say_hello, socket, pushes, time, reply } = setup();
  say_hello();
  socket.receive(opened('room:rm_1', 0), posted('room:rm_1', 400));
  time.pass(2_000);
  socket.receive({
    id: socket.command('stream.sync').id,
    err: { code: 'reset_required', message: '' },
  });
  await new Promise((done) => setImmediate(done));
  reply(socket.command('stream.snapshot'), {
    epoch: 'e2',
    offset: 400,
    state: {},
    messages: [],
    more: true,
  });
  await new Promise((done) => setImmediate(done));
  socket.receive(posted('room:rm_1', 401));
  assert.deepEqual(
    pushes.slice(1).map((push) => [push.push, push.offset]),
    [
      ['stream.opened', undefined],
      ['message.posted', 401],
    ],
  );
});

test('at most 64 pushes are held; more than that and the connection begins anew', () => {
  const { say_hello, socket } = setup();
  say_hello();
  socket.receive(opened('room:rm_1', 0));
  for (let offset = 2; offset <= 65; offset++) socket.receive(posted('room:rm_1', offset));
  assert.equal(socket.closed, false);
  socket.receive(posted('room:rm_1', 66));
  assert.equal(socket.closed, true);
});

test('a closed stream receives nothing and is not resumed', () => {
  const { say_hello, socket, pushes, lose } = setup();
  say_hello();
  socket.receive(
    opened('table:tb_1', 4),
    { push: 'stream.closed', stream: 'table:tb_1', data: {} },
    posted('table:tb_1', 5),
  );
  assert.deepEqual(
    pushes.map((push) => push.push),
    ['stream.opened', 'stream.closed'],
  );
  lose();
  assert.equal(say_hello().d.resume, undefined);
});
