// The golden frames fit the documents; and the check is itself checked: what does not fit is found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  broken_references,
  Http,
  load_documents,
  load_examples,
  standing_faults,
  Wire,
} from './schemas.js';

const documents = load_documents();
const { asyncapi, openapi } = documents;
const wire = new Wire(asyncapi);
const http = new Http(openapi);
const example = (file) => structuredClone(load_examples().find((each) => each.file === file));

test('every golden frame fits, and every message has one', () => {
  assert.deepEqual(standing_faults(documents, wire, http, load_examples()), []);
});

test('an example that is missing or wrong is found', () => {
  const without = load_examples().filter(({ name }) => name !== 'ping');
  assert.deepEqual(standing_faults(documents, wire, http, without), [
    'ping is described and has no example',
  ]);
  const wrong = [...load_examples(), { file: 'wrong.json', name: 'ping', frame: { ping: 'now' } }];
  assert.equal(standing_faults(documents, wire, http, wrong).length, 1);
});

test('a field that nobody described is found', () => {
  const { name, frame } = example('pushes/seat.taken.json');
  assert.equal(wire.fault(name, frame), null);
  frame.data.secret = true;
  assert.match(wire.fault(name, frame), /additional/);
});

test('a missing field and a wrong type are found', () => {
  const { name, frame } = example('pushes/message.posted.json');
  assert.match(wire.fault(name, { ...frame, offset: undefined }), /offset/);
  assert.match(wire.fault(name, { ...frame, offset: '7' }), /integer/);
});

test('unknown names are found', () => {
  assert.match(wire.fault('push.message.painted', {}), /no message/);
  assert.match(wire.reply_fault('message.paint', {}), /no command/);
});

test('every push, ping and stream frame that clients may get is described', () => {
  for (const name of ['push.stream.opened', 'push.stream.closed', 'ping', 'pong', 'refusal']) {
    assert.ok(wire.names().includes(name), name);
  }
});

test('recorded answers are held against their command', () => {
  const send = (frame, connection) => ({ direction: 'send', frame, connection });
  const receive = (frame, connection) => ({ direction: 'receive', frame, connection });
  const clock = { id: 1, cmd: 'clock', d: { sent_at: 5 } };
  const answer = { id: 1, ok: { sent_at: 5, now: 6 } };
  assert.deepEqual(wire.recorded_faults([send(clock), receive(answer)]), [null, null]);
  assert.deepEqual(
    wire.recorded_faults([send(clock, 'a'), receive(answer, 'a')]), [null, null]);
  assert.match(wire.recorded_faults([send(clock, 'a'), receive(answer, 'b')])[1], /nothing/);
  assert.match(wire.recorded_faults([send(clock), receive({ id: 1, ok: {} })])[1], /clock/);
  assert.match(wire.recorded_faults([receive(answer)])[0], /nothing/);
  assert.match(wire.recorded_faults([send({ id: 1, cmd: 'nope' })])[0], /no message/);
});

test('a command that was refused as ill-formed need not fit', () => {
  const err = { code: 'bad_request', message: 'No.', retry: false, field: 'sent_at' };
  const wrong = { direction: 'send', frame: { id: 1, cmd: 'clock', d: {} } };
  assert.notEqual(wire.recorded_faults([wrong])[0], null);
  const refusal = { direction: 'receive', frame: { id: 1, err } };
  assert.deepEqual(wire.recorded_faults([wrong, refusal]), [null, null]);
  const nameless = { direction: 'send', frame: { cmd: 'clock' } };
  const unnamed = { direction: 'receive', frame: { id: null, err } };
  assert.deepEqual(wire.recorded_faults([nameless, unnamed]), [null, null]);
  const forbidden = { direction: 'receive', frame: { id: 1, err: { ...err, code: 'forbidden' } } };
  assert.notEqual(wire.recorded_faults([wrong, forbidden])[0], null);
});

test('HTTP: answers, refusals, and what is not described', () => {
  const about = { type: 'about:blank', title: 'Not Found' };
  const problem = { ...about, status: 404, detail: 'Gone.', code: 'not_found' };
  const fault = (method, path, status, body) => http.fault({ method, path, status, body });
  assert.equal(fault('GET', '/api/v1/sessions?as=0', 200, { sessions: [] }), null);
  assert.notEqual(fault('GET', '/api/v1/sessions', 200, { sessions: [{}] }), null);
  assert.equal(fault('GET', '/api/v1/invites/abc', 404, JSON.stringify(problem)), null);
  assert.notEqual(fault('GET', '/api/v1/invites/abc', 404, { ...problem, code: 'gone' }), null);
  assert.equal(fault('DELETE', '/api/v1/sessions/current', 204), null);
  assert.notEqual(fault('DELETE', '/api/v1/sessions/current', 204, 'text'), null);
  assert.notEqual(fault('GET', '/api/v1/sessions', 202, {}), null);
  assert.notEqual(fault('GET', '/api/v2/sessions', 200, {}), null);
  assert.equal(fault('GET', '/api/v2/sessions', 404, problem), null);
  assert.equal(fault('PUT', '/api/v1/sessions', 405, { ...problem, status: 405 }), null);
});

test('references that lead nowhere are found', () => {
  assert.deepEqual(broken_references({ a: { $ref: '#/b' }, b: 1 }), []);
  assert.deepEqual(broken_references({ a: { $ref: '#/c/d' } }), ['#/c/d']);
});
