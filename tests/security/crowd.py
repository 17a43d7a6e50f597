"""Many people at once for the security tests: sockets that are read in bulk, in processes of their own, so that
hundreds of them cost the machine little and the one who measures is not held up by them.

A body `say:<nonce>:<ns>` carries when it was sent; the clock is the machine's own, the same in every process."""

import json
import os
import re
import select
import socket
import struct
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "faults"))
from wire import Client, Closed  # noqa: E402  (stands in the folder beside this one)

ACKNOWLEDGED = re.compile(rb'"id":(\d+),"ok":\{"offset":(\d+)')
REFUSED = re.compile(rb'"id":(\d+),"err":\{"code":"(\w+)"')
SAID = re.compile(rb'"push":"message\.posted"[^\n]*?"body":"say:(\w+):(\d+)"')
TAIL_BYTES = 400  # of what was read, kept for an object that is cut in two
BULK_BYTES = 1 << 18


def frame(text):
    """A text frame with a mask of zeros."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes([0x81, 0x80 | size]) + bytes(4) + payload
    return bytes([0x81, 0x80 | 126]) + struct.pack(">H", size) + bytes(4) + payload


class Line:
    """Somebody in the event, whose socket is read without being waited for."""

    def __init__(self, port, session, arrive=lambda client: None):
        """`arrive` may ask for things first, and wait for the answers."""
        self.session = session
        self.person = session["person"]["id"]
        client = Client("127.0.0.1", port, session, limit_s=60)
        self.hello = client.hello
        arrive(client)
        self.streams = list(self.hello["streams"])
        self.socket = client.release()
        self.socket.setblocking(False)
        # Two sends in a row must not wait for an acknowledgement: that would be measured too.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_open = True
        self.acknowledged = {}  # id: offset
        self.refused = {}  # id: code
        self.heard = []  # (nonce, sent at in ns, heard at in ns)
        self.close_code = None
        self._tail = b""
        self._next_id = 1000
        self._unsent = b""
        self._ponged = time.monotonic()

    def command(self, cmd, data):
        """The text of a command and its id; several go into one frame, joined by line ends."""
        self._next_id += 1
        return self._next_id, json.dumps({"id": self._next_id, "cmd": cmd, "d": data})

    def send(self, text):
        self._unsent += frame(text)
        self.flush()

    def keep_alive(self):
        if time.monotonic() - self._ponged > 8:
            self._ponged = time.monotonic()
            self.send('{"pong":1}')

    def flush(self):
        try:
            while self._unsent and self.is_open:
                self._unsent = self._unsent[self.socket.send(self._unsent):]
        except BlockingIOError:
            pass
        except OSError:
            self._lost()

    def discard(self):
        """Takes what has come without looking at it, so that the kernel copies nothing."""
        self._take(lambda: self.socket.recv(BULK_BYTES, socket.MSG_TRUNC))
        self._tail = b""

    def read(self):
        """Takes what has come, and notes what was acknowledged, refused and said."""
        chunk = self._take(lambda: self.socket.recv(BULK_BYTES))
        if not chunk:
            return
        now_ns = time.monotonic_ns()
        text = self._tail + chunk
        for pattern, into in ((ACKNOWLEDGED, self.acknowledged), (REFUSED, self.refused)):
            for found in pattern.finditer(text):
                number, what = found.groups()
                into.setdefault(int(number), what.decode())
        for nonce, sent_ns in SAID.findall(text):
            self.heard.append((nonce.decode(), int(sent_ns), now_ns))
        self._tail = text[-TAIL_BYTES:]
        if len(text) >= 4 and text[-4] == 0x88:  # a close frame is the last that comes
            self.close_code = struct.unpack(">H", text[-2:])[0]

    def _take(self, receive):
        if not self.is_open:
            return b""
        try:
            chunk = receive()
        except BlockingIOError:
            return b""
        except OSError:
            chunk = b""
        if not chunk:
            self._lost()
        return chunk

    def _lost(self):
        self.is_open = False
        self.socket.close()


def listen(lines, until):
    """Reads those lines as soon as something comes, until `until()`; who only listens still pongs."""
    poll = select.epoll()
    by_number = {}
    for line in lines:
        by_number[line.socket.fileno()] = line
        poll.register(line.socket.fileno(), select.EPOLLIN)
    while not until():
        for number, _ in poll.poll(0.05):
            by_number[number].read()
        for line in lines:
            line.keep_alive()
    poll.close()


def first_of_each(line):
    """A message that stood at the end of one reading is found again in the next: once is enough."""
    seen, heard = set(), []
    for nonce, sent_ns, heard_ns in line.heard:
        if nonce not in seen:
            seen.add(nonce)
            heard.append((nonce, sent_ns, heard_ns))
    return heard


__all__ = ["Client", "Closed", "Line", "first_of_each", "listen"]
