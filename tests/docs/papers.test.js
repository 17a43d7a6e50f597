// What the papers say: their generated sections, the commands as they stand there, the files they link to.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { BINARY, ROOT, Server } from '../browser/support/server.js';
import { SECTIONS, settings, written } from './sections.js';

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const operating = read('docs/operating.md');
const PAPERS = ['README.md', 'DESIGN.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs/operating.md', 'docs/performance.md', 'docs/protocol.md', 'docs/reliability.md', 'docs/roles.md', 'docs/security.md', 'docs/sign-in.md'];

let server;
before(async () => {
  server = await Server.started();
});
after(() => server?.stop());

const hallway = (...words) => execFileSync(BINARY, words, { encoding: 'utf8' });

test('the example file of settings is accepted, and a mistyped key is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-docs-'));
  const file = join(folder, 'hallway.toml');
  const example = /```toml\n([^`]*)```/.exec(operating)[1].replace('/var/lib/hallway', join(folder, 'data'));
  try {
    writeFileSync(file, example);
    hallway('admin', 'event', 'list', '--config', file);
    writeFileSync(file, example.replace('joins_per_s', 'joins_per_sec'));
    assert.throws(() => execFileSync(BINARY, ['admin', 'event', 'list', '--config', file], { stdio: 'pipe' }),
      (error) => error.status === 2 && /limits\.joins_per_sec/.test(error.stderr));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

for (const [paper, sections] of Object.entries(SECTIONS)) {
  for (const [name, make] of Object.entries(sections)) {
    test(`${paper} says of ${name} what is true (node tests/docs/sections.js writes it)`, async () => {
      assert.equal(written(paper, name), await make());
    });
  }
}

test('health and readiness answer as written', async () => {
  for (const path of ['/healthz', '/readyz']) assert.equal((await fetch(server.origin + path)).status, 200);
  execFileSync(join(ROOT, 'scripts/healthcheck'), [new URL(server.origin).port]);
});

test('the commands about events, links, backup and restore run as they stand there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-docs-'));
  const blocks = [...operating.matchAll(/```sh\n([^`]*)```/g)].map(([, block]) => block);
  const lines = blocks.join('\n').replaceAll('\\\n', ' ').split('\n').filter((line) => line.startsWith('hallway admin'));
  assert.ok(lines.length >= 7, 'the page shows the commands');
  const known = { DATA: join(folder, 'data'), BACKUP: join(folder, 'copy.db'), EVENT: '', ID: '' };
  try {
    for (const line of lines) {
      const command = line.replace(/\b(DATA|BACKUP|EVENT|ID)\b/g, (word) => known[word])
        .replace(/^hallway/, `'${BINARY}'`);
      const printed = execFileSync('bash', ['-c', command], { encoding: 'utf8' });
      known.EVENT ||= /event (ev_\S+)/.exec(printed)?.[1] ?? '';
      if (line.includes('invite list')) known.ID = printed.split(' ')[0];
    }
    assert.ok(existsSync(known.BACKUP));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the first event of README.md is made as it stands there, with a link for each role', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hallway-docs-'));
  const [, line] = /^ *(hallway admin event create [^]*?)\n *```/m.exec(read('README.md'));
  try {
    const command = `${line.replaceAll(/\\\n\s*/g, ' ').replace('hallway', `'${BINARY}'`)} --data '${folder}/data'`;
    const printed = execFileSync('bash', ['-c', command], { encoding: 'utf8' });
    for (const role of ['member', 'facilitator', 'moderator', 'organiser']) {
      assert.match(printed, new RegExp(`^${role} http://127\\.0\\.0\\.1:8080/j/`, 'm'));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('every option of `hallway serve` in the papers exists', () => {
  const known = new Set([...settings().map(({ name }) => `--${name}`), '--config']);
  for (const paper of PAPERS) {
    for (const [line] of read(paper).matchAll(/hallway serve [^\n`]*/g)) {
      for (const [flag] of line.matchAll(/--[a-z_.]+/g)) assert.ok(known.has(flag), `${paper}: ${flag}`);
    }
  }
});

test('every file that the papers link to is there', () => {
  for (const paper of PAPERS) {
    for (const [, target] of read(paper).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(join(ROOT, dirname(paper), target)), `${paper} links to ${target}`);
    }
    for (const [, script] of read(paper).matchAll(/`(scripts\/[a-z-]+)/g)) {
      assert.ok(existsSync(join(ROOT, script)), `${paper} names ${script}`);
    }
  }
});
