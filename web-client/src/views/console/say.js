// A few words to all tables at once, and how many of them have seen them.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { say_to_all } from '../../app/console_actions.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { Icon } from '../parts.js';

const WORDS_MAX = 500;

export function Say() {
  const [words, set_words] = useState('');
  const [busy, set_busy] = useState(false);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!words.trim() || busy) return;
    set_busy(true);
    if (await say_to_all(words.trim())) set_words('');
    set_busy(false);
  };
  return html`<section class="pad"><form class="stack" onSubmit=${submit}>
    <div class="field"><label for="say">${t('say.label')}</label>
      <textarea id="say" rows="2" dir="auto" maxlength=${WORDS_MAX} value=${words}
        aria-describedby="say-hint"
        onInput=${(/** @type {any} */ event) => set_words(event.currentTarget.value)}></textarea>
      <p class="hint" id="say-hint">${t('say.hint')}</p></div>
    <div class="row wrap"><button class="button small primary" disabled=${busy || !words.trim()}>
      <${Icon} name="broadcast" /> ${t('say.send')}</button><${Seen} /></div></form></section>`;
}

function Seen() {
  const said = use_state((state) => (state.broadcast?.by === state.me ? state.broadcast : null));
  const seen = use_state((state) => state.desk?.seen ?? null);
  if (!said) return null;
  const words =
    seen?.of === said.offset
      ? t('say.seen', { tables: seen.tables, n: seen.tables_of })
      : t('say.sent');
  return html`<p class="quiet" role="status"><${Icon} name="eye" /> ${words}</p>`;
}
