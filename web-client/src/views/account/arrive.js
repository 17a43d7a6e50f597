// At an event this tab has nobody for: whoever is signed in and belongs there goes in; others sign
// in, or learn what opens it.

import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { get_everyone, way_into } from '../../app/account_actions.js';
import { invite_of } from '../../app/route.js';
import { t } from '../../app/text.js';
import { Door } from '../doors.js';
import { Loading, use_loaded } from './page.js';
import { SignIn } from './sign_in.js';

/** @param {{event: string, go_in: (slot: number) => void}} props */
export function Arrive({ event, go_in }) {
  const found = use_loaded(async () => {
    const people = await get_everyone();
    return { people, inside: await way_into(people, event) };
  }, [event]);
  const { value } = found;
  const only = value?.inside.length === 1 ? value.inside[0] : null;
  useEffect(() => {
    if (only) go_in(only.slot);
  }, [only]);
  if (!value || only) {
    return html`<${Door} icon=${null} title=${t('connection.connecting')}>
      <${Loading} problem=${found.problem} again=${found.again} /><//>`;
  }
  if (value.inside.length > 1) {
    return html`<${Door} icon=${null} title=${t('door.who')}><ul class="plain stack">
      ${value.inside.map(
        ({ slot, person }) => html`<li key=${slot}><button type="button" class="button wide"
        onClick=${() => go_in(slot)}><bdi>${person.name}</bdi></button></li>`,
      )}</ul><//>`;
  }
  const members = value.people.filter((me) => !me.guest);
  const invite = invite_of(event);
  return html`<${Door} icon="door"
    title=${t(members.length > 0 ? 'arrive.not_yours' : 'door.unknown')}>
    ${
      members.length > 0 &&
      html`<p>${t('arrive.not_yours_how', { name: members[0].person.name })}</p>`
    }
    <p>${t('door.unknown_how')}</p>
    ${
      invite &&
      html`<a class="button primary" href=${`/j/${encodeURIComponent(invite)}`}>
      ${t('door.again')}</a>`
    }
    <h2>${t(members.length > 0 ? 'arrive.other' : 'sign_in.title')}</h2>
    <${SignIn} to=${`/e/${encodeURIComponent(event)}`} then=${found.again} /><//>`;
}
