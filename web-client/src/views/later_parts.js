// The parts of the client that are fetched when first needed: their views, their words in the
// person's language, and their style, all there before anything of them is drawn.

import { load_words } from '../app/text.js';

/** The page names where the styles stand, since their names change with what is in them. */
const style_url = (/** @type {string} */ name) =>
  /** @type {HTMLMetaElement | null} */ (document.querySelector(`meta[name="style-${name}"]`))
    ?.content;

/** @type {Map<string, Promise<void>>} */
const styles = new Map();

/** @param {string} name */
function load_style(name) {
  const href = style_url(name);
  if (!href) return Promise.resolve();
  const known = styles.get(name);
  if (known) return known;
  /** @type {Promise<void>} */
  const loaded = new Promise((done) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    // Without its style a view is plain, but it works.
    link.onload = link.onerror = () => done();
    document.head.append(link);
  });
  styles.set(name, loaded);
  return loaded;
}

/**
 * @template T
 * @param {string} name of its words and its style @param {() => Promise<T>} load its views
 * @returns {() => Promise<T>}
 */
const part = (name, load) => async () => {
  const [views] = await Promise.all([load(), load_words(name), load_style(name)]);
  return views;
};

export const later = part('later', () => import('./later.js'));
export const rounds = part('rounds', () => import('./rounds/rounds.js'));
const desk_alone = part('desk', () => import('./staff/desk.js'));
const safety_alone = part('safety', () => import('./safety/safety.js'));
/** Reports, warnings and what was done concerning oneself, dressed as the panels are. */
export const safety = async () => (await Promise.all([safety_alone(), later()]))[0];
/** The desk is dressed as the other panels are, and gives the reasons that reports have. */
export const desk = async () => (await Promise.all([desk_alone(), later(), safety_alone()]))[0];
const moderation_alone = part('moderation', () => import('./desk/moderation.js'));
/** The moderator's desk has the other desk in it. */
export const moderation = async () =>
  (await Promise.all([moderation_alone(), desk()]))[0];
const console_alone = part('console', () => import('./console/console.js'));
/** Whoever leads a round also sees it as those at its tables do. */
export const lead = async () => (await Promise.all([console_alone(), rounds()]))[0];
export const account = part('account', () => import('./account/pages.js'));
const groups_alone = part('groups', () => import('./groups/group.js'));
/** These pages share the frame, the forms and the words of the account's. */
export const groups = async () => (await Promise.all([groups_alone(), account()]))[0];
const organise_alone = part('organise', () => import('./organise/organise.js'));
/** Whoever arranges an event also arranges its rooms, as the desk within it does. */
export const organise = async () => (await Promise.all([organise_alone(), account(), desk()]))[0];
