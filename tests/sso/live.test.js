// What signing in and out does to those who are connected: S4, an ended session closes its sockets within a second; S6, two
// hundred who sign in at once delay nobody's words.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import WebSocket from 'ws';
import { Server } from '../browser/support/server.js';

const PASSPHRASE = 'loom and engine';
/** @type {Server} */
let server;
before(async () => {
  // Each sign-in comes from an address of its own.
  server = await Server.started([
    '--trusted_proxies=127.0.0.1/32', '--limits.commands_per_s=10000', '--limits.commands_burst=10000',
  ]);
});
after(() => server?.stop());

/** @param {string} method @param {string} path @param {{token?: string, body?: object, address?: string}} [how] */
async function ask(method, path, { token, body, address = '192.0.2.1' } = {}) {
  const headers = { 'X-Forwarded-For': address };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers['Content-Type'] = 'application/json';
  return fetch(server.origin + path, { method, headers, body: body && JSON.stringify(body) });
}
const joined = async (name) =>
  (await ask('POST', '/api/v1/sessions', { body: { invite: server.links.member.split('/j/')[1], name } })).json();

/** A socket that has said hello, and a way to say more. @param {string} token @param {string} event */
async function connected(token, event) {
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/ws`, 'hallway.v1');
  await once(socket, 'open');
  const waiting = new Map();
  let id = 0;
  socket.on('message', (text) => {
    for (const line of String(text).split('\n')) {
      const answer = JSON.parse(line);
      if (answer.id) waiting.get(answer.id)?.(answer);
      if (answer.ping) socket.send(JSON.stringify({ pong: answer.ping }));
    }
  });
  socket.on('close', (code) => {
    for (const answer of waiting.values()) answer({ closed: code });
  });
  const say = (cmd, d) => new Promise((resolve) => {
    waiting.set(++id, (answer) => {
      waiting.delete(answer.id);
      resolve(answer);
    });
    socket.send(JSON.stringify({ id, cmd, d }));
  });
  const hello = await say('hello', { token, event, client: { name: 'test', version: '1' } });
  assert.ok(hello.ok, JSON.stringify(hello));
  return { socket, say };
}

test('S4: whoever signs out everywhere is disconnected everywhere within a second, and nobody else is', async () => {
  const ada = await joined('Ada');
  const bo = await joined('Bo');
  assert.equal((await ask('POST', '/api/v1/me/account', { token: ada.token, body: { login: 'ada', passphrase: PASSPHRASE } })).status, 201);
  const elsewhere = await (await ask('POST', '/api/v1/sessions', { body: { login: 'ada', passphrase: PASSPHRASE, event: ada.event } })).json();
  const mine = [await connected(ada.token, ada.event), await connected(elsewhere.token, ada.event)];
  const other = await connected(bo.token, bo.event);
  const closed = mine.map(async ({ socket }) => (await once(socket, 'close'))[0]);
  const began = performance.now();
  assert.equal((await ask('DELETE', '/api/v1/me/sessions', { token: elsewhere.token })).status, 204);
  assert.deepEqual(await Promise.all(closed), [4002, 4002]);
  assert.ok(performance.now() - began < 1000);
  assert.ok((await other.say('clock', { sent_at: 1 })).ok);
  assert.equal((await ask('GET', '/api/v1/me', { token: ada.token })).status, 401);
  other.socket.close();
});

test('S4: a new passphrase disconnects the other sessions within a second', async () => {
  const bo = await joined('Bo');
  await ask('POST', '/api/v1/me/account', { token: bo.token, body: { login: 'bob', passphrase: PASSPHRASE } });
  const elsewhere = await (await ask('POST', '/api/v1/sessions', { body: { login: 'bob', passphrase: PASSPHRASE } })).json();
  assert.equal(elsewhere.event, undefined);
  const here = await connected(bo.token, bo.event);
  const there = await connected(elsewhere.token, bo.event);
  const closed = once(there.socket, 'close');
  const change = ask('PATCH', '/api/v1/me/account', {
    token: bo.token, body: { passphrase: PASSPHRASE, new_passphrase: 'another passphrase' },
  });
  assert.equal((await change).status, 204);
  const began = performance.now();
  assert.equal((await closed)[0], 4002);
  assert.ok(performance.now() - began < 1000);
  assert.ok((await here.say('clock', { sent_at: 1 })).ok);
  here.socket.close();
});

const quantile = (times, share) => times.sort((a, b) => a - b)[Math.floor(share * (times.length - 1))];

test('S6: two hundred sign-ins at once leave the pings of those who are there as they were', async (t) => {
  const { token, event } = await joined('Ada');
  const { socket, say } = await connected(token, event);
  async function pings(until) {
    const times = [];
    do {
      const began = performance.now();
      assert.ok((await say('clock', { sent_at: 1 })).ok);
      times.push(performance.now() - began);
      await setTimeout(1);  // Whoever says ten thousand things a second is closed as a flood.
    } while (!until(times.length));
    return times;
  }
  const quiet = await pings((count) => count >= 1000);
  let left = 200;
  const crowd = Array.from({ length: left }, async (_, i) => {
    const answer = await ask('POST', '/api/v1/sessions', {
      address: `198.51.100.${i}`, body: { login: `nobody${i}`, passphrase: 'not the passphrase' },
    });
    left -= 1;
    return answer.status;
  });
  const busy = await pings((count) => count >= 1000 && left < 20);
  const statuses = await Promise.all(crowd);
  const figures = `p50 ${quantile(quiet, 0.5).toFixed(2)} → ${quantile(busy, 0.5).toFixed(2)} ms, ` +
    `p99 ${quantile(quiet, 0.99).toFixed(2)} → ${quantile(busy, 0.99).toFixed(2)} ms, ${busy.length} pings`;
  t.diagnostic(figures);
  // A queue of 256 holds them all; on a slow machine the last may have lost their patience.
  assert.deepEqual(statuses.filter((status) => status !== 401 && status !== 503), []);
  assert.ok(statuses.filter((status) => status === 401).length > 20, String(statuses));
  // The test's own process shares the cores with the hashes; a hash in a ping's way would cost each one 20 ms and more.
  assert.ok(quantile(busy, 0.99) < Math.max(15, 2 * quantile(quiet, 0.99)), figures);
  socket.close();
});
