// A provider that says what a test wants it to: true discovery and keys, and any token.

import { createSign, createHmac, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

export const encoded = (/** @type {unknown} */ value) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export class FakeProvider {
  keys = [this.#new_key('one')];
  /** How often each path was asked. @type {Record<string, number>} */
  asked = {};
  /** What is answered instead, by path. @type {Record<string, (answer: import('node:http').ServerResponse) => void>} */
  instead = {};
  /** Makes the token of a visit. @type {(nonce: string) => string} */
  token = (nonce) => this.signed({ ...this.claims(nonce) });
  /** @type {URLSearchParams} */
  last_form = new URLSearchParams();
  last_authorization = '';
  #nonces = new Map();
  #challenges = new Map();
  #server = createServer((request, answer) => this.#answer(request, answer));

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    this.issuer = `http://127.0.0.1:${port}`;
    return this;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #new_key(/** @type {string} */ kid) {
    return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
  }

  /** The former keys are told no more. */
  rotate() {
    this.keys = [this.#new_key(`key ${Math.random()}`)];
  }

  claims(/** @type {string} */ nonce) {
    const now = Math.floor(Date.now() / 1000);
    return { iss: this.issuer, aud: 'hallway', sub: 'ada', name: 'Ada', nonce, iat: now, exp: now + 3600 };
  }

  /** @param {object} claims @param {object} [header] */
  signed(claims, header = {}, key = this.keys[0]) {
    const text = `${encoded({ alg: 'RS256', kid: key.kid, ...header })}.${encoded(claims)}`;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key.privateKey).toString('base64url')}`;
  }

  /** @param {object} claims @param {string} secret */
  shared(claims, secret) {
    const text = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  }

  /** What the provider's own page would do with the address to which a browser was sent. @param {URL} url */
  approve(url) {
    const code = `code-${this.#nonces.size}`;
    this.#nonces.set(code, url.searchParams.get('nonce'));
    this.#challenges.set(code, url.searchParams.get('code_challenge'));
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('code', code);
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    return back;
  }

  challenge_of(/** @type {string} */ code) {
    return this.#challenges.get(code);
  }

  async #answer(/** @type {import('node:http').IncomingMessage} */ request, /** @type {import('node:http').ServerResponse} */ answer) {
    const { pathname } = new URL(request.url ?? '/', this.issuer);
    this.asked[pathname] = (this.asked[pathname] ?? 0) + 1;
    let body = '';
    for await (const part of request) body += part;
    if (this.instead[pathname]) return this.instead[pathname](answer);
    answer.setHeader('Content-Type', 'application/json');
    if (pathname === '/.well-known/openid-configuration') {
      return answer.end(JSON.stringify({
        issuer: this.issuer, authorization_endpoint: `${this.issuer}/authorize`,
        token_endpoint: `${this.issuer}/token`, jwks_uri: `${this.issuer}/keys`,
      }));
    }
    if (pathname === '/keys') {
      return answer.end(JSON.stringify({
        keys: this.keys.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' })),
      }));
    }
    if (pathname === '/token') {
      this.last_form = new URLSearchParams(body);
      this.last_authorization = request.headers.authorization ?? '';
      const nonce = this.#nonces.get(this.last_form.get('code'));
      return answer.end(JSON.stringify({ token_type: 'Bearer', access_token: 'x', id_token: this.token(nonce) }));
    }
    answer.writeHead(404).end('{}');
  }
}
