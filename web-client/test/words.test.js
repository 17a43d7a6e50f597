// What a message may become: a small subset of Markdown, and never an element or a link that is not
// on the list, whatever is written.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { to_tree } from '../src/app/markdown.js';
import { from_wire, matching, mentioned_in, name_at, to_wire } from '../src/app/mentions.js';
import { is_emoji_only, is_plain, plain_tree } from '../src/app/plain_words.js';

const TAGS = new Set([
  'p',
  'br',
  'strong',
  'em',
  'del',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'a',
  'mention',
]);

/** @param {any[]} nodes @returns {any[]} */
const all_nodes = (nodes) =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...all_nodes(node.children)]));
/** @param {any} node @returns {string} */
const text_of = (node) => (typeof node === 'string' ? node : node.children.map(text_of).join(''));
const shown = (/** @type {string} */ body) => to_tree(body).map(text_of).join('');

const ATTACKS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '[x](\u0001javascript:alert(1))',
  '[x](//evil.example)',
  '[x](/api/v1/sessions)',
  '![x](https://evil.example/pixel.png)',
  '![x](x" onerror="alert(1))',
  '<https://ok.example/"onmouseover="alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '`<b>`</b>',
  '<iframe src=//evil.example>',
  '<style>*{display:none}</style>',
  '<!-- --><b>x</b>',
  '<math><mi//xlink:href="data:x,<script>">',
  '<@p_"><img src=x>',
  '<@p_1 onclick=x>',
  '[<@p_1>](javascript:x)',
  '&lt;script&gt;',
  '<x-y onfocus=alert(1) tabindex=0 autofocus>',
];

for (const attack of ATTACKS) {
  test(`nothing comes of ${attack}`, () => {
    for (const node of all_nodes(to_tree(attack))) {
      assert.ok(TAGS.has(node.tag), node.tag);
      assert.deepEqual(
        Object.keys(node).filter(
          (key) => !['tag', 'children', 'href', 'id', 'start'].includes(key),
        ),
        [],
      );
      if (node.tag === 'a') assert.match(node.href, /^(https?:\/\/|mailto:)/);
      if (node.tag === 'mention') assert.match(node.id, /^p_[A-Za-z0-9_-]+$/);
    }
  });
}

test('markup and titles are shown as they were typed', () => {
  for (const body of [
    '<b>bold</b>',
    '# not a title',
    'a | b\n--|--',
    '<script>x</script>',
    '&amp; &lt;',
    'Title\n===',
  ]) {
    assert.equal(shown(body).replace(/\s+/g, ''), body.replace(/\s+/g, ''));
  }
});

test('the subset: weight, lists, quotes, code, links, line breaks', () => {
  const tags = (/** @type {string} */ body) => all_nodes(to_tree(body)).map((node) => node.tag);
  assert.deepEqual(tags('**a** _b_ ~~c~~ `d`'), ['p', 'strong', 'em', 'del', 'code']);
  assert.deepEqual(tags('one\ntwo'), ['p', 'br']);
  assert.deepEqual(tags('> said'), ['blockquote', 'p']);
  assert.deepEqual(tags('```\nx\n```'), ['pre', 'code']);
  assert.deepEqual(to_tree('3. c')[0], {
    tag: 'ol',
    start: 3,
    children: [{ tag: 'li', children: ['c'] }],
  });
  assert.equal(shown('- [x] done\n- [ ] not'), '☑ done☐ not');
  const [link] = all_nodes(to_tree('see https://example.org/a?b=1&c=2')).slice(1);
  assert.deepEqual(
    [link.href, text_of(link)],
    ['https://example.org/a?b=1&c=2', 'https://example.org/a?b=1&c=2'],
  );
});

test('every character of an ordinary message is kept', () => {
  for (const body of [
    '2 < 3 && 5 > 4',
    'a * b * c',
    'snake_case_name',
    '100% \\ done',
    'été 🎉 عمر',
  ]) {
    assert.equal(shown(body), body);
  }
});

test('very deep nesting ends', () => {
  assert.ok(shown('>'.repeat(900) + 'x').includes('x'));
});

test('a mention is its person, wherever it stands', () => {
  const nodes = all_nodes(to_tree('**<@p_1>** and <@p_2>'));
  assert.deepEqual(
    nodes.filter((node) => node.tag === 'mention').map((node) => node.id),
    ['p_1', 'p_2'],
  );
});

test('a few emoji and nothing else are large', () => {
  assert.deepEqual(['🎉', '👩‍👩‍👧 ❤️', '🇩🇰'].map(is_emoji_only), [true, true, true]);
  assert.deepEqual(['ok 🎉', '', '12'].map(is_emoji_only), [false, false, false]);
});

test('names on the screen become mentions on the wire, and back', () => {
  const mentions = [
    { id: 'p_1', name: 'Anna' },
    { id: 'p_2', name: 'Anna Berg' },
  ];
  const body = to_wire('Hi @Anna Berg and @Anna, mail a@Annab', mentions);
  assert.equal(body, 'Hi <@p_2> and <@p_1>, mail a@Annab');
  const names = /** @type {Record<string, string>} */ ({ p_1: 'Anna', p_2: 'Anna Berg' });
  assert.deepEqual(
    from_wire('Hi <@p_2>', (id) => names[id]),
    { text: 'Hi @Anna Berg', mentions: [{ id: 'p_2', name: 'Anna Berg' }] },
  );
  assert.deepEqual(mentioned_in(body), ['p_2', 'p_1']);
});

test('a name being typed is found at the caret', () => {
  assert.deepEqual(name_at('Hello @an', 9), { start: 6, query: 'an' });
  assert.deepEqual(name_at('@Anna Be', 8), { start: 0, query: 'anna be' });
  assert.equal(name_at('mail me@an', 10), null);
  assert.deepEqual(
    matching([{ name: 'Anna Berg' }, { name: 'Bo' }], 'be', 6).map((each) => each.name),
    ['Anna Berg'],
  );
});

const PLAIN = [
  'Hello, all.',
  'two\nlines',
  'one\n\ntwo\nthree\n\n\nfour',
  '<@p_1> and <@p_2>, hello',
  'with <@p_1>\n<@p_2>',
  '🎉👏',
  'صباح الخير للجميع',
  '"quoted" (or not), 50% – 3.5 kg; it costs $4 @ noon: 12:30!',
  'x'.repeat(4000),
];
const NOT_PLAIN = [
  ...ATTACKS,
  '**strong**',
  '- a\n- b',
  '2. two',
  '> said',
  '    code',
  ' leading',
  'trailing ',
  'see www.example.org',
  'https://example.org',
  'me@example.org',
  'a\n===',
  '`x`',
  '~~no~~',
  'AT&amp;T',
  'a\\*b',
];

test('words without Markdown are laid out as the parser would', () => {
  for (const body of PLAIN) {
    assert.ok(is_plain(body), body.slice(0, 40));
    assert.deepEqual(plain_tree(body), to_tree(body), body.slice(0, 40));
  }
});

test('whatever could be Markdown goes to the parser', () => {
  for (const body of NOT_PLAIN) assert.ok(!is_plain(body), body);
});

test('no words that pass for plain would come out differently', () => {
  const signs = [...'ab1 .,:;!?()/+-=>\'"\n\n@%$^{}é🎉'];
  let seed = 7;
  const next = (/** @type {number} */ n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 20_000; i++) {
    const body = Array.from({ length: 1 + next(24) }, () => signs[next(signs.length)]).join('');
    if (is_plain(body)) assert.deepEqual(plain_tree(body), to_tree(body), JSON.stringify(body));
  }
});
