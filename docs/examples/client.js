// A whole client: node client.js LINK NAME [WORDS…]. Says the words in its room, prints what it hears.
const { randomUUID } = require('node:crypto');
const WebSocket = globalThis.WebSocket ?? require('ws'); // built in from Node 22 on, and in browsers

async function join(server, invite, name) {
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', headers, body: JSON.stringify({ invite, name }) };
  return (await fetch(`${server}/api/v1/sessions`, request)).json();
}

function live(socket, { token, event }, held, names, unsent) {
  const command = (id, cmd, d) => socket.send(JSON.stringify({ id, cmd, d }));
  const [client, heard] = [{ name: 'forty-lines', version: '1' }, []];
  let number = 100; // a command's number only ever rises
  socket.onopen = () => command(1, 'hello', { token, event, client, resume: Object.fromEntries(held) });
  socket.onmessage = (frame) => frame.data.split('\n').map(JSON.parse).forEach(hear); // one object or several
  function hear({ id, ok, err, push, stream, by, offset, ping, data }) {
    if (err) throw new Error(err.message);
    if (id === 1) {
      for (const lost of Object.keys(ok.reset)) held.delete(lost);
      for (const { id: talk, epoch, offset: top } of ok.conversations) {
        if (!held.has(`conversation:${talk}`)) held.set(`conversation:${talk}`, { epoch, offset: top });
      }
      // The same nonce: said once, however often sent.
      unsent.forEach((message, n) => command(n, 'message.send', { stream: `room:${ok.place.room}`, ...message }));
    } else if (ok) unsent.delete(id);
    else if (ping) socket.send(JSON.stringify({ pong: ping }));
    else if (push === 'stream.opened') held.set(stream, { epoch: data.epoch, offset: data.offset });
    else if (push === 'stream.closed') held.delete(stream);
    else if (offset) held.get(stream).offset = offset; // of every push, known or not
    for (const people of [ok?.people, data?.joined, data?.state?.people]) people?.forEach((each) => names.set(each.id, each.name));
    if (push === 'message.posted') {
      heard.push({ by, body: data.body });
      if (!names.has(by)) command(++number, 'person.get', { people: [by] });
    }
    while (names.has(heard[0]?.by)) console.log(`${names.get(heard[0].by)}: ${heard.shift().body}`);
  }
  return new Promise((resolve) => { socket.onclose = resolve; socket.onerror = () => {}; });
}

async function main(link, name, ...words) {
  const [server, invite] = link.split('/j/');
  const [session, held, names] = [await join(server, invite, name), new Map(), new Map()];
  const unsent = new Map(words.map((body, i) => [i + 2, { nonce: randomUUID(), body }]));
  for (;;) { // whatever ended the connection, come back to where we were
    const { code } = await live(new WebSocket(`ws${server.slice(4)}/ws`, 'hallway.v1'), session, held, names, unsent);
    if (code >= 4000 && code < 4100) throw new Error(`closed for good: ${code}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

main(...process.argv.slice(2));
