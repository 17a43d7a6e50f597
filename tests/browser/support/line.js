// A line to the server that a test can cut and mend, as a train does to a network.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class Line {
  #to;
  #server;
  #is_cut = false;
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();

  /** @param {string} origin where the line leads, `http://127.0.0.1:PORT` */
  static async to(origin) {
    const line = new Line();
    line.#to = Number(new URL(origin).port);
    line.#server = createServer((socket) => line.#pass(socket));
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  /** The same link, over this line. @param {string} link */
  over(link) {
    const url = new URL(link);
    url.port = String(this.#server.address().port);
    return url.href;
  }

  cut() {
    this.#is_cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#is_cut = false;
  }

  close() {
    this.cut();
    this.#server.close();
  }

  #pass(socket) {
    if (this.#is_cut) {
      socket.destroy();
      return;
    }
    const far = connect(this.#to, '127.0.0.1');
    for (const each of [socket, far]) {
      this.#sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        this.#sockets.delete(each);
        socket.destroy();
        far.destroy();
      });
    }
    socket.pipe(far);
    far.pipe(socket);
  }
}
