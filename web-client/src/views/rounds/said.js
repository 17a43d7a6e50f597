// What was last said about a round, shown for a while beside its countdown and told to the ear
// once.

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { announce } from '../../app/announcer.js';

const SHOWN_MS = 15_000;

/** @type {import('@preact/signals').Signal<{text: string, until: number} | null>} */
export const said = signal(null);
/** The plan whose chair one did not want. */
export const declined_chair = signal('');

/** @param {string} text */
export function say(text) {
  said.value = { text, until: performance.now() + SHOWN_MS };
  announce(text);
}

export function use_said() {
  const now = said.value;
  useEffect(() => {
    if (!now) return undefined;
    const forget = () => {
      if (said.value === now) said.value = null;
    };
    const timer = setTimeout(forget, Math.max(0, now.until - performance.now()));
    return () => clearTimeout(timer);
  }, [now]);
}
