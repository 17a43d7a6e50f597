// The organiser's desk: one event, from its title to its end. Each part has an address of its own.

import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { get_everyone, way_into } from '../../app/account_actions.js';
import { HttpProblem } from '../../app/http.js';
import { get_event } from '../../app/organise_actions.js';
import { tab } from '../../app/prefs.js';
import { route } from '../../app/route.js';
import { t } from '../../app/text.js';
import { Loading, Page, back, use_loaded } from '../account/page.js';
import { StateTag, When } from '../account/when.js';
import { Data } from './data.js';
import { Details } from './details.js';
import { Invites } from './invites.js';
import { People } from './people.js';
import { Programme } from './programme.js';
import { RoomsHere } from './rooms_here.js';

export { NewEvent } from './new_event.js';

/** @typedef {import('../../app/account_actions.js').Me} Me */
/** @typedef {import('../../app/organise_actions.js').HostedEvent} HostedEvent */
/** @typedef {{me: Me, event: HostedEvent, set: (event: HostedEvent) => void}} PartProps */

/** @type {{name: string, label: import('../../app/text.js').Key, view: any}[]} */
const PARTS = [
  { name: '', label: 'organise.details', view: Details },
  { name: 'rooms', label: 'organise.rooms', view: RoomsHere },
  { name: 'programme', label: 'organise.programme', view: Programme },
  { name: 'invites', label: 'organise.invites', view: Invites },
  { name: 'people', label: 'organise.people', view: People },
  { name: 'data', label: 'organise.data', view: Data },
];

/** As whoever this tab is in the event, else whoever of this browser may be. @param {string} id */
async function find(id) {
  const inside = await way_into(await get_everyone(), id);
  const me = inside.find(({ slot }) => slot === tab.get(`slot.${id}`)) ?? inside[0];
  const role = me?.events.find((event) => event.id === id)?.role;
  if (!me || (role && role !== 'organiser')) throw new HttpProblem('forbidden');
  return { me, event: await get_event(me.slot, id) };
}

/** @param {{event: string}} props */
export function Organise({ event: id }) {
  const found = use_loaded(() => find(id), [id]);
  const name = route.value.part.split('/')[1] ?? '';
  const part = PARTS.find((each) => each.name === name) ?? PARTS[0];
  useEffect(() => window.scrollTo(0, 0), [part]);
  const above = back(`/e/${encodeURIComponent(id)}#`);
  if (!found.value) {
    return html`<${Page} title=${t('organise.title')} above=${above}>
      <${Loading} problem=${found.problem} again=${found.again}
        words=${{ forbidden: 'organise.not_yours', not_found: 'organise.not_yours' }} /><//>`;
  }
  const { me, event } = found.value;
  const set = (/** @type {HostedEvent} */ changed) => found.set({ me, event: changed });
  return html`<${Page} title=${event.title} me=${me} wide above=${above}>
    <div class="row wrap organise-when"><${When} event=${event} />
      <${StateTag} state=${event.state} /></div>
    <div class="organise"><nav class="organise-nav" aria-label=${t('organise.title')}>
      <ul class="plain">${PARTS.map(
        ({ name: each, label }) => html`<li key=${each}><a class="chip"
        href=${each ? `#organise/${each}` : '#organise'}
        aria-current=${each === part.name ? 'page' : undefined}>${t(label)}</a></li>`,
      )}</ul></nav>
    <div class="stack"><${part.view} key=${part.name} me=${me} event=${event} set=${set} /></div>
    </div><//>`;
}
