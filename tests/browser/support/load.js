// Simulated people beside those in browsers: `hallway-load` for as long as a test lasts.

import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { BINARY } from './server.js';

const LOAD = process.env.LOAD_BINARY ?? BINARY.replace(/hallway(\w*)$/, 'hallway-load$1');

/**
 * Runs until it ends by itself, or the test does: what a broken test left behind would keep its file from ending.
 * @param {import('node:test').TestContext} t @param {...string} words
 */
export function load(t, ...words) {
  const child = spawn(LOAD, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  t.after(() => child.kill());
  return child;
}

/** What it found in a history, its last line. @param {string} history a file */
export async function checked(history) {
  const { stdout } = await promisify(execFile)(LOAD, ['check', history]);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}
