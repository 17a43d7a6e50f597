// S5: who may do what, as the documents say it, is what the program says: the table of the wire (TH-12) and the pages.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../browser/support/server.js';
import { roles_tables, written } from './sections.js';

const SPEC = readFileSync(join(ROOT, 'protocol/SPEC.md'), 'utf8');
const cells = (/** @type {string} */ line) => line.split('|').slice(1, -1).map((cell) => cell.trim());
/** A capability as one word says it: who has it, and whether it reaches one room. */
const told = (name, [facilitator, moderator, organiser], reaches) => [name, facilitator, moderator, organiser, reaches].join(' ');

function by_the_program() {
  return roles_tables().capabilities.split('\n').slice(2).filter(Boolean).map((line) => {
    const [name, member, ...rest] = cells(line);
    assert.equal(member, '', `a member has ${name}`);
    return told(name.replaceAll('`', ''), rest, rest[3] === 'yes');
  });
}

function by_the_wire() {
  const section = /- \*\*TH-12\*\*[^]*?\n\n([^]*?)\n\n/.exec(SPEC);
  assert.ok(section, 'SPEC.md has no table under TH-12');
  return section[1].split('\n').slice(2).flatMap((line) => {
    const [names, ...roles] = cells(line);
    return names.split(' ').map((name) => told(name.replace(/[`°]/g, ''), roles, name.endsWith('°')));
  });
}

test('TH-12 of the wire says of each capability what the program does', () => {
  const program = by_the_program();
  assert.ok(program.length > 20);
  assert.deepEqual(by_the_wire().sort(), program.sort());
});

test('what a command needs by the wire is what it needs by the program', () => {
  const needs = new Map(roles_tables().commands.split('\n').slice(2).filter(Boolean).map((line) => {
    const [command, capability] = cells(line);
    return [command.replaceAll('`', ''), capability];
  }));
  let compared = 0;
  for (const line of SPEC.split('\n').filter((each) => /^\| \*\*(PL|RO|MO|RL)-\d+\*\* \|/.test(each))) {
    const [, commands, , capability] = cells(line);
    for (const [, command] of commands.matchAll(/`([a-z]+\.[a-z_]+)`/g)) {
      const named = /^`([a-z]+\.[a-z_]+)`$/.exec(capability);
      if (!named || !needs.has(command)) continue;
      assert.equal(needs.get(command), capability, `${command} by the wire and by the program`);
      compared++;
    }
  }
  assert.ok(compared > 20, `only ${compared} commands were compared`);
});

for (const name of ['capabilities', 'commands']) {
  test(`docs/roles.md says of ${name} what is true (node tests/docs/sections.js writes it)`, () => {
    assert.equal(written('docs/roles.md', name), roles_tables()[name]);
  });
}
