// The few requests outside the socket: the invitation's look, who this browser knows, coming in.

/** What went wrong, with the same codes as on the wire. */
export class HttpProblem extends Error {
  /** @param {string} code @param {string} detail @param {string | null} field */
  constructor(code, detail, field) {
    super(detail || code);
    this.code = code;
    this.field = field;
  }
}

/** @param {string} method @param {string} path @param {any} [body] @returns {Promise<any>} */
async function request(method, path, body) {
  let response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : undefined,
      body: body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw new HttpProblem('unreachable', '', null);
  }
  const data = await response.json().catch(() => ({}));
  if (response.ok) return data;
  const fallback = response.status === 404 ? 'not_found' : 'internal';
  throw new HttpProblem(data.code ?? fallback, data.detail ?? '', data.field ?? null);
}

/** @param {string} invite */
export const get_invite = (invite) => request('GET', `/invites/${encodeURIComponent(invite)}`);

/**
 * @returns {Promise<{slot: number, person: string, name: string, event: string, title: string}[]>}
 */
export const get_sessions = async () => (await request('GET', '/sessions')).sessions ?? [];

/** @param {Record<string, any>} body */
export const create_session = (body) => request('POST', '/sessions', body);
