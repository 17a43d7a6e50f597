// Where one is signed in, and signing out there or everywhere.

import { html } from 'htm/preact';
import { end_all_sessions, end_session } from '../../app/account_actions.js';
import { t } from '../../app/text.js';
import { Time } from '../parts.js';
import { use_act } from './form.js';
import { Section } from './page.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */
/** @typedef {import('../../app/account_actions.js').MySession} MySession */

/**
 * "Firefox on Linux", as the server tells it, in the reader's language.
 * @param {string} [client]
 */
function client_words(client = '') {
  const [, browser, system] = client.match(/^(.+) on (.+)$/) ?? [];
  return browser ? t('sessions.client', { browser, system }) : client || t('sessions.unnamed');
}

/** @param {{me: Me, again: () => any}} props */
export function Sessions({ me, again }) {
  const everywhere = use_act(async () => {
    await end_all_sessions(me.slot);
    location.assign('/');
  });
  const ask_all = () => {
    if (window.confirm(t('sessions.all_sure'))) void everywhere.act();
  };
  const sessions = [...me.sessions].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.seen_at - a.seen_at,
  );
  return html`<${Section} title=${t('sessions.title')}>
    <ul class="plain rows">${sessions.map(
      (each) => html`<${Row} key=${each.id} each=${each} me=${me} again=${again} />`,
    )}</ul>
    ${
      sessions.length > 1 &&
      html`<p><button type="button" class="button small"
      disabled=${everywhere.busy} onClick=${ask_all}>${t('sessions.all')}</button></p>`
    }${everywhere.trouble}<//>`;
}

/** @param {{each: MySession, me: Me, again: () => any}} props */
function Row({ each, me, again }) {
  const out = use_act(async () => {
    await end_session(me.slot, each.id);
    await again();
  });
  const name = client_words(each.client);
  return html`<li class="row wrap"><div class="grow row-words"><span dir="auto">${name}</span>
      ${each.current && html` <span class="tag tag-staff">${t('sessions.this')}</span>`}
      <span class="sub">${t('sessions.seen')} <${Time} at=${each.seen_at} /></span></div>
    ${
      !each.current &&
      html`<button type="button" class="button small" disabled=${out.busy} onClick=${out.act}
        aria-label=${t('sessions.out_name', { name })}>${t('account.sign_out')}</button>`
    }${out.trouble}</li>`;
}
