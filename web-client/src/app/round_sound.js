// A quiet tone with the warnings of a round, for those who asked for one.

import { signal } from '@preact/signals';
import { browser } from './prefs.js';

export const round_sound = signal(browser.get('round_sound') === true);

/** @type {AudioContext | null} */
let audio = null;

/** @param {boolean} on */
export function set_round_sound(on) {
  round_sound.value = on;
  browser.set('round_sound', on || null);
  // The click that turned it on is what allows the page to sound at all; it is heard at once.
  if (on) tone();
}

const LOUDNESS = 0.08;

/** Two soft notes, the second lower: time is passing, nothing is wrong. */
export function tone() {
  if (!round_sound.value || !('AudioContext' in window)) return;
  audio ??= new AudioContext();
  void audio.resume();
  const starts_s = audio.currentTime + 0.02;
  for (const [hertz, after_s] of [
    [523.25, 0],
    [392, 0.22],
  ]) {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(0, starts_s + after_s);
    volume.gain.linearRampToValueAtTime(LOUDNESS, starts_s + after_s + 0.03);
    volume.gain.exponentialRampToValueAtTime(0.0001, starts_s + after_s + 0.6);
    note.connect(volume).connect(audio.destination);
    note.start(starts_s + after_s);
    note.stop(starts_s + after_s + 0.65);
  }
}
