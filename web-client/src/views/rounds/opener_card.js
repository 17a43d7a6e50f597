// A question to begin with: the facilitator's own, or one of the sixty of the person's language.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { draw_opener } from '../../app/round_actions.js';
import { use_state } from '../../app/store.js';
import { language, t } from '../../app/text.js';
import { Icon } from '../parts.js';

const CARDS = /** @type {Record<string, () => Promise<{default: string[]}>>} */ ({
  en: () => import('../../text/openers_en.js'),
  da: () => import('../../text/openers_da.js'),
});

/** @returns {string[]} */
function use_cards() {
  const [cards, set_cards] = useState(/** @type {string[]} */ ([]));
  const code = language.value;
  useEffect(() => {
    CARDS[code]().then(
      (file) => set_cards(file.default),
      () => {},
    );
  }, [code]);
  return cards;
}

/** @param {{table: string, round: import('../../store/state.js').Round}} props */
export function OpenerCard({ table, round }) {
  const drawn = use_state((state) => state.talks[table]?.opener ?? null, [table]);
  const cards = use_cards();
  const opener = drawn ?? round.opener;
  const words = opener?.text || cards[(opener?.card ?? 0) - 1];
  if (!words) return null;
  return html`<div class="opener"><p class="kicker">
      ${t(opener?.text ? 'opener.own' : 'opener.title')}</p>
    <p class="opener-words" dir="auto" aria-live="polite">${words}</p>
    <button type="button" class="link" onClick=${() => draw_opener(table)}>
      <${Icon} name="retry" />${t('opener.another')}</button></div>`;
}
