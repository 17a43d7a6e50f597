// A signed link may name the page it leads to: one of ours, whatever it looks like.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { own_page } from '../src/app/account_actions.js';
import { moved } from '../src/app/groups_actions.js';

test('pages of ours are gone to', () => {
  for (const to of ['/', '/me', '/g/g_1', '/g/g_1#in', '/e/ev_0A-z', '/j/tok.en~1'])
    assert.equal(own_page(to), to);
});

test('what only looks like a page of ours is not', () => {
  for (const to of [
    null,
    '',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/g//evil.example',
    '/e/ev_1/../../auth/x',
    '/e/ev_1?x=1',
    '/e/ev_1#organise',
    '/e/ev_1#in',
    '/g/g_1#in#in',
    '/g/g_1#edit',
    '/g/#in',
    '/me#in',
    '/auth/association?to=//evil.example',
    '/api/v1/me',
    'javascript:alert(1)',
    '/me\n',
    ' /me',
    '/g/..',
    '/g/.',
  ])
    assert.equal(own_page(to), null, String(to));
});

test('someone moves a step in the rota, and not beyond its ends', () => {
  const rota = ['a', 'b', 'c'];
  assert.deepEqual(moved(rota, 0, 1), ['b', 'a', 'c']);
  assert.deepEqual(moved(rota, 2, -1), ['a', 'c', 'b']);
  assert.equal(moved(rota, 0, -1), rota);
  assert.equal(moved(rota, 2, 1), rota);
});
