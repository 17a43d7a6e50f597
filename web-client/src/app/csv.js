// Reads comma-separated values (RFC 4180): quoted fields may hold commas, quotes and line breaks.

/** @param {string} text @returns {string[][]} its rows, the heading first */
export function parse_csv(text) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const end = text.replace(/(\r?\n)+$/, '').replace(/^\uFEFF/, '');
  while (field.lastIndex <= end.length && end.length > 0) {
    const found = field.exec(end);
    if (!found) break;
    row.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    if (found[3] === ',') continue;
    rows.push(row);
    row = [];
    if (found[3] === '') break;
  }
  return rows;
}
