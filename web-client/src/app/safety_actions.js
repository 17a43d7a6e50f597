// What a member does about moderation: report a message, acknowledge a warning, read what was done.

import { know } from '../store/people.js';
import { attempt } from './actions.js';
import { notice } from './notices.js';
import { keep_warnings } from './safety.js';
import { command } from './session.js';
import { change } from './store.js';
import { t } from './text.js';

/** @param {string} stream @param {number} offset @param {string} reason */
export async function file_report(stream, offset, reason) {
  const ok = await attempt('report.file', { stream, offset, reason }, { nonce: true });
  if (ok) notice(t('report.thanks'));
  return ok !== null;
}

/**
 * What moderators did, newest first: concerning a person, or with `{}` concerning oneself.
 * @param {{person?: string, before?: number}} about
 * @returns {Promise<{entries: any[], more: boolean, before?: number} | null>}
 */
export async function list_audit(about) {
  try {
    const ok = await command('audit.list', { limit: 30, ...about });
    if (ok.people) change((state) => know(state, ok.people));
    return ok;
  } catch {
    return null;
  }
}

/** @param {number} at */
export function acknowledge(at) {
  change((state) => ({ ...state, warned: state.warned.filter((each) => each.at !== at) }));
  keep_warnings();
}
