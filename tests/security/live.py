"""Attacks over a socket on a running server, and what acts on sockets that stand open: S3, S4, S11, S17, S18 and S19.
Each takes a Bench, notes in it what did not hold, and gives what was done as a sentence."""

import glob
import json
import os
import re
import time

from web import ask
from wire import Client, Closed, join

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
AT_ONCE_S = 1.0
FAST = ("--limits.commands_per_s=10000", "--limits.commands_burst=100000",
        "--limits.messages_per_s=1000", "--limits.messages_burst=1000",
        "--limits.joins_per_s=10000", "--limits.joins_burst=100000")


def examples():
    """Every command of the wire as the documents show it."""
    frames = []
    for path in sorted(glob.glob(os.path.join(ROOT, "protocol/examples/commands/*.json"))):
        with open(path, encoding="utf-8") as file:
            frame = json.load(file)["frame"]
        if "cmd" in frame:
            frames.append({"id": 1, "cmd": frame["cmd"], "d": frame.get("d", {})})
    return frames


class Raw(Client):
    """A socket on which nobody has said hello yet."""

    def __init__(self, server):
        super().__init__("127.0.0.1", server.port, None)

    def say_text(self, text):
        self._send(text)

    def next(self, limit_s=5):
        return self._next(time.monotonic() + limit_s)

    def code_of_close(self, limit_s=5):
        try:
            while True:
                self.next(limit_s)
        except Closed as closed:
            return closed.code
        except TimeoutError:
            return None


class Guest:
    """Somebody in the event, with their session and their socket."""

    def __init__(self, server, role, name):
        self.server = server
        self.session = join(server.url, server.links[role], name)
        self.id = self.session["person"]["id"]
        self.client = Client("127.0.0.1", server.port, self.session)
        event = self.client.hello["event"]
        self.event = event["id"]
        self.rooms = {room["kind"]: room for room in event["rooms"]}
        self.lobby = "room:" + self.rooms["lobby"]["id"]

    def ask(self, cmd, **data):
        return self.client.ask(cmd, data)

    def code(self, cmd, **data):
        answer = self.ask(cmd, **data)
        return answer["err"]["code"] if "err" in answer else "ok"

    def say(self, body, nonce, stream=None):
        return self.client.send_message(stream or self.lobby, body, nonce)

    def close_code(self, limit_s=5):
        try:
            self.client.listen(limit_s)
        except Closed as closed:
            return closed.code
        return None


def before_hello(bench):
    """S3: whatever is asked before hello is refused, and the socket closes 4001."""
    server = bench.server()
    server.start()
    commands = [frame for frame in examples() if frame["cmd"] != "hello"]
    for frame in commands:
        raw = Raw(server)
        raw.say_text(json.dumps(frame))
        answer = raw.next()
        code = answer.get("err", {}).get("code")
        closed = raw.code_of_close()
        bench.expect(code == "unauthenticated" and closed == 4001,
                     f"{frame['cmd']} before hello: {code}, closed {closed}")
    for token in ("", "x", "x" * 43, "../../etc/passwd", "' OR 1=1 --"):
        raw = Raw(server)
        raw.say_text(json.dumps({"id": 1, "cmd": "hello", "d": {
            "token": token, "client": {"name": "x", "version": "1"}}}))
        answer = raw.next()
        bench.expect("err" in answer and raw.code_of_close() == 4001,
                     f"hello with the token {token!r} was answered {str(answer)[:80]}")
    server.stop()
    return f"{len(commands)} commands before hello: unauthenticated, closed 4001; 5 false tokens"


def timed(bench, what, act, effect):
    """Seconds from the moment before `act` until `effect()` gave true."""
    began = time.monotonic()
    act()
    held = effect()
    seconds = time.monotonic() - began
    bench.expect(held and seconds < AT_ONCE_S, f"{what} took {seconds:.3f} s (held: {held})")
    return what, seconds


def at_once(bench):
    """S4: signing out, a ban, a removal, a role and a mute act on sockets that stand open."""
    server = bench.server(*FAST)
    server.start()
    ora, mo = Guest(server, "organiser", "Ora"), Guest(server, "moderator", "Mo")
    ada, bo, cy, di, eva = (Guest(server, "member", name) for name in
                            ("Ada", "Bo", "Cy", "Di", "Eva"))

    def sign_out():
        status = ask(server, "DELETE", "/api/v1/sessions/current",
                     {"Authorization": "Bearer " + ada.session["token"]})[0]
        bench.expect(status == 204, f"signing out was answered {status}")

    def is_hushed():
        return eva.say("still here", "mute-0002")["err"]["code"] == "muted"

    bench.expect("ok" in eva.say("here", "mute-0001"), "Eva could not speak before")
    bench.expect(di.code("event.lockdown", on=True) == "forbidden", "a member may lock down")
    times = [
        timed(bench, "signing out", sign_out, lambda: ada.close_code() == 4002),
        timed(bench, "removal", lambda: mo.ask("person.remove", person=bo.id, reason="rude"),
              lambda: bo.close_code() == 4003),
        timed(bench, "a ban", lambda: mo.ask("person.ban", person=cy.id, reason="rude"),
              lambda: cy.close_code() == 4003),
        timed(bench, "a role given", lambda: ora.ask("role.grant", person=di.id, role="moderator"),
              lambda: di.code("event.lockdown", on=True) == "ok"),
        timed(bench, "a role taken", lambda: ora.ask("role.revoke", person=di.id),
              lambda: di.code("event.lockdown", on=False) == "forbidden"),
        timed(bench, "a mute", lambda: mo.ask("person.mute", person=eva.id, minutes=5,
                                              scope="chat", reason="loud"), is_hushed)]
    told = [push["push"] for push in di.client.pushes]
    bench.expect("role.granted" in told and "role.revoked" in told, f"Di was told {told[-4:]}")
    for who in (bo, cy):
        raw = Raw(server)
        raw.say_text(json.dumps({"id": 1, "cmd": "hello", "d": {
            "token": who.session["token"], "event": who.event,
            "client": {"name": "x", "version": "1"}}}))
        code = raw.next().get("err", {}).get("code")
        bench.expect(code in ("banned", "forbidden"), f"who was sent away came back: {code}")
    server.stop()
    return "; ".join(f"{what} {seconds * 1000:.1f} ms" for what, seconds in times)


WRONG = [None, True, -1, 2 ** 70, 1.5, "", "\x00", [], [[]], {}, {"a": 1}]


def broken_objects():
    """What is no sound command, by what is wrong with it."""
    deep = '{"a":' * 17 + "1" + "}" * 17
    yield "nesting", '{"id":%d,"cmd":"clock","d":' + deep + "}"
    yield "arrays in arrays", '{"id":%d,"cmd":"clock","d":' + "[" * 2000 + "]" * 2000 + "}"
    yield "a key twice", '{"id":%d,"cmd":"clock","cmd":"bye","d":{}}'
    yield "a key twice inside", '{"id":%d,"cmd":"clock","d":{"sent_at":1,"sent_at":2}}'
    yield "a huge number", '{"id":%d,"cmd":"clock","d":{"sent_at":1e999}}'
    yield "a long number", '{"id":%d,"cmd":"clock","d":{"sent_at":' + "9" * 400 + "}}"
    yield "half a number", '{"id":%d,"cmd":"clock","d":{"sent_at":1.5}}'
    yield "an unknown command", '{"id":%d,"cmd":"person.promote","d":{}}'
    yield "a command by number", '{"id":%d,"cmd":7,"d":{}}'
    yield "data that is no object", '{"id":%d,"cmd":"clock","d":[]}'
    yield "no command", '{"id":%d}'
    yield "half a surrogate", '{"id":%d,"cmd":"clock","d":{"sent_at":"\\ud800"}}'
    yield "not JSON", "hello %d"
    yield "NaN", '{"id":%d,"cmd":"clock","d":{"sent_at":NaN}}'
    yield "a comment", '{"id":%d,/* */"cmd":"clock","d":{}}'
    yield "cut off", '{"id":%d,"cmd":"clock","d":{"sent_at":1'
    yield "two values", '{"id":%d,"cmd":"clock","d":{}} {}'
    yield "no object", "[%d]"
    yield "a prototype", '{"id":%d,"cmd":"clock","d":{"__proto__":{"role":"organiser"}},"id":0}'


def wrong_types(bench, guest, mute):
    """Each field of each command in turn as everything that it is not: refused by its name."""
    count = 0
    for frame in examples():
        if frame["cmd"] in mute:
            continue
        for field in frame["d"]:
            for wrong in WRONG:
                if type(wrong) is type(frame["d"][field]) and not isinstance(wrong, str):
                    continue
                answer = guest.client.ask(frame["cmd"], frame["d"] | {field: wrong})
                count += 1
                error = answer.get("err")
                is_named = error and (error["code"] != "bad_request" or "field" in error)
                # What is optional may be left out as null or as nothing.
                bench.expect(is_named or "ok" in answer,
                             f"{frame['cmd']}.{field} = {wrong!r} was answered {error}")
                if isinstance(wrong, (list, dict)) and not isinstance(
                        frame["d"][field], (list, dict)):
                    bench.expect(bool(error) and error.get("field", "").startswith(field),
                                 f"{frame['cmd']}.{field} = {wrong!r} was answered {answer}")
    return count


def objects(bench):
    """S11: what is malformed is refused by field; nothing closes, nothing falls over."""
    server = bench.server(*FAST)
    server.start()
    raw = Raw(server)
    guest = Guest(server, "member", "Ada")
    session = guest.session
    raw.say_text(json.dumps({"id": 1, "cmd": "hello", "d": {
        "token": session["token"], "event": session["event"],
        "client": {"name": "x", "version": "1"}}}))
    bench.expect("ok" in raw.next(), "hello was refused")
    kinds = list(broken_objects())
    for number, (what, text) in enumerate(kinds, start=10):
        raw.say_text(text.replace("%d", str(number)))
        answer = raw.next()
        while "push" in answer:
            answer = raw.next()
        code = answer.get("err", {}).get("code")
        bench.expect(code in ("bad_request", "unknown_cmd"), f"{what}: {str(answer)[:120]}")
    count = wrong_types(bench, guest, mute=("hello", "bye"))
    bench.expect("ok" in guest.ask("clock", sent_at=1), "the socket no longer answers")
    bench.expect(server.process.poll() is None, "the server ended")
    server.stop()
    return f"{len(kinds)} kinds of broken objects, {count} wrong values of {len(examples())} commands"


BIDI = ("\u202e\u2066\u200f"
        "\u2028\u0085\u061c")
FORGED = "\r\nlevel=error FORGED \x1b[31m" + BIDI


def log(bench):
    """S17: whatever a name, a path or a header carries, an entry is a line, and no secret is in it."""
    tokens, found = set(), []
    for style in ("text", "json"):
        server = bench.server("--log.level=debug", f"--log.format={style}", *FAST,
                              data=bench.path("data-" + style))
        server.start()
        tokens |= {link.rsplit("/", 1)[1] for link in server.links.values()}
        link = server.links["member"].rsplit("/", 1)[1]
        for field in ("name", "about", "ask", "offer", "org", "title"):
            body = {"invite": link, "name": "Ada"} | {field: "a" + FORGED}
            status = ask(server, "POST", "/api/v1/sessions", {}, body)[0]
            bench.expect(status == 400, f"a {field} with controls was answered {status}")
        ada = Guest(server, "member", "Ada")
        tokens.add(ada.session["token"])
        ada.say("MARKED-BODY " + FORGED, "log-000001")
        ada.ask("message.search", query="MARKED-QUERY")
        for path in (f"/api/v1/invites/{link}", f"/j/{link}", "/%0d%0alevel=error%20FORGED%1b[31m",
                     f"/ws?token={ada.session['token']}", f"/e/x?t={ada.session['token']}"):
            ask(server, "GET", path, {"Authorization": "Bearer " + ada.session["token"],
                                      "Cookie": "hallway_0=" + ada.session["token"],
                                      "User-Agent": "\x9b31m FORGED \u00ad",
                                      "X-Forwarded-For": "FORGED, 1.2.3.4"})
        raw = Raw(server)
        raw.say_text(json.dumps({"id": 1, "cmd": "hello", "d": {
            "token": ada.session["token"], "event": ada.event,
            "client": {"name": "FORGED\nlevel=error" + BIDI, "version": "\x1b[2J"}}}))
        raw.next()
        ada.ask("hello", token="MARKED-BODY")
        server.stop()
    with open(bench.path("server.log"), "rb") as file:
        written = file.read()
    lines = written.decode("utf-8").split("\n")
    begins = re.compile(r"^(\{|\d{4}-\d\d-\d\d|\[|$)")
    found += [line for line in lines if not begins.match(line)]
    bench.expect(not found, f"a line that no entry begins: {found[:2]}")
    bench.expect(len(lines) > 20, "hardly anything was logged")
    for mark in ("\x1b", "\x9b", "\r", *BIDI):
        bench.expect(mark not in written.decode(), f"U+{ord(mark):04x} stands in the log")
    for secret in (*tokens, "MARKED-BODY", "MARKED-QUERY"):
        bench.expect(secret.encode() not in written, "a token or words stand in the log")
    return f"{len(lines)} lines of log searched for {len(tokens)} tokens, words, controls, forged lines"


def confidential(bench):
    """S18: not offered. Rooms that should leave no trace are refused, never made as ordinary ones."""
    server = bench.server(*FAST)
    server.start()
    ora = Guest(server, "organiser", "Ora")
    answers = [ora.ask("room.create", nonce="room-0001", name="Quiet", kind="plenary",
                       confidential=True),
               ora.ask("room.update", room=ora.rooms["plenary"]["id"], confidential=True)]
    for answer in answers:
        error = answer.get("err", {})
        bench.expect(error.get("code") == "bad_request" and error.get("field") == "confidential",
                     f"a confidential room was answered {str(answer)[:100]}")
    status, _, body = ask(server, "POST", "/api/v1/events",
                          {"Authorization": "Bearer " + ora.session["token"]},
                          {"title": "Quiet", "rooms": [{"name": "Q", "kind": "plenary",
                                                        "confidential": True}]})
    bench.expect(status in (400, 403), f"an event with one was answered {status}")
    rooms = ora.ask("stream.snapshot", stream="event:" + ora.event)["ok"]["state"]["event"]["rooms"]
    bench.expect(not any(room["confidential"] or room["name"] == "Quiet" for room in rooms),
                 "a room is there that should have been refused")
    server.stop()
    return "not offered: confidential rooms are refused by field, on the socket and over HTTP"


class Overheard(Guest):
    """Somebody of whom every frame is kept as it came."""

    def frames(self):
        self.client.listen(0.3)
        return json.dumps([self.client.hello, self.client.pushes])


def hidden(bench):
    """S19: what is not for somebody is in none of their frames, from hello to the last push."""
    server = bench.server(*FAST)
    server.start()
    eve, mo = Overheard(server, "member", "Eve"), Overheard(server, "moderator", "Mo")
    ada, bo = Overheard(server, "member", "Ada"), Overheard(server, "member", "Bo")
    hall, table = ada.rooms["tables"]["id"], None
    for each in (eve, ada, bo, mo):
        each.ask("room.enter", room=hall)
    seen = ada.ask("stream.snapshot", stream="room:" + hall)["ok"]["state"]["room"]["tables"]
    table = seen[0]["id"]
    for each in (ada, bo):
        bench.expect(each.code("table.sit", table=table) == "ok", "nobody could sit")
    ada.say("SECRET-TABLE", "hide-0001", "table:" + table)
    ada.ask("conversation.start", people=[bo.id], nonce="hide-0002", body="SECRET-PRIVATE")
    ada.ask("card.update", came_with=[bo.id])
    bo.ask("card.update", came_with=[ada.id])
    ada.ask("person.block", person=eve.id)
    mo.ask("filter.set", on=True, words=["secretword"])
    ada.say("SECRETWORD SECRET-HELD", "hide-0003", "room:" + hall)
    eve.say("hello", "hide-0004", "room:" + hall)
    said = [message for message in eve.client.history("room:" + hall) if message["by"] == eve.id]
    ada.ask("report.file", nonce="hide-0005", stream="room:" + hall, offset=said[-1]["offset"],
            reason="SECRET-REPORT")
    mo.ask("person.warn", person=ada.id, reason="SECRET-WARNING")
    bo.ask("message.search", query="SECRET")
    asked = [eve.ask("message.search", query="SECRET"), eve.ask("audit.list"),
             eve.ask("message.history", stream="table:" + table, limit=50),
             eve.ask("stream.snapshot", stream="desk:" + eve.event),
             eve.ask("person.get", people=[ada.id, bo.id]), eve.ask("person.list", limit=100)]
    again = Client("127.0.0.1", server.port, eve.session)
    again.listen(0.3)
    frames = eve.frames() + json.dumps([asked, again.hello, again.pushes])
    for mark in ("SECRET", "came_with", "blocked_by", ada.session["token"], bo.session["token"],
                 eve.session["token"]):
        bench.expect(mark not in frames, f"{mark[:16]} is in a frame of one it is hidden from")
    bench.expect('"blocked": ["' not in frames, "who blocks is told to the blocked")
    desk = mo.frames()
    for mark in ("SECRET-TABLE", "SECRET-PRIVATE", "came_with"):
        bench.expect(mark not in desk, f"{mark} is in a frame of the moderator")
    bench.expect("SECRET-REPORT" in desk and "SECRET-HELD" in desk, "the desk was told nothing")
    bench.expect("SECRET-TABLE" in bo.frames() and "SECRET-PRIVATE" in bo.frames(),
                 "Bo did not hear what was for him")
    error = mo.ask("room.update", room=hall, equality=True).get("err", {})
    bench.expect(error.get("field") == "equality", f"equality was answered {error}")
    server.stop()
    return f"{len(frames) + len(desk)} bytes of frames searched for 8 secrets of others"
