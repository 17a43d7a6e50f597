// What someone is, in an event or a group.

/** @type {Record<string, import('../../app/text.js').Key>} */
export const STANDING_WORDS = {
  member: 'standing.member',
  facilitator: 'standing.facilitator',
  moderator: 'standing.moderator',
  organiser: 'standing.organiser',
};
