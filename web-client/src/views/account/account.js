// One's account: how one signs in, where one is signed in, and what is stored. The same on its own
// page and in the panel within an event.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { be, get_me, sign_out } from '../../app/account_actions.js';
import { t } from '../../app/text.js';
import { PanelHead } from '../panel.js';
import { Avatar, Icon } from '../parts.js';
import { ChangePassphrase, Codes, MakeAccount, NewCodes } from './credentials.js';
import { use_act } from './form.js';
import { Loading, Page, Section, use_everyone, use_loaded } from './page.js';
import { Privacy } from './privacy.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign_in.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */

export function MePage() {
  const { value: people, problem, again } = use_everyone();
  if (!people) {
    return html`<${Page} title=${t('account.title')}><${Loading} problem=${problem}
      again=${again} /><//>`;
  }
  const [me, ...others] = people;
  if (!me) {
    return html`<${Page} title=${t('account.title')}>
      <${Section} title=${t('sign_in.title')}><${SignIn} to="/me" then=${again} /><//><//>`;
  }
  return html`<${Page} title=${t('account.title')} me=${me}>
    <${Account} key=${me.slot} me=${me} again=${again} />
    ${
      others.length > 0 &&
      html`<${Section} title=${t('account.others')}><ul class="plain rows">${others.map(
        (each) => html`<li key=${each.slot} class="row"><${Avatar} id=${each.person.id}
          name=${each.person.name} small /><bdi class="grow">${each.person.name}</bdi>
          <button type="button" class="button small" onClick=${() => {
            be(each.slot);
            void again();
          }}>${t('account.be')}</button></li>`,
      )}</ul><//>`
    }<//>`;
}

/** Within an event: about whoever is there. @param {{slot: number, back: () => void}} props */
export function AccountPanel({ slot, back }) {
  const { value: me, problem, again } = use_loaded(() => get_me(slot), [slot]);
  return html`<div class="me"><${PanelHead} title=${t('account.title')} back=${back} />
    <div class="page-panel">${
      me
        ? html`<${Account} me=${me} again=${again} inside />`
        : html`<${Loading} problem=${problem} again=${again}
            words=${{ not_found: 'account.not_offered' }} />`
    }</div></div>`;
}

/** @param {{me: Me, again: () => any, inside?: boolean}} props */
function Account({ me, again, inside = false }) {
  const [codes, set_codes] = useState(/** @type {string[] | null} */ (null));
  if (codes) {
    const kept = () => {
      set_codes(null);
      void again();
    };
    return html`<${Section} title=${t('codes.title')}>
      <${Codes} codes=${codes} login=${me.account?.login ?? ''} kept=${kept} /><//>`;
  }
  return html`<${Who} me=${me} inside=${inside} again=${again} />
    ${
      me.account
        ? html`<${ChangePassphrase} me=${me} again=${again} /><${NewCodes} me=${me}
            made=${set_codes} />`
        : html`<${MakeAccount} me=${me} made=${set_codes} />`
    }
    <${Sessions} me=${me} again=${again} /><${Privacy} me=${me} />`;
}

/** @param {{me: Me, inside: boolean, again: () => any}} props */
function Who({ me, inside, again }) {
  const out = use_act(async () => {
    await sign_out(me.slot);
    if (inside) location.assign('/');
    else await again();
  });
  let how = t('account.by_sso');
  if (me.account) how = t('account.by_login', { login: me.account.login });
  else if (me.guest) how = t('account.by_link');
  return html`<${Section} title=${t('account.who')}><div class="row">
      <${Avatar} id=${me.person.id} name=${me.person.name} />
      <p class="grow"><bdi class="strong">${me.person.name}</bdi><span class="sub">${how}</span></p>
    </div>${me.guest && html`<p class="quiet">${t('account.guest_how')}</p>`}
    <p><button type="button" class="button small" disabled=${out.busy} onClick=${out.act}>
      <${Icon} name="door" /> ${t('account.sign_out')}</button></p>${out.trouble}<//>`;
}
