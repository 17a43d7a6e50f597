// How people get to know one another: their cards, who is here, an invitation to one's table, and
// private conversations.

import { know } from '../store/people.js';
import { without } from '../store/state.js';
import { attempt } from './actions.js';
import { notice, tell_refusal } from './notices.js';
import { command } from './session.js';
import { change, current } from './store.js';
import { t } from './text.js';
import { show_conversation } from './ui.js';

/** @param {string} person */
export async function invite_to_table(person) {
  const { table } = current().place;
  if (!table || !(await attempt('table.invite', { table, person }))) return;
  notice(t('invite.sent', { name: current().people[person]?.name ?? '' }));
}

/** @param {string} person @param {boolean} on */
export async function block(person, on) {
  if (!(await attempt(on ? 'person.block' : 'person.unblock', { person }))) return;
  const name = current().people[person]?.name ?? '';
  notice(t(on ? 'block.done' : 'block.undone', { name }));
}

/** @param {Record<string, string>} card */
export async function update_card(card) {
  const ok = await attempt('card.update', card);
  if (!ok) return false;
  change((state) => ({
    ...state,
    people: { ...state.people, [state.me]: { ...state.people[state.me], ...card } },
  }));
  return true;
}

/** @param {string[]} people @param {string} body */
export async function start_conversation(people, body) {
  try {
    const ok = await command('conversation.start', { people, body }, { nonce: true });
    const id = typeof ok.conversation === 'string' ? ok.conversation : ok.conversation.id;
    show_conversation(id);
    return true;
  } catch (refusal) {
    const { code } = /** @type {any} */ (refusal);
    if (code === 'conflict') notice(t('conversation.wait'), { tone: 'warn' });
    else if (code === 'locked') notice(t('lockdown.no_letters'), { tone: 'warn' });
    else tell_refusal(refusal);
    return false;
  }
}

/** @param {string} conversation @param {boolean} accept */
export async function answer_request(conversation, accept) {
  if (!(await attempt('conversation.answer', { conversation, accept }))) return;
  change((state) => {
    const known = state.conversations[conversation];
    if (!known) return state;
    const conversations = accept
      ? {
          ...state.conversations,
          [conversation]: { ...known, state: /** @type {'open'} */ ('open') },
        }
      : without(state.conversations, conversation);
    return { ...state, conversations };
  });
}

/**
 * More people than the room's snapshot named.
 * @param {{room?: string, query?: string, after?: string}} ask
 */
export async function list_people(ask) {
  const ok = await attempt('person.list', { ...ask, limit: 100 });
  if (!ok) return null;
  change((state) => know(state, ok.people));
  return ok;
}
