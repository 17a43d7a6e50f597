// My card as others see it, and how this browser behaves for me.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { update_card } from '../app/meeting_actions.js';
import { notice } from '../app/notices.js';
import { notify, set_notify, set_theme, tab, theme } from '../app/prefs.js';
import { round_sound, set_round_sound } from '../app/round_sound.js';
import { route } from '../app/route.js';
import { leave } from '../app/session.js';
import { use_state } from '../app/store.js';
import { LANGUAGES, choose_language, language, t } from '../app/text.js';
import { keys_shown } from '../app/ui.js';
import { account, safety } from './later_parts.js';
import { Lazy } from './lazy.js';
import { PanelHead, to_place } from './panel.js';
import { Field, Icon } from './parts.js';

const load_account = () => account().then(({ AccountPanel }) => AccountPanel);
const load_record = () => safety().then(({ MyRecord }) => MyRecord);

export function Me() {
  const [inside, set_inside] = useState(false);
  const slot = tab.get(`slot.${route.value.id}`);
  if (inside)
    return html`<${Lazy} load=${load_account} slot=${slot} back=${() => set_inside(false)} />`;
  return html`<div class="me"><${PanelHead} title=${t('me.open')} back=${to_place} />
    <${Card} /><section class="pad stack settings"><h2>${t('me.account')}</h2>
      <p class="quiet">${t('me.account_how')}</p>
      <p><button type="button" class="button small" onClick=${() => set_inside(true)}>
        <${Icon} name="lock" /> ${t('me.account_open')}</button></p></section>
    <${Settings} /><${Record} /></div>`;
}

/** What moderators did concerning me, asked for when it is opened. */
function Record() {
  const [open, set_open] = useState(false);
  return html`<section class="pad settings"><details class="more"
    onToggle=${(/** @type {any} */ event) => set_open(event.currentTarget.open)}>
    <summary>${t('me.record')}</summary>${open && html`<${Lazy} load=${load_record} />`}</details>
      </section>`;
}

const FIELDS = /** @type {const} */ (['name', 'about', 'ask', 'offer', 'title', 'org']);

function Card() {
  const me = use_state((state) => state.people[state.me]);
  const [busy, set_busy] = useState(false);
  if (!me) return null;
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const values = FIELDS.map((field) => [field, String(form.get(field) ?? '').trim()]);
    const changed = Object.fromEntries(
      values.filter(([field, value]) => value !== (me[/** @type {'name'} */ (field)] ?? '')),
    );
    if (Object.keys(changed).length === 0) return;
    set_busy(true);
    if (await update_card(changed)) notice(t('me.saved'));
    set_busy(false);
  };
  return html`<form class="pad stack" onSubmit=${submit}>
    <p class="quiet">${t('me.who_sees')}</p>
    <${Field} name="name" label=${t('card.name')} defaultValue=${me.name} maxlength="60" required />
    <${Field} name="about" label=${t('card.about')} hint=${t('card.about_hint')}
      defaultValue=${me.about ?? ''} maxlength="200" />
    <${Field} name="ask" label=${t('card.ask')} hint=${t('card.ask_hint')}
      defaultValue=${me.ask ?? ''} maxlength="200" />
    <${Field} name="offer" label=${t('card.offer')} hint=${t('card.offer_hint')}
      defaultValue=${me.offer ?? ''} maxlength="200" />
    <${Field} name="title" label=${t('card.title')} defaultValue=${me.title ?? ''} maxlength="100"
      />
    <${Field} name="org" label=${t('card.org')} defaultValue=${me.org ?? ''} maxlength="100" />
    <button class="button primary" disabled=${busy}>${t('action.save')}</button>
  </form>`;
}

/**
 * @param {{name: string, label: string, value: string, options: [string, string][], choose: (value:
 *   string) => void}} props
 */
function Choice({ name, label, value, options, choose }) {
  return html`<div class="field"><label for=${name}>${label}</label>
    <select id=${name} value=${value}
      onChange=${(/** @type {any} */ event) => choose(event.currentTarget.value)}>
      ${options.map(
        ([key, words]) => html`<option key=${key} value=${key}
        selected=${key === value}>${words}</option>`,
      )}
    </select></div>`;
}

function Settings() {
  const ask_notify = async (/** @type {any} */ event) => {
    const box = event.currentTarget;
    if (!(await set_notify(box.checked))) {
      box.checked = false;
      notice(t('settings.notify_denied'), { tone: 'warn' });
    }
  };
  return html`<section class="pad stack settings"><h2>${t('settings.title')}</h2>
    <${Choice} name="language" label=${t('settings.language')} value=${language.value}
      options=${Object.entries(LANGUAGES)}
        choose=${choose_language} />
    <${Choice} name="theme" label=${t('settings.theme')} value=${theme.value} choose=${set_theme}
      options=${[
        ['system', t('theme.system')],
        ['light', t('theme.light')],
        ['dark', t('theme.dark')],
      ]} />
    ${
      'Notification' in window &&
      html`<label class="check"><input type="checkbox" checked=${notify.value}
        onChange=${ask_notify} />
      <span>${t('settings.notify')}</span></label>`
    }
    <label class="check"><input type="checkbox" checked=${round_sound.value}
      onChange=${(/** @type {any} */ event) => set_round_sound(event.currentTarget.checked)} />
      <span>${t('settings.sound')}</span></label>
    <p class="row wrap"><button type="button" class="button small"
      onClick=${() => (keys_shown.value = true)}>
      <${Icon} name="keyboard" /> ${t('keys.title')}</button>
    <button type="button" class="button small" onClick=${leave}><${Icon} name="door"
      /> ${t('me.leave')}</button></p>
  </section>`;
}
