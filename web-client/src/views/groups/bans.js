// Who is kept out of a group's events, for its organisers: since which of them, until when and why,
// and the way back.

import { html } from 'htm/preact';
import { lift_ban } from '../../app/groups_actions.js';
import { day_name, t } from '../../app/text.js';
import { use_act } from '../account/form.js';
import { Section } from '../account/page.js';
import { Avatar } from '../parts.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */
/** @typedef {import('../../app/groups_actions.js').Group} Group */
/** @typedef {import('../../app/groups_actions.js').Ban} Ban */

/** @param {{me: Me, group: Group, again: () => any}} props */
export function Bans({ me, group, again }) {
  const { bans = [] } = group;
  if (bans.length === 0) return null;
  const lift = async (/** @type {Ban} */ { person }) => {
    try {
      await lift_ban(me.slot, group.id, person);
    } catch (error) {
      // Somebody else has lifted it meanwhile.
      if (/** @type {any} */ (error).code !== 'not_found') throw error;
    }
    await again();
  };
  return html`<${Section} title=${t('bans.title')}><p class="quiet">${t('bans.how')}</p>
    <ul class="plain rows">${bans.map(
      (ban) => html`<${Row} key=${ban.person} ban=${ban} lift=${lift} />`,
    )}</ul><//>`;
}

/** @param {{ban: Ban, lift: (ban: Ban) => Promise<any>}} props */
function Row({ ban, lift }) {
  const { person, name, until_at, reason, title } = ban;
  const act = use_act(() => lift(ban));
  const ask = () => {
    if (window.confirm(t('bans.lift_sure', { name }))) void act.act();
  };
  const until = until_at ? t('bans.until', { day: day_name(until_at) }) : t('bans.for_good');
  return html`<li class="row wrap"><${Avatar} id=${person} name=${name} small />
    <div class="grow row-words"><bdi class="strong">${name}</bdi>
      <span class="sub" dir="auto">${title ? `${title} · ${until}` : until}</span>
      ${reason && html`<q class="sub" dir="auto">${reason}</q>`}</div>
    <button type="button" class="button small" disabled=${act.busy} onClick=${ask}
      aria-label=${t('bans.lift_name', { name })}>${t('bans.lift')}</button>${act.trouble}</li>`;
}
