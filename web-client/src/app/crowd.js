// Finding the many of a raid: who wrote lately, how often, and who of them only just came.

import { outranks } from './rank.js';

/** @typedef {import('../store/state.js').State} State */
/**
 * @typedef {{person: string, wrote: number, last: string, fresh: boolean}} Face
 * @typedef {{minutes: number, guests_only: boolean, fresh_only: boolean}} Search
 */

const MINUTE_MS = 60_000;
/** So long after coming one is a new face. */
export const FRESH_MINUTES = 15;

/** @param {State} state @param {number} now @returns {Set<string>} */
export function fresh_faces(state, now) {
  const since = now - FRESH_MINUTES * MINUTE_MS;
  const arrived = state.desk?.arrived ?? [];
  return new Set(arrived.filter(([, at]) => at >= since).map(([person]) => person));
}

/**
 * Whoever one may moderate and who wrote within the last minutes where one hears it, those who
 * wrote most first.
 * @param {State} state @param {Search} search @param {number} now
 * @returns {Face[]}
 */
export function wrote_lately(state, { minutes, guests_only, fresh_only }, now) {
  const since = now - minutes * MINUTE_MS;
  const fresh = fresh_faces(state, now);
  /** @type {Map<string, Face>} */
  const faces = new Map();
  for (const { messages, late } of Object.values(state.streams)) {
    for (const { by, at, body } of [...messages, ...late]) {
      if (at < since) continue;
      const face = faces.get(by) ?? { person: by, wrote: 0, last: '', fresh: fresh.has(by) };
      faces.set(by, { ...face, wrote: face.wrote + 1, last: body || face.last });
    }
  }
  const fits = (/** @type {Face} */ face) =>
    (!guests_only || state.people[face.person]?.guest === true) &&
    (!fresh_only || face.fresh) &&
    outranks(state, face.person);
  return [...faces.values()].filter(fits).sort((a, b) => b.wrote - a.wrote);
}
