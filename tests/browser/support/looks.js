// How a page state holds up: no violation of axe, nothing wider than the window, in light and dark, on a phone and on
// a desk; and a picture of each for people to look at, in build/screenshots.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { ROOT } from './server.js';

const PICTURES = join(ROOT, 'build/screenshots');
const SIZES = [{ width: 360, height: 740 }, { width: 1280, height: 800 }];
const SCHEMES = /** @type {const} */ (['light', 'dark']);

/** @param {import('playwright-core').Page} page */
async function violations_of(page) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** What sticks out to the right of the window, by its tag and class. @param {import('playwright-core').Page} page */
const sticking_out = (page) => page.evaluate(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1)
    .slice(0, 5).map((each) => `${each.tagName}.${each.getAttribute('class') ?? ''}`);
});

/**
 * Looks at the page in every dress. `arrange` brings what is meant to be seen to the front again, since a phone shows
 * one thing at a time.
 * @param {import('./people.js').Person} person @param {string} name of the state, and of its pictures
 * @param {(width: number) => Promise<void>} [arrange]
 */
export async function holds_up(person, name, arrange = async () => {}) {
  await mkdir(PICTURES, { recursive: true });
  const { page } = person;
  const before = page.viewportSize();
  const wrong = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await arrange(size.width);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      // Colours may take a moment to change; what turns for ever is not waited for.
      await page.evaluate(() => Promise.allSettled(document.getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity).map((each) => each.finished)));
      const dress = `${name}-${size.width}-${colorScheme}`;
      await page.screenshot({ path: join(PICTURES, `${dress}.png`) });
      for (const violation of await violations_of(page)) wrong.push(`${dress}: ${violation}`);
      const wide = await sticking_out(page);
      if (wide.length) wrong.push(`${dress}: wider than the window: ${wide.join(', ')}`);
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(wrong, []);
}

/** On a phone one view is in front: shows it by its button below. @param {import('./people.js').Person} person @param {string} name */
export const in_front = (person, name) => async (/** @type {number} */ width) => {
  if (width > 600) return;
  await person.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: new RegExp(`^${name}`) }).click();
};
