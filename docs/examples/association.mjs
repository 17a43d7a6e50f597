// An association's web site that sends its signed-in member into a group's event with one click.
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const { PORT = '3000', SITE = `http://localhost:${PORT}`, HALLWAY = 'http://localhost:8080', SECRET = '', TO = '/' } = process.env;
const members = new Map([
  ['ada', { name: 'Ada Lovelace', org: 'The club', roles: ['board'], groups: ['chess'] }],
  ['bo', { name: 'Bo', org: 'The club', roles: [], groups: ['chess'] }],
]);

/** Who is signed in on this site. Here a cookie says so, which anybody can write: put your site's own session in its place. */
const member_of = (request) => /(?:^|; )member=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function link_for(login) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: SITE, aud: HALLWAY, sub: login, jti: randomUUID(), iat: now, exp: now + 60, ...members.get(login) };
  const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  const signature = createHmac('sha256', SECRET).update(text).digest('base64url');
  return `${HALLWAY}/sso#jwt=${text}.${signature}&to=${encodeURIComponent(TO)}`;
}

createServer((request, answer) => {
  const login = member_of(request);
  if (request.url === '/meet' && members.has(login)) {
    answer.writeHead(303, { Location: link_for(login), 'Cache-Control': 'no-store' }).end();
  } else {
    answer.setHeader('Content-Type', 'text/html').end('<p>Tonight: <a href="/meet">our round of tables</a>, for members');
  }
}).listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${SITE}`));
