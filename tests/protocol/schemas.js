// The wire's two documents as validators: AsyncAPI for frames of the socket, OpenAPI for HTTP. The
// documents leave objects open, since additions are free for clients; here they are closed, so that
// a field that nobody described is found.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const PROTOCOL = fileURLToPath(new URL('../../protocol', import.meta.url));
/** Refusals that say the command itself was ill-formed: it then fits no schema, rightly. */
const ILL_FORMED = new Set(['bad_request', 'too_large', 'unknown_cmd']);

export function load_documents() {
  const read = (name) => parse(readFileSync(join(PROTOCOL, name), 'utf8'));
  return { asyncapi: read('asyncapi.yaml'), openapi: read('openapi.yaml') };
}

/** Every example, with the name of the message that it must be. */
export function load_examples() {
  const name_of = {
    commands: (frame) => ('pong' in frame ? 'pong' : `command.${frame.cmd}`),
    replies: (frame, file) => `reply.${file.split('.')[0]}`,
    refusals: () => 'refusal',
    pushes: (frame) => ('ping' in frame ? 'ping' : `push.${frame.push}`),
  };
  return Object.entries(name_of).flatMap(([folder, name]) =>
    readdirSync(join(PROTOCOL, 'examples', folder)).map((file) => {
      const { frame } = JSON.parse(readFileSync(join(PROTOCOL, 'examples', folder, file), 'utf8'));
      return { file: `${folder}/${file}`, name: name(frame, file), frame };
    }),
  );
}

/** @returns {string[]} what does not fit among the documents and the golden frames */
export function standing_faults({ asyncapi, openapi }, wire, http, examples) {
  const faults = [];
  for (const [name, document] of Object.entries({ asyncapi, openapi })) {
    for (const reference of broken_references(document)) {
      faults.push(`${name}: ${reference} leads nowhere`);
    }
  }
  http.compile_all();
  for (const { file, name, frame } of examples) {
    const fault = wire.fault(name, frame);
    if (fault) faults.push(`${file}: ${fault}`);
  }
  const shown = new Set(examples.map(({ name }) => name));
  for (const name of wire.names()) {
    if (!shown.has(name)) faults.push(`${name} is described and has no example`);
  }
  return faults;
}

/** Closes every described object that does not say what else it may hold. */
function closed(node) {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  if (copy.type === 'object' && copy.properties && !('additionalProperties' in copy)) {
    copy.additionalProperties = false;
  }
  return copy;
}

/** @returns {string[]} references that lead nowhere */
export function broken_references(document) {
  const found = [];
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (typeof node.$ref === 'string') {
      const keys = node.$ref.replace(/^#\//, '').split('/');
      const unescape = (key) => key.replaceAll('~1', '/').replaceAll('~0', '~');
      if (keys.reduce((at, key) => at?.[unescape(key)], document) === undefined) {
        found.push(node.$ref);
      }
    }
    Object.values(node).forEach(visit);
  };
  visit(document);
  return found;
}

const sentence = (errors) =>
  errors.map((each) => `${each.instancePath || '/'} ${each.message}`).join('; ');

export class Wire {
  #ajv = new Ajv({ strict: false, allErrors: false });
  #validators = new Map();
  #replies = new Map();

  constructor(asyncapi) {
    this.#ajv.addSchema(closed(asyncapi), 'wire');
    for (const [key, message] of Object.entries(asyncapi.components.messages)) {
      const $ref = `wire#/components/messages/${key}/payload`;
      this.#validators.set(message.name, this.#ajv.compile({ $ref }));
    }
    const name_of = (reference) =>
      asyncapi.components.messages[reference.$ref.split('/').at(-1)].name;
    for (const operation of Object.values(asyncapi.operations)) {
      if (!operation.reply) continue;
      this.#replies.set(name_of(operation.messages[0]), operation.reply.messages.map(name_of));
    }
  }

  names() {
    return [...this.#validators.keys()];
  }

  /** @returns {string | null} what is wrong with `frame` as a message of that name */
  fault(name, frame) {
    const validate = this.#validators.get(name);
    if (!validate) return `no message is called ${name}`;
    return validate(frame) ? null : `${name}: ${sentence(validate.errors)}`;
  }

  /** @returns {string | null} what is wrong with `frame` as an answer to that command */
  reply_fault(cmd, frame) {
    const allowed = this.#replies.get(`command.${cmd}`);
    if (!allowed) return `no command is called ${cmd}`;
    const replies = allowed.filter((name) => name !== 'refusal');
    const faults = replies.map((name) => this.fault(name, frame));
    return faults.includes(null) ? null : `reply to ${cmd}: ${faults.join(' | ')}`;
  }

  /**
   * Frames in the order in which they went over their connections.
   * @param {{direction: string, frame: any, connection?: any}[]} lines
   * @returns {(string | null)[]} a line's fault, or null
   */
  recorded_faults(lines) {
    const ill_formed = this.#ill_formed_sends(lines);
    const cmds = new Map();
    return lines.map((line, index) => {
      const { direction, frame, connection = '' } = line;
      const key = `${connection} ${frame?.id}`;
      if (direction === 'send') {
        if (ill_formed.has(index)) return null;
        cmds.set(key, frame?.cmd);
        return this.fault('pong' in frame ? 'pong' : `command.${frame.cmd}`, frame);
      }
      if (direction !== 'receive') return `unknown direction ${direction}`;
      if (frame === null || typeof frame !== 'object') return 'not an object';
      if ('push' in frame) return this.fault(`push.${frame.push}`, frame);
      if ('ping' in frame) return this.fault('ping', frame);
      if ('err' in frame) return this.fault('refusal', frame);
      if (!cmds.has(key)) return `an answer to nothing: id ${frame.id}`;
      return this.reply_fault(cmds.get(key), frame);
    });
  }

  /** Indices of commands that the server refused as ill-formed, and of what is no object at all. */
  #ill_formed_sends(lines) {
    const ill_formed = new Set();
    const open = new Map();
    lines.forEach(({ direction, frame, connection = '' }, index) => {
      const key = `${connection} ${frame?.id}`;
      if (direction === 'send') {
        if (frame === null || typeof frame !== 'object' || Array.isArray(frame)) {
          ill_formed.add(index);
        } else {
          open.set(key, index);
        }
      } else if (ILL_FORMED.has(frame?.err?.code)) {
        // A refusal without an id answers the last command whose id could not be read.
        const refused =
          frame.id === null ? last_without_id(lines, index, connection) : open.get(key);
        if (refused !== undefined) ill_formed.add(refused);
      }
    });
    return ill_formed;
  }
}

function last_without_id(lines, before, connection) {
  for (let index = before - 1; index >= 0; --index) {
    const line = lines[index];
    if (line.direction !== 'send' || (line.connection ?? '') !== connection) continue;
    const id = line.frame?.id;
    if (!Number.isInteger(id) || id < 1) return index;
  }
  return undefined;
}

export class Http {
  #ajv = new Ajv2020({ strict: false });
  #paths;
  #compiled = new Map();
  #document;

  constructor(openapi) {
    this.#document = openapi;
    this.#ajv.addSchema(closed(openapi), 'http');
    this.#paths = Object.keys(openapi.paths)
      .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }))
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  }

  /** Compiles every schema, so that a broken one is found though nothing uses it. */
  compile_all() {
    for (const name of Object.keys(this.#document.components.schemas)) {
      this.#validator(`/components/schemas/${name}`);
    }
  }

  /**
   * @param {{method: string, path: string, status: number, body?: any, request?: any}} line
   * @returns {string | null}
   */
  fault({ method, path, status, body, request }) {
    const bare = path.split('?')[0];
    const route = this.#paths.find(({ pattern }) => pattern.test(bare));
    const verb = method.toLowerCase() === 'head' ? 'get' : method.toLowerCase();
    const operation = route && this.#document.paths[route.path][verb];
    const where = `${method} ${bare} ${status}`;
    if (!operation) {
      const is_refused = status === (route ? 405 : 404);
      return is_refused ? this.#body_fault(where, '/components/schemas/Problem', body)
                        : `${where}: no such operation`;
    }
    const at = `/paths/${route.path.replaceAll('~', '~0').replaceAll('/', '~1')}/${verb}`;
    if (request !== undefined && operation.requestBody && status < 400) {
      const fault = this.#body_fault(
        `${where} (request)`, `${at}/requestBody/content/application~1json/schema`, request);
      if (fault) return fault;
    }
    const answer = operation.responses[status];
    if (!answer && status < 400) return `${where}: no such answer`;
    if (!answer && !operation.responses.default) return `${where}: no such refusal`;
    if (!answer) return this.#body_fault(where, '/components/schemas/Problem', body);
    if (!answer.content) {
      return body === undefined || body === null || body === '' ? null : `${where}: has a body`;
    }
    if (!answer.content['application/json']) return null;
    return this.#body_fault(
      where, `${at}/responses/${status}/content/application~1json/schema`, body);
  }

  #body_fault(where, pointer, body) {
    const value = typeof body === 'string' ? parsed(body) : body;
    const validate = this.#validator(pointer);
    return validate(value) ? null : `${where}: ${sentence(validate.errors)}`;
  }

  #validator(pointer) {
    if (!this.#compiled.has(pointer)) {
      this.#compiled.set(pointer, this.#ajv.compile({ $ref: `http#${encodeURI(pointer)}` }));
    }
    return this.#compiled.get(pointer);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
