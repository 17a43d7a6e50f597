// A browser without a window: cookies by origin, redirects by hand, forms filled in.

/** What a page has to send, hidden fields included. @param {string} html */
function form_of(html) {
  const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
  if (!action) throw new Error(`no form on the page:\n${html}`);
  const fields = new URLSearchParams();
  for (const [input] of html.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(input)?.[1];
    if (name) fields.set(name, /value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  return { action: action.replaceAll('&amp;', '&'), fields };
}

export class Browser {
  /** @type {Map<string, Map<string, string>>} */
  #cookies = new Map();

  /** @param {string} url @param {RequestInit} [how] */
  async ask(url, how = {}) {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map();
    this.#cookies.set(origin, jar);
    const headers = new Headers(how.headers);
    if (jar.size) headers.set('Cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(url, { ...how, headers, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value && !/expires=Thu, 01 Jan 1970/i.test(set)) jar.set(name, value);
      else jar.delete(name);
    }
    return answer;
  }

  /** Follows redirects and signs in where a form asks, until a page of `home`. @param {string} url @param {string} home @param {string} login */
  async go(url, home, login) {
    let answer = await this.ask(url);
    for (let steps = 0; steps < 20; ++steps) {
      const to = answer.headers.get('location');
      if (to) {
        const next = new URL(to, url);
        if (next.origin === home && !next.pathname.startsWith('/auth/')) return { at: next, answer };
        url = next.href;
        answer = await this.ask(url);
        continue;
      }
      if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
      const { action, fields } = form_of(await answer.text());
      if (fields.has('login')) fields.set('login', login);
      if (fields.has('password')) fields.set('password', 'anything');
      url = new URL(action, url).href;
      answer = await this.ask(url, { method: 'POST', body: fields });
    }
    throw new Error('it goes round in circles');
  }

  /** @param {string} origin */
  cookies(origin) {
    return new Map(this.#cookies.get(origin));
  }
}
