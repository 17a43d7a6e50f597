// Search over what one may see: in this chat or everywhere; a match can be read where it stands.

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { load_around, search } from '../app/search_actions.js';
import { notice } from '../app/notices.js';
import { name_of } from '../app/people.js';
import { use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { chosen_chat, jump, place_chats, show_conversation, show_panel } from '../app/ui.js';
import { stream_id, stream_kind } from '../store/state.js';
import { chat_name } from './chat.js';
import { conversation_title } from './conversation_name.js';
import { IconButton, Time } from './parts.js';
import { Words } from './words.js';

/** @typedef {{stream: string, message: import('../store/state.js').Message}} Match */

/** @param {{stream: string, close: () => void}} props */
export function Search({ stream, close }) {
  const [matches, set_matches] = useState(/** @type {Match[] | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const query = String(form.get('query')).trim();
    if (!query) return;
    const ok = await search(query, form.get('everywhere') ? null : stream);
    if (ok) set_matches(ok.matches ?? []);
  };
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  return html`<div class="search" onKeyDown=${on_key}>
    <form class="stack pad" role="search" onSubmit=${submit}>
      <div class="row"><label class="unseen" for="query">${t('search.label')}</label>
        <input ref=${field} id="query" name="query" type="search" class="grow" maxlength="100"
          placeholder=${t('search.label')} />
        <button class="button small primary">${t('search.go')}</button>
        <${IconButton} icon="close" label=${t('search.close')} onClick=${close} /></div>
      <label class="check"><input type="checkbox" name="everywhere" defaultChecked
        /> ${t('search.everywhere')}</label>
    </form>
    <p class="unseen" role="status">${matches && t('search.found', { n: matches.length })}</p>
    ${matches?.length === 0 && html`<p class="quiet pad">${t('search.nothing')}</p>`}
    <ul class="plain matches" tabindex="0" aria-label=${t('search.results')}>${matches?.map(
      (match) => html`<${MatchRow}
      key=${`${match.stream}-${match.message.offset}`} match=${match} close=${close} />`,
    )}</ul>
  </div>`;
}

/** @param {{match: Match, close: () => void}} props */
function MatchRow({ match, close }) {
  const { stream, message } = match;
  const name = use_state((state) => name_of(state, message.by), [message.by]);
  const talk = stream_kind(stream) === 'conversation';
  const where = use_state(
    (state) => (talk ? conversation_title(state, stream_id(stream)) : chat_name(state, stream)),
    [stream],
  );
  const reachable = use_state((state) => talk || place_chats(state).includes(stream), [stream]);
  const show = async () => {
    close();
    if (talk) {
      show_conversation(stream_id(stream));
    } else {
      chosen_chat.value = stream;
      show_panel('chat');
    }
    if (await load_around(stream, message.offset)) jump.value = { stream, offset: message.offset };
    else notice(t('search.too_far'));
  };
  return html`<li class="match"><p class="message-head"><bdi class="strong">${name}</bdi>
      <span class="quiet" dir="auto">${where}</span> <${Time} at=${message.at} /></p>
    <${Words} body=${message.body} />
    ${reachable && html`<button type="button" class="link" onClick=${show}>
      ${t('search.show')}</button>`}</li>`;
}
