// A connection to a server that the test plays, for the tests of the connection.

import { Connection } from '../src/connection/connection.js';
import { fake_ports } from './fakes.js';

const HELLO_OK = {
  now: 0,
  heartbeat_s: 25,
  streams: {},
  recovered: {},
  reset: {},
  conversations: [],
};

/** @param {{chance?: number}} [how] */
export function setup({ chance = 0.5 } = {}) {
  const fake = fake_ports(chance);
  /** @type {any[]} */ const pushes = [];
  /** @type {string[]} */ const statuses = [];
  /** @type {any[]} */ const ends = [];
  /** @type {Set<string>[]} */ const hellos = [];
  const connection = new Connection(
    fake.ports,
    { event: 'ev_1' },
    {
      push: (push) => void pushes.push(push),
      status: (status) => void statuses.push(status),
      stopped: (end) => void ends.push(end),
      hello: (_ok, kept) => void hellos.push(kept),
    },
  );
  connection.start();
  /** @param {any} [ok] */
  const say_hello = (ok = {}) => {
    fake.socket.open();
    const hello = fake.socket.command('hello');
    fake.socket.receive({ id: hello.id, ok: { ...HELLO_OK, now: fake.time.now_ms, ...ok } });
    return hello;
  };
  /** @param {any} frame @param {any} ok */
  const reply = (frame, ok = {}) => fake.socket.receive({ id: frame.id, ok });
  const lose = () => {
    fake.socket.server_closes(1006);
    fake.time.pass(300);
  };
  return {
    ...fake,
    get socket() {
      return fake.socket;
    },
    connection,
    pushes,
    statuses,
    ends,
    hellos,
    say_hello,
    reply,
    lose,
  };
}

/** @param {string} stream @param {number} offset */
export const opened = (stream, offset, epoch = 'e1') => ({
  push: 'stream.opened',
  stream,
  data: { epoch, offset, state: {}, messages: [] },
});
/** @param {string} stream @param {number} offset */
export const posted = (stream, offset) => ({
  push: 'message.posted',
  stream,
  offset,
  at: 1,
  by: 'p_1',
  data: { body: String(offset) },
});
