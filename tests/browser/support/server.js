// A real server of one's own: on a free port, with a demonstration event and a folder that goes with it.

import { spawn } from 'node:child_process';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const BINARY = process.env.SERVER_BINARY ?? join(ROOT, 'build/release/hallway');
const ROLES = ['member', 'facilitator', 'moderator', 'organiser'];
const READY_MS_MAX = 30_000;

/** The server refuses HALLWAY_ variables that are no settings, and a developer may have some set. */
const environment = () => Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('HALLWAY_')),
);

export class Server {
  /** Links by role; of the latest start, those of earlier ones go on working. @type {Record<string, string>} */
  links = {};
  /** What it logged, for a test that failed. */
  log = '';
  #child = null;
  #flags;
  #data = '';
  #port = 0;

  /** @param {string[]} flags beside those of every test */
  constructor(flags = []) {
    this.#flags = flags;
  }

  /** @param {string[]} [flags] */
  static async started(flags) {
    const server = new Server(flags);
    await server.start();
    return server;
  }

  get origin() {
    return `http://127.0.0.1:${this.#port}`;
  }

  get data() {
    return this.#data;
  }

  /** Again after a kill: on the same port, with the same data. */
  async start() {
    this.#data ||= await mkdtemp(join(tmpdir(), 'hallway-test-'));
    const child = spawn(BINARY, [
      'serve', '--demo', '--listen', `127.0.0.1:${this.#port}`, '--data', this.#data, ...this.#flags,
    ], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    child.stderr.on('data', (text) => (this.log += text));
    const lines = await new Promise((resolve, reject) => {
      let out = '';
      const timer = setTimeout(() => reject(new Error(`not ready:\n${out}\n${this.log}`)), READY_MS_MAX);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${this.log}`)));
      child.stdout.on('data', (text) => {
        out += text;
        if (!/^organiser .*\n/m.test(out)) return;
        clearTimeout(timer);
        resolve(out.trim().split('\n'));
      });
    });
    child.removeAllListeners('exit');
    const words = Object.fromEntries(lines.map((line) => line.split(' ')));
    for (const role of ROLES) this.links[role] = words[role];
    this.#port = Number(new URL(words.ready).port);
  }

  /** What a power cut does. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Ends it and takes its folder away. */
  async stop() {
    await this.#end('SIGTERM');
    await rm(this.#data, { recursive: true, force: true });
  }

  async #end(signal) {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** `hallway admin …` beside the running server; gives what it printed. @param {...string} words */
  async admin(...words) {
    const { stdout } = await promisify(execFile)(
      BINARY, ['admin', ...words, '--data', this.#data], { env: environment() },
    );
    return stdout;
  }
}
