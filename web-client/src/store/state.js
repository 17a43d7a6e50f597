// The shape of everything the client knows, and its empty beginning. Plain data: no DOM, no timers.

/**
 * @typedef {{
 *   id: string, name: string, about?: string, ask?: string, offer?: string, org?: string,
 *   title?: string, role: string, state: 'online' | 'reconnecting' | 'away', guest?: boolean,
 * }} Person
 *
 * @typedef {{person: string, state?: string}} Seat
 *
 * @typedef {{
 *   id: string, name: string, topic: string, capacity: number | null, locked: boolean,
 *   mood: string, taken: number, seats?: Seat[],
 * }} Table
 *
 * @typedef {{
 *   id: string, name: string, kind: 'lobby' | 'plenary' | 'tables', confidential?: boolean,
 *   equality?: boolean, locked?: boolean, slow_s?: number, count: number, tables: Table[],
 *   round?: Round | null,
 * }} Room
 *
 * @typedef {{card?: number, text?: string}} Opener
 *
 * A room's round: the one announced or running, or the last one while all are together again.
 * `tables` are those still running, each with its own end; `wrapping` those of them that finish
 * before the others. While paused, `ends_at` stands as it was when paused.
 * @typedef {{
 *   plan: string, number: number, of: number,
 *   phase: 'announced' | 'seated' | 'wrapping' | 'plenary',
 *   starts_at: number, ends_at: number, minutes: number, size: number,
 *   paused_at: number | null, opener?: Opener, repeats: number,
 *   chair: string | null, chair_offered: string[], tables: [string, number][], wrapping: string[],
 * }} Round
 *
 * Who sat where when a round began, kept for the debrief.
 * @typedef {{
 *   room: string, plan: string, number: number, of: number, seats: [string, string[]][],
 * }} Seating
 * @typedef {{table: string, person: string, at: number}} Newcomer
 * @typedef {{room: string, offset: number, at: number, by: string, body: string}} Broadcast
 * @typedef {{left: number, into: string | null, at?: number, yes: number, of: number}} Shrunk
 * @typedef {{yes: number, of: number, by: string[]}} TimeAsked
 *
 * @typedef {{
 *   id: string, title: string, starts_at: number | null, ends_at: number | null,
 *   timezone?: string, state: 'planned' | 'live' | 'over', admission?: string, lockdown?: boolean,
 *   programme?: {at: number, minutes: number, title: string, room?: string}[],
 * }} HostedEvent
 *
 * @typedef {{
 *   offset: number, at: number, by: string, body: string, reply_to?: number, edited: boolean,
 *   deleted: boolean, pinned: boolean, reactions: Record<string, string[]>,
 * }} Message
 *
 * @typedef {{
 *   id: string, people: string[], state: 'open' | 'requested', epoch?: string, offset: number,
 *   read: number, requested_by?: string,
 * }} Conversation
 *
 * Of a stream's messages a run is held; `more` says that there are earlier ones. `reading` is where
 * in it one reads back, 0 while one follows the talk. `late` are the last few where the run ends
 * before them; `aside` is what is pinned or answered and stands outside.
 * @typedef {{
 *   messages: Message[], more: boolean, loaded: boolean, opened_at: number,
 *   reading: number, late: Message[], aside: Message[], typing: Record<string, number>,
 * }} Stream
 *
 * @typedef {{knock: number, person: string, line?: string, at: number}} Knock
 * @typedef {{
 *   visitors: string[], knocks: Knock[], help: string | null, opener: Opener | null,
 *   shrunk: Shrunk | null, time_asked: TimeAsked | null,
 * }} TableTalk
 * @typedef {{table: string, room: string, by: string, at: number}} Invite
 * @typedef {{table: string, person: string, line?: string, at: number}} HelpCall
 * @typedef {{
 *   help: HelpCall[], waiting: string[], time_asked: {table: string, yes: number, of: number}[],
 *   seen: {room: string, of: number, tables: number, tables_of: number} | null,
 *   reports: Report[], more_reports: number, held: Held[], more_held: number,
 *   muted: (Muted & {person: string})[],
 *   removed: Removed[], roles: {person: string, role: string, scope: string}[],
 *   filter: {on: boolean, words: string[]},
 *   activity: {at: number, rooms: InRoom[], guests: number} | null,
 *   arrived: [string, number][],
 * }} Desk
 *
 * @typedef {{room: string, messages: number, people: number}} InRoom of the last minute
 *
 * A message that somebody reported, with those around it.
 * @typedef {{
 *   report: number, at: number, by: string, person: string, stream: string, of: number,
 *   reason: string, messages: Message[], state: 'open' | 'claimed' | 'resolved', owner?: string,
 *   outcome?: string,
 * }} Report
 *
 * A message that waits for a moderator; of one's own also what became of it.
 * @typedef {{
 *   held: number, at: number, by: string, stream: string, body: string, reply_to?: number,
 * }} Held
 * @typedef {Omit<Held, 'by'> & {refused: boolean, reason: string}} MyHeld
 * @typedef {{
 *   person: string, at: number, banned: boolean, until_at: number | null, reason: string,
 *   refused?: boolean,
 * }} Removed `refused` where one was not let in at all
 * @typedef {{at: number, reason: string}} Warned
 * @typedef {{scope: string, until_at: number, reason: string, room?: string}} Muted `room` where it
 *   counts in that room alone
 *
 * @typedef {{
 *   me: string, capabilities: string[], room_capabilities: Record<string, string[]>,
 *   limits: Record<string, number>, muted: Muted[], warned: Warned[], my_held: MyHeld[],
 *   event: HostedEvent | null,
 *   place: {room: string | null, table: string | null, waiting: boolean},
 *   rooms: Record<string, Room>, room_order: string[],
 *   people: Record<string, Person>, present: string[], count: number,
 *   talks: Record<string, TableTalk>,
 *   streams: Record<string, Stream>,
 *   conversations: Record<string, Conversation>,
 *   reads: Record<string, number>,
 *   invites: Invite[], blocked: string[], desk: Desk | null,
 *   seating: Seating | null, round_table: string | null, newcomers: Newcomer[],
 *   sitting_out: Record<string, number>, joining_in: string[], broadcast: Broadcast | null,
 *   unknown: number,
 * }} State
 *
 * @typedef {import('../connection/types.js').Push} Push
 */

/** @returns {State} */
export const empty_state = () => ({
  me: '',
  capabilities: [],
  room_capabilities: {},
  limits: {},
  muted: [],
  warned: [],
  my_held: [],
  event: null,
  place: { room: null, table: null, waiting: false },
  rooms: {},
  room_order: [],
  people: {},
  present: [],
  count: 0,
  talks: {},
  streams: {},
  conversations: {},
  reads: {},
  invites: [],
  blocked: [],
  desk: null,
  seating: null,
  round_table: null,
  newcomers: [],
  sitting_out: {},
  joining_in: [],
  broadcast: null,
  unknown: 0,
});

/** @param {number} [opened_at] @returns {Stream} */
export const empty_stream = (opened_at = 0) => ({
  messages: [],
  more: false,
  loaded: false,
  opened_at,
  reading: 0,
  late: [],
  aside: [],
  typing: {},
});

/** @returns {TableTalk} */
export const empty_talk = () => ({
  visitors: [],
  knocks: [],
  help: null,
  opener: null,
  shrunk: null,
  time_asked: null,
});

/** The part of a stream's name before or after its colon. @param {string} [stream] */
export const stream_kind = (stream = '') => stream.slice(0, stream.indexOf(':'));
/** @param {string} [stream] */
export const stream_id = (stream = '') => stream.slice(stream.indexOf(':') + 1);

/** An event without an end names the last second of the year 9999. */
const WITHOUT_END_AT = 253_402_300_799_000;

/** When an event ends, or null if it does not. @param {{ends_at: number | null} | null} event */
export const end_of = (event) =>
  event?.ends_at && event.ends_at < WITHOUT_END_AT ? event.ends_at : null;

/**
 * @template T
 * @param {Record<string, T>} record
 * @param {string} key
 * @returns {Record<string, T>}
 */
export function without(record, key) {
  if (!(key in record)) return record;
  const { [key]: _gone, ...rest } = record;
  return rest;
}
