// Requests outside the socket: one way to ask, and the few that arriving needs.

/** What went wrong, with the same codes as on the wire. */
export class HttpProblem extends Error {
  /**
   * @param {string} code @param {string} [detail] @param {string | null} [field]
   * @param {number} [retry_after_ms] 0 where the server did not say
   */
  constructor(code, detail = '', field = null, retry_after_ms = 0) {
    super(detail || code);
    this.code = code;
    this.field = field;
    this.retry_after_ms = retry_after_ms;
  }
}

/** @param {string} method @param {string} path @param {any} [body] @returns {Promise<Response>} */
async function answer_to(method, path, body) {
  let response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : undefined,
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new HttpProblem('unreachable');
  }
  if (response.ok) return response;
  const fallback = response.status === 404 ? 'not_found' : 'internal';
  const {
    code = fallback,
    detail,
    field,
    retry_after_ms,
  } = await response.json().catch(() => ({}));
  throw new HttpProblem(code, detail, field, retry_after_ms);
}

/** @param {string} method @param {string} path @param {any} [body] @returns {Promise<any>} */
export const request = async (method, path, body) =>
  (await answer_to(method, path, body)).json().catch(() => ({}));

/** What is not JSON. @param {string} path */
export const read_text = async (path) => (await answer_to('GET', path)).text();

/** @param {string} invite */
export const get_invite = (invite) => request('GET', `/invites/${encodeURIComponent(invite)}`);

/**
 * Someone this browser knows; without an event where they are in none.
 * @typedef {{slot: number, person: string, name: string, event?: string, title?: string}} Known
 */

/** @returns {Promise<Known[]>} */
export const get_sessions = async () => (await request('GET', '/sessions')).sessions ?? [];

/** @param {Record<string, any>} body */
export const create_session = (body) => request('POST', '/sessions', body);
