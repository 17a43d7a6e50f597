// What a plan achieves, in sentences that promise nothing that is not so.

import { t } from './text.js';

/** @typedef {import('./round_plan.js').Quality} Quality */
/** @typedef {{text: string, good?: boolean}} Sentence */

/** "6 tables of 4 and 2 of 3". @param {number[]} sizes @param {(parts: string[]) => string} join */
export function tables_in_words(sizes, join) {
  /** @type {Map<number, number>} */
  const counted = new Map();
  for (const size of sizes) counted.set(size, (counted.get(size) ?? 0) + 1);
  const parts = [...counted]
    .sort(([a], [b]) => b - a)
    .map(([size, n]) => t('quality.tables', { n, size }));
  return join(parts);
}

/**
 * Pairs of a round who know each other already.
 * @param {import('./round_plan.js').RoundQuality} round
 */
const known_pairs = (round) => Math.min(round.pairs, round.repeated + round.met_before);

/** @param {Quality} quality @returns {Sentence[]} */
export function quality_sentences(quality) {
  /** @type {Sentence[]} */
  const said = [];
  const { by_round, pairs_repeated, met_before, same_org, conflicts, asks_met } = quality;
  if (pairs_repeated === 0 && met_before === 0) {
    said.push({ text: t('quality.all_new'), good: true });
  } else {
    by_round.forEach((round, index) => {
      const n = known_pairs(round);
      if (n === 0) return;
      said.push({ text: t('quality.known', { round: index + 1, n, pairs: round.pairs }) });
    });
    if (pairs_repeated > 0 && pairs_repeated <= quality.bound_repeated) {
      said.push({ text: t('quality.best'), good: true });
    }
  }
  said.push(...what_would_help(quality));
  if (same_org > 0) said.push({ text: t('quality.colleagues', { n: same_org }) });
  if (quality.rounds > 1 && quality.people_met_min > 0) {
    said.push({ text: t('quality.meets', { n: quality.people_met_min }) });
  }
  if (asks_met > 0) said.push({ text: t('quality.asks', { n: asks_met }), good: true });
  if (conflicts > 0) said.push({ text: t('quality.conflicts', { n: conflicts }) });
  return said;
}

/** @param {Quality} quality @returns {Sentence[]} */
function what_would_help({ impossible }) {
  if (!impossible) return [];
  const { reason, size, rounds } = impossible;
  if (reason === 'apart') return [{ text: t('quality.apart') }];
  const org = reason === 'org';
  /** @type {Sentence[]} */
  const said = [];
  if (size === 2) said.push({ text: t(org ? 'quality.pairs_org' : 'quality.pairs') });
  else if (size) said.push({ text: t(org ? 'quality.size_org' : 'quality.size', { size }) });
  if (rounds) said.push({ text: t('quality.rounds', { n: rounds }) });
  return said;
}
