// The log of everything staff did, and of one person when one is looked for.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { name_of } from '../../app/people.js';
import { use_state } from '../../app/store.js';
import { t } from '../../app/text.js';
import { IconButton } from '../parts.js';
import { Audit } from '../safety/audit.js';
import { PersonSearch } from './person_search.js';

const ALL = {};

export function Log() {
  const [person, set_person] = useState('');
  const name = use_state((state) => (person ? name_of(state, person) : ''), [person]);
  return html`<section class="pad stack"><h3>${t('log.title')}</h3>
    ${
      person
        ? html`<p class="row"><span class="grow">${t('log.of', { name })}</span>
          <${IconButton} icon="close" label=${t('log.all')} onClick=${() => set_person('')} /></p>`
        : html`<${PersonSearch} id="log-person" label=${t('log.find')} choose=${set_person} />`
    }
    <${Audit} key=${person} about=${person ? { person } : ALL} nothing=${t('log.nothing')} />
  </section>`;
}
