// Names offered while one is being typed after an @: chosen by arrow and Enter, or a tap.

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { matching, name_at } from '../app/mentions.js';
import { current, use_state } from '../app/store.js';
import { t } from '../app/text.js';
import { Avatar } from './parts.js';

/** @typedef {import('../app/composing.js').Draft} Draft */
/** @typedef {import('../store/state.js').Person} Person */

const OFFERED = 6;

/** Those here first, then everyone known. @returns {Person[]} */
function candidates() {
  const { present, people, me } = current();
  const here = new Set(present);
  const rest = Object.keys(people).filter((id) => !here.has(id));
  const others = [...present, ...rest].filter((id) => id !== me && people[id]);
  const known = others.map((id) => people[id]);
  const awake = (/** @type {Person} */ person) => Number(person.state !== 'away');
  return known.sort((a, b) => awake(b) - awake(a));
}

/**
 * @param {import('preact').RefObject<HTMLTextAreaElement | null>} field @param {Draft} draft
 * @param {(draft: Draft) => void} change
 */
export function use_mentions(field, draft, change) {
  const [at, set_at] = useState(/** @type {{start: number, query: string} | null} */ (null));
  const [index, set_index] = useState(0);
  // Whoever comes in while a name is being typed is offered too.
  use_state((state) => (at ? state.people : null), [at]);
  const offered = at ? matching(candidates(), at.query, OFFERED) : [];
  const look = () => {
    const area = field.current;
    const next = area ? name_at(area.value, area.selectionStart) : null;
    if (next?.start !== at?.start || next?.query !== at?.query) {
      set_at(next);
      set_index(0);
    }
  };
  const choose = (/** @type {Person} */ person) => {
    const area = field.current;
    if (!at || !area) return;
    const rest = draft.text.slice(area.selectionStart).replace(/^ /, '');
    const text = `${draft.text.slice(0, at.start)}@${person.name} ${rest}`;
    const known = draft.mentions.filter(({ id }) => id !== person.id);
    change({ text, mentions: [...known, { id: person.id, name: person.name }] });
    set_at(null);
    // At once: whoever types on must not find the caret moved back under their fingers.
    const caret = at.start + person.name.length + 2;
    area.value = text;
    area.focus();
    area.setSelectionRange(caret, caret);
  };
  const on_key = (/** @type {KeyboardEvent} */ event) => {
    if (offered.length === 0) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) set_index((index + step + offered.length) % offered.length);
    else if (event.key === 'Enter' || event.key === 'Tab')
      choose(offered[Math.min(index, offered.length - 1)]);
    else if (event.key === 'Escape') set_at(null);
    else return false;
    event.preventDefault();
    return true;
  };
  const aria =
    offered.length === 0
      ? {}
      : {
          'aria-controls': 'mentions',
          'aria-activedescendant': `mention-${index}`,
          'aria-autocomplete': 'list',
        };
  return { offered, index, look, choose, on_key, aria };
}

/** @param {{offered: Person[], index: number, choose: (person: Person) => void}} props */
export function MentionList({ offered, index, choose }) {
  if (offered.length === 0) return null;
  return html`<ul class="plain mentions" id="mentions" role="listbox"
    aria-label=${t('mention.choose')}>
    ${offered.map(
      (person, i) => html`<li key=${person.id} id=${`mention-${i}`} role="option"
      aria-selected=${i === index ? 'true' : 'false'} onMouseDown=${(
        /** @type {Event} */ event,
      ) => {
        event.preventDefault();
        choose(person);
      }}><${Avatar} id=${person.id} name=${person.name} small /><bdi>${person.name}</bdi></li>`,
    )}</ul>`;
}
