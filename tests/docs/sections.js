// The parts of the papers that repeat what stands elsewhere: settings and metrics of the program, files of docs/examples.
// Each stands between `<!-- NAME -->` and `<!-- /NAME -->`. The tests hold them against their source;
// `node tests/docs/sections.js` writes them anew.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BINARY, ROOT, Server } from '../browser/support/server.js';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');
const fenced = (/** @type {string} */ language, /** @type {string} */ path) => `\`\`\`${language}\n${read(path)}\`\`\`\n`;

/** What `hallway help config` says of each setting. */
export function settings() {
  const text = execFileSync(BINARY, ['help', 'config'], { encoding: 'utf8' });
  return text.trim().split('\n\n').slice(1).map((block) => {
    const parts = /^(\S+) {2}\((\S+)\)\n {2}(.*?) Expects (.*?)(?:; default (.*))?\.$/s.exec(block);
    if (!parts) throw new Error(`hallway help config reads otherwise than expected: ${block}`);
    const [, name, variable, help, expects, fallback = ''] = parts;
    return { name, variable, help, expects, fallback };
  });
}

function settings_table() {
  const rows = settings().map(({ name, variable, help, expects, fallback }) =>
    `| \`${name}\` | \`${variable}\` | ${fallback && `\`${fallback}\``} | ${help} Expects ${expects}. |\n`);
  return `| key and flag | variable | default | |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

async function metrics_table() {
  const server = await Server.started();
  try {
    const text = await (await fetch(`${server.origin}/metrics`)).text();
    const kinds = Object.fromEntries([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name, kind]));
    const rows = [...text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name, help]) => `| \`${name}\` | ${kinds[name]} | ${help} |\n`);
    return `| metric | kind | |\n| --- | --- | --- |\n${rows.join('')}`;
  } finally {
    await server.stop();
  }
}

/** Who may do what, as `hallway help roles` prints it: two tables with an empty line between them. */
export function roles_tables() {
  const [capabilities, commands] = execFileSync(BINARY, ['help', 'roles'], { encoding: 'utf8' }).split('\n\n');
  return { capabilities: `${capabilities}\n`, commands };
}

/** By paper and name, what the section has to say. @type {Record<string, Record<string, () => string | Promise<string>>>} */
export const SECTIONS = {
  'docs/operating.md': {
    settings: settings_table,
    metrics: metrics_table,
    unit: () => fenced('ini', 'docs/examples/hallway.service'),
  },
  'docs/sign-in.md': {
    association: () => fenced('js', 'docs/examples/association.mjs'),
  },
  'docs/roles.md': {
    capabilities: () => roles_tables().capabilities,
    commands: () => roles_tables().commands,
  },
  'docs/protocol.md': {
    python: () => fenced('python', 'docs/examples/client.py'),
    javascript: () => fenced('js', 'docs/examples/client.js'),
  },
};

const around = (/** @type {string} */ name) => new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);

/** A section as it stands in its paper. @param {string} paper @param {string} name */
export function written(paper, name) {
  const found = around(name).exec(read(paper));
  if (!found) throw new Error(`${paper} has no section ${name}`);
  return found[0].split('\n').slice(1, -1).map((line) => `${line}\n`).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [paper, sections] of Object.entries(SECTIONS)) {
    let text = read(paper);
    for (const [name, make] of Object.entries(sections)) {
      const made = await make();
      text = text.replace(around(name), (_all, begin, end) => begin + made + end);
    }
    writeFileSync(join(ROOT, paper), text);
  }
}
