// Wall-clock times in a zone: what a date field shows, and the instant that it means there.

const MINUTE_MS = 60_000;

/** The zone of whoever looks. */
export const own_zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {string} zone */
export function is_zone(zone) {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Every zone this browser knows, one's own among them. */
export const all_zones = () => [
  ...new Set(['UTC', own_zone(), ...(Intl.supportedValuesOf?.('timeZone') ?? [])]),
];

/**
 * As a date field has it: `2026-03-04T14:30`.
 * @param {number} at @param {string} zone
 */
export function wall_time(at, zone) {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.year.padStart(4, '0')}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/**
 * How far a zone's clocks are ahead of UTC at an instant.
 * @param {number} at @param {string} zone
 */
const ahead_ms = (at, zone) =>
  Date.parse(`${wall_time(at, zone)}Z`) - Math.floor(at / MINUTE_MS) * MINUTE_MS;

/**
 * The instant a date field means in a zone; null where it holds no date. A time that the clocks
 * skip in spring is the one an hour later; one they show twice in autumn is the first.
 * @param {string} wall @param {string} zone
 */
export function instant_of(wall, zone) {
  const as_utc = Date.parse(`${wall}Z`);
  if (Number.isNaN(as_utc)) return null;
  const day_ms = 24 * 60 * MINUTE_MS;
  const offsets = [ahead_ms(as_utc - day_ms, zone), ahead_ms(as_utc + day_ms, zone)];
  const fits = offsets.find((each) => wall_time(as_utc - each, zone) === wall.slice(0, 16));
  return as_utc - (fits ?? offsets[0]);
}
