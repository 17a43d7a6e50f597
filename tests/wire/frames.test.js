// S9: what is no sound WebSocket frame closes its own connection with the code that RFC 6455 names, and a neighbour on
// the same server notices nothing. What is sound is answered, however the bytes come. Plain and over TLS alike.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect as connect_tls } from 'node:tls';
import WebSocket from 'ws';
import { Server } from '../browser/support/server.js';

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** @type {Server} */
let server;
let tls_port = 0;
const folder = mkdtempSync(join(tmpdir(), 'hallway-wire-'));
before(async () => {
  const [key, chain] = [join(folder, 'key.pem'), join(folder, 'chain.pem')];
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1',
    '-subj', '/CN=localhost', '-keyout', key, '-out', chain,
  ], { stdio: 'ignore' });
  tls_port = await free_port();
  // All on one shard: nobody else's traffic drives it on.
  server = await Server.started([
    '--shards=1',
    `--tls.listen=127.0.0.1:${tls_port}`, `--tls.certificate=${chain}`, `--tls.key=${key}`,
  ]);
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

async function free_port() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (listener.address());
  listener.close();
  return port;
}

const WAYS = {
  plain: async () => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    await once(socket, 'connect');
    return socket;
  },
  TLS: async () => {
    const socket = connect_tls({ port: tls_port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    return socket;
  },
};

/** A socket after its handshake, in our own hands. */
async function upgraded(way = 'plain') {
  const socket = await WAYS[way]();
  socket.setNoDelay(true);
  socket.write([
    'GET /ws HTTP/1.1', 'Host: 127.0.0.1', 'Upgrade: websocket', 'Connection: Upgrade',
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

/** What came, as frames; of one that is incomplete, nothing. @param {Buffer} bytes */
function frames_in(bytes) {
  const frames = [];
  // They are short, so they have lengths of one byte or three.
  for (let at = 0; at + 2 <= bytes.length; ) {
    const is_long = bytes[at + 1] === 126;
    if (is_long && at + 4 > bytes.length) break;
    const begin = at + (is_long ? 4 : 2);
    const end = begin + (is_long ? bytes.readUInt16BE(at + 2) : bytes[at + 1]);
    if (end > bytes.length) break;
    frames.push({ opcode: bytes[at] & 0x0f, payload: bytes.subarray(begin, end) });
    at = end;
  }
  return frames;
}

/** All that comes until the server closes. @param {import('node:net').Socket} socket @param {() => void} send */
async function until_closed(socket, send) {
  let bytes = Buffer.alloc(0);
  socket.on('data', (some) => (bytes = Buffer.concat([bytes, some])));
  socket.on('error', () => {});
  send();
  await once(socket, 'close');
  return frames_in(bytes);
}

/** The code that the server closes with. @param {import('node:net').Socket} socket @param {...Buffer} frames */
async function close_code(socket, ...frames) {
  const came = await until_closed(socket, () => socket.write(Buffer.concat(frames)));
  return came.find(({ opcode }) => opcode === CLOSE)?.payload.readUInt16BE(0) ?? null;
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

for (const way of Object.keys(WAYS)) {
  for (const [what, code, make] of CASES) {
    test(`S9: ${what} closes with ${code} (${way})`, async () => {
      assert.equal(await close_code(await upgraded(way), ...make()), code);
    });
  }

  test(`S9: a length of 2^63 closes with 1002 (${way})`, async () => {
    assert.equal(await close_code(await upgraded(way), frame({ length: 1n << 63n })), 1002);
  });

  test(`S9: what is sound is answered, byte by byte and with pings between fragments (${way})`, async () => {
    const socket = await upgraded(way);
    const command = Buffer.from('{"id":1,"cmd":"clock","d":{"sent_at":1}}');
    const bytes = Buffer.concat([
      frame({ fin: false, payload: command.subarray(0, 10) }),
      frame({ opcode: PING, payload: Buffer.from('still there?') }),
      frame({ opcode: CONTINUATION, fin: false, payload: Buffer.alloc(0) }),
      frame({ opcode: CONTINUATION, payload: command.subarray(10) }),
    ]);
    const came = await until_closed(socket, () => bytes.forEach((byte) => socket.write(Buffer.from([byte]))));
    assert.deepEqual(came.map(({ opcode }) => opcode), [PONG, TEXT, CLOSE]);
    assert.equal(String(came[0].payload), 'still there?');
    assert.equal(JSON.parse(String(came[1].payload)).err.code, 'unauthenticated');
    assert.equal(came[2].payload.readUInt16BE(0), 4001);
  });

  test(`S9: a close is answered with its own code, and the connection ends (${way})`, async () => {
    for (const [payload, code] of /** @type {[number[], number][]} */ ([
      [[], 1000], [[0x03, 0xe8], 1000], [[0x03, 0xe9, 0x62, 0x79, 0x65], 1001], [[0x0f, 0xa0], 4000],
      [[0x03], 1002], [[0x03, 0xed], 1002], [[0x03, 0xe8, 0xff], 1002],
    ])) {
      const closing = frame({ opcode: CLOSE, payload: Buffer.from(payload) });
      assert.equal(await close_code(await upgraded(way), closing), code);
    }
  });
}

/** Somebody who has said hello, and all that they heard. @param {string} name */
async function greeted(name) {
  const join = await fetch(`${server.origin}/api/v1/sessions`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ invite: server.links.member.split('/j/')[1], name }),
  });
  const { token, event } = await join.json();
  const socket = new WebSocket(`ws${server.origin.slice(4)}/ws`, 'hallway.v1');
  await once(socket, 'open');
  /** @type {any[]} */
  const heard = [];
  socket.on('message', (text) => heard.push(...String(text).split('\n').map((line) => JSON.parse(line))));
  /** @param {(object: any) => boolean} fits */
  const hears = async (fits) => {
    while (!heard.some(fits)) await once(socket, 'message');
    return heard.find(fits);
  };
  socket.send(JSON.stringify({ id: 1, cmd: 'hello', d: { token, event, client: { name: 'test', version: '1' } } }));
  const { ok } = await hears((object) => object.id === 1);
  return { socket, hears, person: ok.person.id };
}

test('S9: a neighbour notices nothing', async () => {
  const { socket, hears } = await greeted('Neighbour');
  for (const [, , make] of CASES) await close_code(await upgraded(), ...make());
  socket.send(JSON.stringify({ id: 2, cmd: 'clock', d: { sent_at: 1 } }));
  assert.ok((await hears((object) => object.id === 2)).ok);
  assert.equal(socket.readyState, WebSocket.OPEN);
  socket.terminate();
});

test('whoever loses the line is told of at once, though nothing else happens', { timeout: 20_000 }, async () => {
  const [one, other] = [await greeted('One'), await greeted('Other')];
  await one.hears(({ push, data }) => push === 'presence' && JSON.stringify(data.joined).includes(other.person));
  // What the server has to tell of their coming is told then.
  await one.hears(({ push }) => push === 'rooms.counted');
  const began = Date.now();
  other.socket.terminate();
  await one.hears(({ push, data }) => push === 'presence' && JSON.stringify(data.changed ?? []).includes(other.person));
  assert.ok(Date.now() - began < 5_000, 'within the second in which presence is told, and some');
  one.socket.terminate();
});
