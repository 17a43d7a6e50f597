// The connection's promises: nothing acknowledged is sent twice, nothing unacknowledged is lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { after_close, backoff_ms } from '../src/connection/backoff.js';
import { ClockOffset } from '../src/connection/clock_offset.js';
import { Connection } from '../src/connection/connection.js';
import { opened, setup } from './connected.js';
import { fake_ports } from './fakes.js';

test('hello is the first object, and nothing else goes before its answer', () => {
  const { socket, connection, say_hello } = setup();
  void connection.command('message.send', { stream: 'room:rm_1', body: 'hi' }, { nonce: true });
  socket.open();
  assert.deepEqual(
    socket.sent.map((frame) => frame.cmd),
    ['hello'],
  );
  assert.equal(socket.sent[0].d.resume, undefined);
  say_hello();
  assert.equal(socket.sent.at(-1).cmd, 'message.send');
});

test('ids rise on a connection and begin anew on the next', () => {
  const { connection, say_hello, lose, sockets } = setup();
  say_hello();
  void connection.command('table.stand').catch(() => {});
  void connection.command('table.stand').catch(() => {});
  assert.deepEqual(
    sockets[0].sent.map((frame) => frame.id),
    [1, 2, 3],
  );
  lose();
  say_hello();
  assert.equal(sockets[1].sent[0].id, 1);
});

test('asked to, it says hello again at once, and nothing under way is lost', async () => {
  const fake = setup();
  const { connection, say_hello, sockets, time } = fake;
  connection.renew();
  assert.equal(sockets.length, 1, 'there is nothing to renew before the first hello');
  say_hello();
  const sent = connection.command('message.send', { stream: 'room:rm_1' }, { nonce: 'n' });
  connection.renew();
  time.pass(0);
  assert.equal(sockets.length, 2);
  say_hello();
  const again = sockets[1].sent.at(-1);
  assert.deepEqual([again.cmd, again.d.nonce], ['message.send', 'n']);
  sockets[1].receive({ id: again.id, ok: { offset: 1 } });
  assert.deepEqual(await sent, { offset: 1 });
});

test('a reply resolves, a refusal rejects with its code and field', async () => {
  const { socket, connection, say_hello, reply } = setup();
  say_hello();
  const sat = connection.command('table.sit', { table: 'tb_1' });
  reply(socket.command('table.sit'), { table: 'tb_1' });
  assert.deepEqual(await sat, { table: 'tb_1' });
  const refused = connection.command('card.update', { name: '' });
  socket.receive({
    id: socket.command('card.update').id,
    err: { code: 'bad_request', field: 'name', message: 'no' },
  });
  await assert.rejects(
    refused,
    (/** @type {any} */ error) => error.code === 'bad_request' && error.field === 'name',
  );
});

test('what is not acknowledged is sent again after a reconnect, in order, same nonce', async () => {
  const { connection, say_hello, reply, lose, sockets } = setup();
  say_hello();
  const first = connection.command(
    'message.send',
    { stream: 'room:rm_1', body: 'one' },
    { nonce: true },
  );
  const second = connection.command(
    'message.send',
    { stream: 'room:rm_1', body: 'two' },
    { nonce: true },
  );
  lose();
  say_hello();
  const again = sockets[1].sent.filter((frame) => frame.cmd === 'message.send');
  assert.deepEqual(
    again.map((frame) => [frame.d.body, frame.d.nonce]),
    [['one', 'nonce-1']],
  );
  reply(again[0], { offset: 4, at: 1, dup: true });
  assert.equal((await first).offset, 4);
  const then = sockets[1].command('message.send');
  assert.deepEqual([then.d.body, then.d.nonce], ['two', 'nonce-2']);
  reply(then, { offset: 5, at: 2 });
  assert.equal((await second).offset, 5);
  lose();
  say_hello();
  assert.equal(sockets[2].command('message.send'), undefined, 'what was acknowledged stays sent');
});

test('one stream waiting does not hold up another', () => {
  const { socket, connection, say_hello } = setup();
  say_hello();
  for (const stream of ['room:rm_1', 'room:rm_1', 'table:tb_1']) {
    void connection.command('message.send', { stream, body: 'x' }, { nonce: true });
  }
  const sent = socket.sent
    .filter((frame) => frame.cmd === 'message.send')
    .map((frame) => frame.d.stream);
  assert.deepEqual(sent, ['room:rm_1', 'table:tb_1']);
});

test('"not yet" holds the lane and sends the same again, so that none overtakes it', async () => {
  const { socket, time, connection, say_hello, reply } = setup();
  say_hello();
  const first = connection.command(
    'message.send',
    { stream: 'room:rm_1', body: 'one' },
    { nonce: true },
  );
  void connection.command('message.send', { stream: 'room:rm_1', body: 'two' }, { nonce: true });
  const sent = () => socket.sent.filter((frame) => frame.cmd === 'message.send');
  socket.receive({
    id: sent()[0].id,
    err: { code: 'rate_limited', message: '', retry: true, retry_after_ms: 1200 },
  });
  time.pass(1199);
  assert.equal(sent().length, 1);
  time.pass(1);
  assert.deepEqual([sent().length, sent()[1].d.nonce], [2, 'nonce-1']);
  reply(sent()[1], { offset: 1, at: 1 });
  assert.equal((await first).offset, 1);
  assert.equal(sent()[2].d.body, 'two');
});

test('a message is given up after six refusals that were not about speed', async () => {
  const { socket, time, connection, say_hello } = setup();
  say_hello();
  const sending = connection.command(
    'message.send',
    { stream: 'room:rm_1', body: 'x' },
    { nonce: true },
  );
  const failed = assert.rejects(sending, (/** @type {any} */ error) => error.code === 'internal');
  for (let i = 0; i < 6; i++) {
    socket.receive({
      id: socket.command('message.send').id,
      err: { code: 'internal', message: '', retry: true, retry_after_ms: 10 },
    });
    time.pass(10);
  }
  await failed;
});

test('without a connection what has no nonce lapses, what has one never does', async () => {
  const { connection, time, socket } = setup();
  socket.server_closes(1006);
  const sitting = connection.command('table.sit', { table: 'tb_1' });
  let answered = false;
  const done = () => void (answered = true);
  void connection
    .command('message.send', { stream: 'room:rm_1', body: 'x' }, { nonce: true })
    .then(done, done);
  const lapsed = assert.rejects(sitting, (/** @type {any} */ error) => error.code === 'no_answer');
  time.pass(15_000);
  await lapsed;
  time.pass(600_000);
  await Promise.resolve();
  assert.equal(answered, false);
});

test('a command without an answer in ten seconds means a dead connection', () => {
  const { socket, sockets, time, connection, say_hello } = setup({ chance: 0 });
  say_hello();
  void connection.command('message.send', { stream: 'room:rm_1', body: 'x' }, { nonce: true });
  time.pass(9_999);
  assert.equal(socket.closed, false);
  time.pass(2);
  assert.equal(socket.closed, true);
  assert.equal(sockets.length, 2);
});

test('silence for longer than a heartbeat means a dead connection; a ping is answered', () => {
  const { socket, time, say_hello } = setup();
  say_hello();
  time.pass(8_000);
  for (const frame of socket.sent.filter(({ cmd }) => cmd === 'clock')) {
    socket.receive({ id: frame.id, ok: { sent_at: frame.d.sent_at, now: time.now_ms } });
  }
  time.pass(30_000);
  const now = time.now_ms;
  socket.receive({ ping: now });
  assert.deepEqual(socket.sent.at(-1), { pong: now });
  time.pass(39_000);
  assert.equal(socket.closed, false);
  time.pass(2_000);
  assert.equal(socket.closed, true);
});

test('a bad object fails alone', () => {
  const { say_hello, socket, pushes } = setup();
  say_hello();
  socket.onmessage({ data: `{"push":\n${JSON.stringify(opened('room:rm_1', 0))}\nnull\n7` });
  assert.equal(pushes.length, 1);
});

test('backoff is full jitter from half a second, doubling to thirty', () => {
  const most = [0, 1, 2, 3, 4, 5, 6, 7, 40].map((attempt) => backoff_ms(attempt, () => 0.999999));
  assert.deepEqual(most, [499, 999, 1999, 3999, 7999, 15999, 29999, 29999, 29999]);
  assert.equal(
    backoff_ms(6, () => 0),
    0,
  );
});

test('attempts that fail wait longer; an answered hello begins at the shortest wait again', () => {
  const { sockets, time, socket, say_hello } = setup({ chance: 0.999 });
  socket.server_closes(1006);
  time.pass(499);
  sockets[1].server_closes(1006);
  time.pass(500);
  assert.equal(sockets.length, 2);
  time.pass(500);
  assert.equal(sockets.length, 3);
  say_hello();
  sockets[2].server_closes(4100);
  time.pass(499);
  assert.equal(sockets.length, 4);
});

test('close codes say stop, come back later, or come back within a time', () => {
  for (const code of [4000, 4001, 4002, 4003, 4004, 4006, 4099])
    assert.equal(after_close(code, '').kind, 'stop');
  for (const code of [1000, 1001, 1006, 1009, 4100, 4110, 4199])
    assert.equal(after_close(code, '').kind, 'backoff');
  assert.deepEqual(after_close(4201, '{"retry_ms":800}'), { kind: 'return', within_ms: 800 });
  assert.deepEqual(after_close(4202, ''), { kind: 'return', within_ms: 2000 });
});

test('a close that means stop is told once, and nothing is tried again', async () => {
  const { sockets, socket, time, say_hello, ends, connection } = setup();
  say_hello();
  const sent = connection.command(
    'message.send',
    { stream: 'room:rm_1', body: 'x' },
    { nonce: true },
  );
  const refused = assert.rejects(sent);
  socket.server_closes(4003);
  time.pass(600_000);
  await refused;
  assert.deepEqual(ends, [{ code: 4003, refusal: null }]);
  assert.equal(sockets.length, 1);
  assert.equal(time.pending, 0);
  await assert.rejects(connection.command('table.stand'));
});

test('a refused hello stops, or comes back when it was only a matter of time', () => {
  const banned = setup();
  banned.socket.open();
  banned.socket.receive({ id: 1, err: { code: 'banned', message: '' } });
  assert.equal(banned.ends[0].refusal.code, 'banned');
  const busy = setup();
  busy.socket.open();
  busy.socket.receive({
    id: 1,
    err: { code: 'unavailable', message: '', retry: true, retry_after_ms: 700 },
  });
  busy.time.pass(700);
  assert.deepEqual([busy.ends.length, busy.sockets.length], [0, 2]);
});

test('a nudge tries at once', () => {
  const { sockets, socket, connection } = setup({ chance: 0.999 });
  socket.server_closes(1006);
  assert.equal(sockets.length, 1);
  connection.nudge();
  assert.equal(sockets.length, 2);
});

test('an attempt that hangs is given up', () => {
  const { sockets, time } = setup({ chance: 0 });
  time.pass(10_001);
  assert.equal(sockets.length, 2);
});

test('leaving says so and stops', () => {
  const { socket, say_hello, connection, ends } = setup();
  say_hello();
  connection.stop();
  assert.equal(socket.sent.at(-1).cmd, 'bye');
  assert.equal(ends[0].code, 1000);
});

test('typing goes without an id, and not at all while away', () => {
  const { socket, say_hello, connection } = setup();
  connection.hint('typing', { stream: 'room:rm_1' });
  say_hello();
  connection.hint('typing', { stream: 'room:rm_1' });
  assert.deepEqual(
    socket.sent.filter((frame) => frame.cmd === 'typing'),
    [{ cmd: 'typing', d: { stream: 'room:rm_1' } }],
  );
});

test('the clock is corrected by the sample with the lowest round trip', () => {
  const clock = new ClockOffset();
  assert.equal(clock.offset_ms, 0);
  clock.add(1000, 61_300, 1600);
  clock.add(2000, 62_010, 2020);
  clock.add(3000, 63_350, 3400);
  assert.equal(clock.offset_ms, 60_000);
  clock.add(5000, 9, 4000);
  assert.equal(clock.offset_ms, 60_000, 'a clock that jumped back gives no sample');
});

test('of two samples that cannot both be right the newer is believed: a clock was set', () => {
  const clock = new ClockOffset();
  clock.add(1_000, 61_005, 1_010);
  clock.add(2_000, 62_100, 2_200);
  assert.equal(clock.offset_ms, 60_000, 'both are right: the better one counts');
  clock.add(500_000, 530_200, 500_400);
  assert.equal(clock.offset_ms, 30_000, 'set by half a minute, though the round trip was longer');
});

test('a ping that names another time than expected has the clock looked at', async () => {
  const fake = fake_ports();
  const connection = new Connection(fake.ports, { event: 'ev_1' }, {});
  connection.start();
  const { socket, time } = fake;
  socket.open();
  socket.receive({ id: 1, ok: { now: time.now_ms + 5_000 } });
  assert.equal(connection.clock_offset_ms, 5_000);
  socket.receive({ ping: time.now_ms + 5_100 });
  assert.equal(socket.command('clock'), undefined, 'within what a network may take');
  time.now_ms += 60_000;
  socket.receive({ ping: time.now_ms - 55_000 });
  const asked = socket.command('clock');
  assert.equal(asked.d.sent_at, time.now_ms);
  socket.receive({ id: asked.id, ok: { sent_at: asked.d.sent_at, now: time.now_ms - 55_000 } });
  await Promise.resolve();
  assert.equal(connection.clock_offset_ms, -55_000);
});
