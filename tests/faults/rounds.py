"""The faults of docs/reliability.md that are done to rounds: R10 and R11."""

import random
import time

from wire import Client, Closed, join

SEATED = 9  # members: at tables of three and more, none of them alone
ANNOUNCE_S = 3
WRAP_S = 4
LATE_MS = 1000  # how late "on time" may be
COUNTDOWN_MS = 250
JITTER_S = 0.3
SKEW_S = 600
CLOCK_SAMPLES = 4  # those of the web client in its first seconds


class Person:
    """Somebody in the room of tables, through any number of connections and lives of the server.
    Remembers all that was ever pushed, and resumes where they stood."""

    def __init__(self, server, role, name):
        self._server = server
        self._session = join(server.url, server.links[role], name)
        self._points = {}
        self.heard = []
        self.connect()
        self.room = next(room["id"] for room in self._client.hello["event"]["rooms"]
                         if room["kind"] == "tables")
        self.ask("room.enter", {"room": self.room})

    @property
    def id(self):
        return self._session["person"]["id"]

    @property
    def place(self):
        return self._client.hello["place"]

    def connect(self):
        self._client = Client("127.0.0.1", self._server.port, self._session, self._points)
        for stream in self._client.hello.get("reset", {}):
            self._points.pop(stream, None)
        self.listen(0.05)

    def vanish(self):
        """Goes without a word."""
        self._client.close()

    def ask(self, cmd, data):
        answer = self._client.ask(cmd, data)
        self._take_in()
        return answer

    def say(self, cmd, data):
        return self._client.say(cmd, data)

    def answer_to(self, number):
        answer = self._client.answer_to(number)
        self._take_in()
        return answer

    def listen(self, seconds, wanted=None):
        try:
            return self._client.listen(seconds, wanted)
        except Closed:
            return None
        finally:
            self._take_in()

    def pushed(self, name):
        return [push for push in self.heard if push["push"] == name]

    def round(self):
        """The round as the room's stream tells it now."""
        answer = self.ask("stream.snapshot", {"stream": "room:" + self.room})
        return answer["ok"]["state"]["room"]["round"]

    def _take_in(self):
        for push in self._client.pushes:
            stream, data = push.get("stream"), push.get("data", {})
            if push["push"] == "stream.opened":
                self._points[stream] = {"epoch": data["epoch"], "offset": data["offset"]}
            elif push["push"] == "stream.closed":
                self._points.pop(stream, None)
            elif "offset" in push and stream in self._points:
                self._points[stream]["offset"] = push["offset"]
        self.heard += self._client.pushes
        self._client.pushes = []


def quick_server(bench, wrap_s):
    server = bench.server(f"--rounds.announce_s={ANNOUNCE_S}", f"--rounds.wrap_s={wrap_s}")
    server.start()
    return server


def announcement(room, nonce):
    return {"room": room, "nonce": nonce, "options": {"size": 3, "minutes": 1, "rounds": 2}}


def announce_at_once(bench, one, other):
    """Both before either is answered: one is announced, the other is refused in friendship."""
    said = [(each, each.say("round.announce", announcement(each.room, f"announce-{number}")))
            for number, each in enumerate((one, other))]
    answers = [each.answer_to(number) for each, number in said]
    codes = sorted(answer.get("err", {}).get("code", "ok") for answer in answers)
    bench.expect(codes == ["conflict", "ok"], f"two who announce at once were answered {codes}")
    return one if "ok" in answers[0] else other


def restart(server, people):
    server.kill()
    for person in people:
        person.vanish()
    server.start()
    for person in people:
        person.connect()


def started_for_all(bench, members, starts_at):
    """The seats, by person, after checking that all were told the same, on time."""
    told = [member.listen(ANNOUNCE_S + 5, "round.started") or {} for member in members]
    bench.expect(all(push.get("offset") == told[0].get("offset") for push in told),
                 "not everybody was told of the same start")
    late_ms = told[0].get("at", 0) - starts_at
    bench.expect(0 <= late_ms <= LATE_MS, f"the round started {late_ms} ms after its time")
    seats = told[0].get("data", {}).get("seats", [])
    bench.expect(all(3 <= len(people) <= 5 for _, people in seats),
                 f"tables of {[len(people) for _, people in seats]}")
    taken = [person for _, people in seats for person in people]
    bench.expect(len(taken) == len(set(taken)) == len(members), "somebody has no seat, or two")
    return {person: table for table, people in seats for person in people}, late_ms


def kept(bench, members, seats):
    at_theirs = sum(member.place.get("table") == seats.get(member.id) for member in members)
    bench.expect(at_theirs == len(members),
                 f"after the restart {at_theirs} of {len(members)} are at their table")


def end_of_round(bench, server, members, lead, chance):
    """To the end by the clock, with restarts on the way; how late the end was."""
    before = members[0].round()
    if bench.options.whole_round:
        for _ in range(3):
            wait(members, chance.uniform(8, 14))
            restart(server, members)
        bench.expect(members[0].round()["ends_at"] == before["ends_at"], "the end has moved")
    else:
        lead.ask("round.end", {"room": lead.room})
    for member in members:
        member.listen(62, "round.wrapping") if not member.pushed("round.wrapping") else None
    wrapping = members[0].pushed("round.wrapping")
    bench.expect(len(wrapping) == 1, f"the wrap-up was told {len(wrapping)} times")
    if bench.options.whole_round:
        late_ms = wrapping[0]["at"] - before["ends_at"]
        bench.expect(0 <= late_ms <= LATE_MS, f"the talk ended {late_ms} ms after its time")
    restart(server, members)
    for member in members:
        member.listen(WRAP_S + 5, "round.ended") if not member.pushed("round.ended") else None
    return members[0].pushed("round.ended")[0]["at"] - wrapping[-1]["data"]["ends_at"]


def wait(people, seconds):
    """Everybody stays alive meanwhile: a ping wants an answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for person in people:
            person.listen(0.02)
        time.sleep(0.2)


def rounds(bench):
    """R10: two announce at once, the lead vanishes before the start, and the server is killed in
    mid-round and in the wrap-up: one round, on time, and everyone keeps their seat."""
    chance = random.Random(bench.options.seed)
    server = quick_server(bench, WRAP_S)
    members = [Person(server, "member", f"Member {number}") for number in range(SEATED)]
    leads = [Person(server, "facilitator", name) for name in ("Fia", "Finn")]
    first = announce_at_once(bench, *leads)
    starts_at = first.listen(0.1, "round.announced") or first.pushed("round.announced")[0]
    starts_at = starts_at["data"]["starts_at"]
    time.sleep(max(0, starts_at / 1000 - 1 - time.time()))
    for lead in leads:
        lead.vanish()
    seats, start_late_ms = started_for_all(bench, members, starts_at)
    before = members[0].round()

    wait(members, 1)
    restart(server, members)
    kept(bench, members, seats)
    after = members[0].round()
    for field in ("plan", "number", "phase", "starts_at", "ends_at"):
        bench.expect(after[field] == before[field],
                     f"{field} was {before[field]} and is {after[field]} after the restart")
    leads[0].connect()
    end_late_ms = end_of_round(bench, server, members, leads[0], chance)
    bench.expect(0 <= end_late_ms <= LATE_MS, f"the round ended {end_late_ms} ms after its time")
    wait(members, 1)
    for name in ("round.announced", "round.started", "round.wrapping", "round.ended"):
        times = {len(member.pushed(name)) for member in members}
        bench.expect(times == {1}, f"{name} was told {times} times")
    bench.expect(members[0].round()["phase"] == "plenary", "the round is not over")
    server.stop()
    bench.check_database(server)
    return {"start_late_ms": start_late_ms, "end_late_ms": end_late_ms,
            "restarts": 5 if bench.options.whole_round else 2}


class SkewedClock:
    """A client's clock, wrong by minutes, and its guess at the server's over a line with jitter."""

    def __init__(self, skew_s, chance):
        self._skew_s = skew_s
        self._chance = chance
        self._samples = []  # (round trip, offset)

    def now_ms(self):
        return (time.time() + self._skew_s) * 1000

    def sample(self, person):
        sent_at = self.now_ms()
        time.sleep(self._chance.uniform(0, JITTER_S))
        server_at = person.ask("clock", {"sent_at": int(sent_at)})["ok"]["now"]
        time.sleep(self._chance.uniform(0, JITTER_S))
        trip = self.now_ms() - sent_at
        self._samples.append((trip, server_at - (sent_at + trip / 2)))

    def left_ms(self, deadline_ms):
        """What a countdown shows: the sample with the lowest round trip is believed (SE-11)."""
        return deadline_ms - (self.now_ms() + min(self._samples)[1])


def clocks(bench):
    """R11: clients whose clocks are ten minutes off, over a line with jitter, count down right; the
    start comes when their countdown says so, once."""
    chance = random.Random(bench.options.seed)
    server = quick_server(bench, 1)
    members = [Person(server, "member", f"Member {number}") for number in range(3)]
    lead = Person(server, "facilitator", "Fia")
    errors_ms = []
    for skew_s in (SKEW_S, -SKEW_S):
        clock = SkewedClock(skew_s, chance)
        for _ in range(CLOCK_SAMPLES):
            clock.sample(members[0])
        # The server runs on this machine, so that its clock is known here.
        deadline_ms = time.time() * 1000 + 20_000
        errors_ms.append(clock.left_ms(deadline_ms) - (deadline_ms - time.time() * 1000))

        nonce = f"announce-{skew_s}"
        lead.ask("round.announce", announcement(lead.room, nonce))
        announced = members[0].listen(5, "round.announced")["data"]
        shown_ms = clock.left_ms(announced["starts_at"])
        shown_at = time.monotonic()
        members[0].listen(ANNOUNCE_S + 5, "round.started")
        errors_ms.append(shown_ms - (time.monotonic() - shown_at) * 1000)
        lead.ask("round.end", {"room": lead.room})
        members[0].listen(WRAP_S + 5, "round.ended")
        wait([*members, lead], 0.2)
    worst_ms = max(abs(error) for error in errors_ms)
    bench.expect(worst_ms <= COUNTDOWN_MS, f"a countdown was off by {worst_ms:.0f} ms")
    for name in ("round.started", "round.ended"):
        bench.expect(len(members[0].pushed(name)) == 2, f"{name} came early, late or twice")
    server.stop()
    return {"countdown_off_ms_max": round(worst_ms, 1), "countdowns": len(errors_ms)}
