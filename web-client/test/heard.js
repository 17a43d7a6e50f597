// What a page said to the stand-in server, for the acts that look at it.

import assert from 'node:assert/strict';

/** What was sent of a command, in order. @param {any[]} heard @param {string} cmd */
export const sent = (heard, cmd) => heard.filter((each) => each.cmd === cmd).map(({ d }) => d);

/** @param {any[]} heard @param {string} cmd @param {number} n */
export async function until_sent(heard, cmd, n) {
  for (let tries = 0; sent(heard, cmd).length < n; tries++) {
    assert.ok(tries < 500, `${cmd}: ${sent(heard, cmd).length} of ${n}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return sent(heard, cmd);
}
