// The word filter of the event: what has one of its words waits for a moderator. Off at first.

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { set_filter } from '../../app/desk_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { may } from '../../store/moderation.js';

const WORDS_MAX = 200;
const WORD_LENGTH_MAX = 60;
const OFF = { on: false, words: /** @type {string[]} */ ([]) };

/** One word or phrase a line, each once. @param {string} text */
export const words_in = (text) => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export function Filter() {
  const allowed = use_state((state) => may(state, 'filter.set'));
  const filter = use_state((state) => state.desk?.filter ?? OFF);
  const [on, set_on] = useState(filter.on);
  const [text, set_text] = useState(filter.words.join('\n'));
  useEffect(() => {
    set_on(filter.on);
    set_text(filter.words.join('\n'));
  }, [filter]);
  if (!allowed) return null;
  const words = words_in(text);
  const long = words.find((word) => [...word].length > WORD_LENGTH_MAX);
  const problem =
    words.length > WORDS_MAX
      ? t('filter.too_many', { n: WORDS_MAX })
      : long
        ? t('filter.too_long', { word: `${long.slice(0, 20)}…` })
        : '';
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!problem) void set_filter(on, words);
  };
  return html`<section class="pad stack"><h3>${t('filter.title')}</h3>
    <form class="stack" onSubmit=${submit}>
      <label class="check"><input type="checkbox" checked=${on}
        onChange=${(/** @type {any} */ event) => set_on(event.currentTarget.checked)} />
        <span>${t('filter.on')}</span></label>
      <div class="field"><label for="filter-words">${t('filter.words')}</label>
        <textarea id="filter-words" rows="4" dir="auto" value=${text}
          aria-describedby="filter-hint"
          onInput=${(/** @type {any} */ event) => set_text(event.currentTarget.value)}></textarea>
        <p class="hint" id="filter-hint">${t('filter.hint')}</p></div>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      <p><button class="button small primary" disabled=${problem !== ''}>
        ${t('filter.save')}</button></p></form></section>`;
}
