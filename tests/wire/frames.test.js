// S9: what is no sound WebSocket frame closes its own connection with the code that RFC 6455 names, and a neighbour on
// the same server notices nothing.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import WebSocket from 'ws';
import { Server } from '../browser/support/server.js';

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;

/** @type {Server} */
let server;
before(async () => {
  server = await Server.started();
});
after(() => server?.stop());

/** A socket after its handshake, in our own hands. */
async function upgraded() {
  const { hostname, port } = new URL(server.origin);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write([
    'GET /ws HTTP/1.1', `Host: ${hostname}:${port}`, 'Upgrade: websocket', 'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`, 'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: hallway.v1', '', '',
  ].join('\r\n'));
  const [answer] = await once(socket, 'data');
  assert.match(String(answer), /^HTTP\/1\.1 101 /);
  return socket;
}

/** @param {{opcode?: number, fin?: boolean, reserved?: number, masked?: boolean, length?: bigint, payload?: Buffer}} how */
function frame({ opcode = TEXT, fin = true, reserved = 0, masked = true, length, payload = Buffer.from('{}') }) {
  const size = length ?? BigInt(payload.length);
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode];
  const mask_bit = masked ? 0x80 : 0;
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(size);
  if (size < 126n) head.push(mask_bit | Number(size));
  else if (size < 65_536n) head.push(mask_bit | 126, ...long.subarray(6));
  else head.push(mask_bit | 127, ...long);
  // A mask of zeros changes nothing.
  return Buffer.concat([Buffer.from(head), masked ? Buffer.alloc(4) : Buffer.alloc(0), payload]);
}

/** The code that the server closes with. @param {import('node:net').Socket} socket @param {...Buffer} frames */
async function close_code(socket, ...frames) {
  let bytes = Buffer.alloc(0);
  socket.on('data', (some) => (bytes = Buffer.concat([bytes, some])));
  socket.on('error', () => {});
  socket.write(Buffer.concat(frames));
  await once(socket, 'close');
  // What came before it (a refusal) is short, so its frames have lengths of one byte or three.
  for (let at = 0; at < bytes.length; ) {
    const size = bytes[at + 1] === 126 ? bytes.readUInt16BE(at + 2) : bytes[at + 1];
    const begin = at + (bytes[at + 1] === 126 ? 4 : 2);
    if ((bytes[at] & 0x0f) === CLOSE) return bytes.readUInt16BE(begin);
    at = begin + size;
  }
  return null;
}

const CASES = [
  ['invalid UTF-8', 1007, () => [frame({ payload: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) })]],
  ['an overlong encoding', 1007, () => [frame({ payload: Buffer.from([0xc0, 0xaf]) })]],
  ['a surrogate', 1007, () => [frame({ payload: Buffer.from([0xed, 0xa0, 0x80]) })]],
  ['a frame without a mask', 1002, () => [frame({ masked: false })]],
  ['a reserved bit', 1002, () => [frame({ reserved: 4 })]],
  ['an opcode that nobody knows', 1002, () => [frame({ opcode: 3 })]],
  ['a ping in fragments', 1002, () => [frame({ opcode: PING, fin: false })]],
  ['a ping of 126 bytes', 1002, () => [frame({ opcode: PING, payload: Buffer.alloc(126) })]],
  ['a continuation of nothing', 1002, () => [frame({ opcode: 0 })]],
  ['a message within a message', 1002, () => [frame({ fin: false }), frame({})]],
  ['17 KiB', 1009, () => [frame({ payload: Buffer.alloc(17 * 1024, 'x') })]],
  ['17 KiB in fragments', 1009, () => [frame({ fin: false, payload: Buffer.alloc(9 * 1024, 'x') }),
    frame({ opcode: 0, payload: Buffer.alloc(8 * 1024, 'x') })]],
  ['a length of 2^62', 1009, () => [frame({ length: 1n << 62n })]],
  ['bytes', 1003, () => [frame({ opcode: BINARY })]],
];

for (const [what, code, make] of CASES) {
  test(`S9: ${what} closes with ${code}`, async () => {
    assert.equal(await close_code(await upgraded(), ...make()), code);
  });
}

test('S9: a length of 2^63 closes, with 1002 or 1009', async () => {
  const code = await close_code(await upgraded(), frame({ length: 1n << 63n }));
  assert.ok(code === 1002 || code === 1009, `closed with ${code}`);
});

test('S9: a neighbour notices nothing', async () => {
  const join = await fetch(`${server.origin}/api/v1/sessions`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ invite: server.links.member.split('/j/')[1], name: 'Neighbour' }),
  });
  const { token, event } = await join.json();
  const neighbour = new WebSocket(`ws${server.origin.slice(4)}/ws`, 'hallway.v1');
  await once(neighbour, 'open');
  const heard = new Map();
  neighbour.on('message', (text) => String(text).split('\n').map(JSON.parse).forEach((each) => heard.set(each.id, each)));
  neighbour.send(JSON.stringify({ id: 1, cmd: 'hello', d: { token, event, client: { name: 'test', version: '1' } } }));
  for (const [, , make] of CASES) await close_code(await upgraded(), ...make());
  neighbour.send(JSON.stringify({ id: 2, cmd: 'clock', d: { sent_at: 1 } }));
  while (!heard.has(2)) await once(neighbour, 'message');
  assert.ok(heard.get(1).ok && heard.get(2).ok);
  assert.equal(neighbour.readyState, WebSocket.OPEN);
  neighbour.terminate();
});
