// A stand-in for the server that plays one scene over a real socket and real HTTP, so that every
// state of the page can be looked at and checked. It answers what the page asks and nothing more.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';

const CSP =
  "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
const TYPES = /** @type {Record<string, string>} */ ({
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
});

/** @typedef {Record<string, any>} Scene see scenes.js */

/** @param {string} dist @param {Scene} scene */
export async function start_fake(dist, scene) {
  /** @type {Set<import('ws').WebSocket>} */
  const sockets = new Set();
  let known = scene.known ?? [];

  const json = (
    /** @type {import('node:http').ServerResponse} */ response,
    /** @type {number} */ status,
    /** @type {any} */ body,
  ) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const api = (
    /** @type {string} */ method,
    /** @type {string} */ path,
    /** @type {any} */ response,
    /** @type {any} */ asked,
  ) => {
    const told = scene.http?.[`${method} ${path.slice('/api/v1'.length)}`];
    if (told !== undefined) return tell(response, typeof told === 'function' ? told(asked) : told);
    if (path.startsWith('/api/v1/invites/')) {
      return scene.invite
        ? json(response, 200, scene.invite)
        : json(response, 404, { code: 'not_found' });
    }
    if (path !== '/api/v1/sessions') return json(response, 404, { code: 'not_found' });
    if (method === 'GET') return json(response, 200, { sessions: known });
    const { me, event } = scene;
    known = [{ slot: 0, person: me.id, name: me.name, event: event.id, title: event.title }];
    return json(response, 201, { token: 't', person: me, event: event.id, slot: 0 });
  };
  /** What a scene answers: `refused(…)`, a text, nothing, or something as JSON. */
  const tell = (/** @type {any} */ response, /** @type {any} */ answer) => {
    if (answer?.problem) return json(response, answer.status, answer.problem);
    if (answer === null) return response.writeHead(204).end();
    if (typeof answer !== 'string') return json(response, 200, answer);
    response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' });
    return response.end(answer);
  };
  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://x');
    const method = request.method ?? 'GET';
    if (path.startsWith('/api/')) {
      // A page that is left in the meantime has nothing more to say.
      const sent = await text(request).catch(() => '');
      const asked = { method, path, query, body: sent ? JSON.parse(sent) : undefined };
      scene.asked?.push(asked);
      return api(method, path, response, asked);
    }
    const file = path.startsWith('/assets/') ? path.slice(1) : 'index.html';
    try {
      const body = await readFile(join(dist, file));
      response.writeHead(200, {
        'content-type': TYPES[file.slice(file.lastIndexOf('.') + 1)],
        'content-security-policy': CSP,
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
    return undefined;
  });

  const sockets_at = new WebSocketServer({
    server,
    path: '/ws',
    handleProtocols: () => 'hallway.v1',
  });
  sockets_at.on('connection', (socket) => {
    if (scene.close) {
      socket.on('message', () => socket.close(scene.close.code, scene.close.reason ?? ''));
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data) => {
      for (const line of String(data).split('\n'))
        answer(scene, JSON.parse(line), (frame) => {
          socket.send(JSON.stringify(frame));
        });
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    scene,
    url: `http://127.0.0.1:${port}`,
    push: (/** @type {any[]} */ ...frames) => {
      const sent = frames.map((frame) => JSON.stringify(frame)).join('\n');
      sockets.forEach((socket) => socket.send(sent));
    },
    end: (/** @type {number} */ code) => sockets.forEach((socket) => socket.close(code)),
    drop: () => sockets.forEach((socket) => socket.terminate()),
    stop_listening: () => new Promise((done) => server.close(() => done(null))),
    close: () => {
      sockets.forEach((socket) => socket.terminate());
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {Scene} scene @param {any} frame @param {(frame: any) => void} send */
function answer(scene, frame, send) {
  if (frame.pong !== undefined || frame.id === undefined) return;
  scene.heard?.push(frame);
  const now = () => Date.now() + (scene.clock_ahead_ms ?? 0);
  const ok = (/** @type {any} */ data) => send({ id: frame.id, ok: data });
  const refuse = (/** @type {string} */ code) =>
    send({ id: frame.id, err: { code, message: code } });
  const { d } = frame;
  if (scene.silent?.includes(frame.cmd)) return;
  if (scene.refuse?.[frame.cmd]) {
    refuse(scene.refuse[frame.cmd]);
    return;
  }
  if (scene.too_fast?.[frame.cmd] > 0) {
    scene.too_fast[frame.cmd]--;
    send({
      id: frame.id,
      err: { code: 'rate_limited', message: 'too fast', retry: true, retry_after_ms: 5 },
    });
    return;
  }
  if (scene.refuse_some?.[frame.cmd]?.includes(d.person)) {
    refuse('forbidden');
    return;
  }
  const reply = scene.replies?.[frame.cmd];
  if (reply) {
    ok(typeof reply === 'function' ? reply(d) : reply);
    return;
  }
  switch (frame.cmd) {
    case 'hello':
      ok({ ...scene.hello, now: now() });
      for (const push of scene.pushes) send(push);
      return;
    case 'clock':
      ok({ sent_at: d.sent_at, now: now() });
      return;
    case 'message.history':
      ok({ messages: scene.history?.[d.stream] ?? [], more: false });
      return;
    case 'message.search':
      ok({ matches: scene.matches ?? [], more: false });
      return;
    case 'person.get':
      ok({
        people: scene.people.filter((/** @type {any} */ p) => d.people.includes(p.id)),
        more: false,
      });
      return;
    case 'person.list':
      ok({ people: scene.people, more: false });
      return;
    case 'message.send': {
      const offset = ++scene.top;
      ok({ offset, at: Date.now() });
      send({
        push: 'message.posted',
        stream: d.stream,
        offset,
        at: Date.now(),
        by: scene.me.id,
        data: { body: d.body, reply_to: d.reply_to },
      });
      return;
    }
    default:
      ok({});
  }
}
