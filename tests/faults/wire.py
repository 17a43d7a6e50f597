"""A blocking client of hallway.v1 for the fault tests: standard library only, one person, one socket."""

import base64
import itertools
import json
import os
import select
import socket
import struct
import time
import urllib.request


def join(base_url, link, name):
    """Makes a person through an invitation link; gives the answer of POST /api/v1/sessions."""
    body = json.dumps({"invite": link.rsplit("/", 1)[1], "name": name}).encode()
    request = urllib.request.Request(
        base_url + "/api/v1/sessions", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


class Closed(Exception):
    """The connection went; code is the server's close code, or 0."""

    def __init__(self, code):
        super().__init__(f"closed with {code}")
        self.code = code


class Client:
    """Says hello when made, as whoever the session is; without one, as nobody, and not at all.
    What is pushed while waiting for a reply stays in .pushes."""

    def __init__(self, host, port, session, resume=None, limit_s=10):
        self.pushes = []
        self._ids = itertools.count(1)
        self._bytes = b""
        self._objects = []
        self._fragments = b""
        self._socket = socket.create_connection((host, port), timeout=limit_s)
        self._upgrade(f"{host}:{port}")
        if session is None:
            return
        hello = {"token": session["token"], "event": session["event"],
                 "client": {"name": "fault-test", "version": "1"}}
        if resume:
            hello["resume"] = resume
        self.hello = self.ask("hello", hello)["ok"]

    def ask(self, cmd, data, limit_s=10):
        """Sends one command and gives its whole reply, {"ok": …} or {"err": …}."""
        return self.answer_to(self.say(cmd, data), limit_s)

    def listen(self, seconds, wanted=None):
        """Takes what is pushed for this long, or until a push of that name, which it gives."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if not self._objects and not self._bytes:
                if not select.select([self._socket], [], [], left)[0]:
                    return None
            answer = self._next(time.monotonic() + 10)
            if "push" in answer and answer["push"] == wanted:
                return answer
        return None

    def say(self, cmd, data):
        """Sends a command and waits for nothing; its id, for answer_to()."""
        number = next(self._ids)
        self._send(json.dumps({"id": number, "cmd": cmd, "d": data}))
        return number

    def answer_to(self, number, limit_s=10):
        """The whole reply to a command that was said."""
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            answer = self._next(deadline)
            if answer.get("id") == number:
                return answer
        raise TimeoutError(f"no answer to command {number}")

    def send_message(self, stream, body, nonce, limit_s=10):
        return self.ask("message.send", {"stream": stream, "body": body, "nonce": nonce}, limit_s)

    def history(self, stream):
        """All messages of a stream, oldest first."""
        messages, before = [], None
        while True:
            data = {"stream": stream, "limit": 100}
            if before:
                data["before"] = before
            page = self.ask("message.history", data)["ok"]
            messages = page["messages"] + messages
            if not page.get("more") or not page["messages"]:
                return messages
            before = page["messages"][0]["offset"]

    def close(self):
        self._socket.close()

    def release(self):
        """The socket, for one who reads it from here on; what was read and not yet taken is lost."""
        return self._socket

    def _upgrade(self, host):
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            f"GET /ws HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: hallway.v1\r\n\r\n".encode())
        while b"\r\n\r\n" not in self._bytes:
            self._fill()
        head, self._bytes = self._bytes.split(b"\r\n\r\n", 1)
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(head.decode("latin-1"))

    def _send(self, text):
        self._send_frame(0x1, text.encode())

    def _send_frame(self, opcode, payload):
        size = len(payload)
        head = bytes([0x80 | opcode])
        if size < 126:
            head += bytes([0x80 | size])
        else:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        self._socket.sendall(head + bytes(4) + payload)  # a mask of zero

    def _next(self, deadline):
        while not self._objects:
            self._read_message(deadline)
        answer = self._objects.pop(0)
        if "ping" in answer:
            self._send(json.dumps({"pong": answer["ping"]}))
        elif "push" in answer:
            self.pushes.append(answer)
        return answer

    def _read_message(self, deadline):
        head = self._take(2, deadline)
        size = head[1] & 0x7F
        if size == 126:
            size = struct.unpack(">H", self._take(2, deadline))[0]
        elif size == 127:
            size = struct.unpack(">Q", self._take(8, deadline))[0]
        payload = self._take(size, deadline)
        opcode = head[0] & 0x0F
        if opcode == 0x8:
            raise Closed(struct.unpack(">H", payload[:2])[0] if size >= 2 else 0)
        if opcode == 0x9:
            self._send_frame(0xA, payload)
        elif opcode in (0x0, 0x1):
            self._fragments += payload
            if head[0] & 0x80:  # the last part of a message
                text, self._fragments = self._fragments.decode(), b""
                self._objects += [json.loads(line) for line in text.split("\n") if line]

    def _take(self, size, deadline):
        while len(self._bytes) < size:
            self._socket.settimeout(max(0.01, deadline - time.monotonic()))
            self._fill()
        taken, self._bytes = self._bytes[:size], self._bytes[size:]
        return taken

    def _fill(self):
        try:
            fresh = self._socket.recv(65536)
        except TimeoutError:
            raise TimeoutError("the server did not answer in time") from None
        except OSError:
            fresh = b""
        if not fresh:
            raise Closed(0)
        self._bytes += fresh
