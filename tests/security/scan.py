#!/usr/bin/env python3
"""Goes through every row S1 to S20 of docs/security.md: runs what proves it, and prints one line a row: the row,
whether it holds, what was done, and the figures.

    tests/security/scan.py                    every row in its long form
    tests/security/scan.py --short S4 raid    some of them, in the short form

A row holds when all that stands for it ran and passed. A test that is named here and not found is a failure, and so is a
row for which nothing ran. The exit code is 0 when every row held."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
sys.path.insert(0, os.path.join(HERE, "..", "faults"))
sys.path.insert(0, HERE)
import live  # noqa: E402  (the folders must be on the path first)
import raid  # noqa: E402
import web  # noqa: E402
from rows import Bench, flood  # noqa: E402

LIMIT_S = 900


class NotHeld(Exception):
    """What was run did not pass; the text says what."""


def run(command, **how):
    """What a program printed; NotHeld with its end when it failed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False,
                          cwd=ROOT, **how)
    if done.returncode != 0:
        raise NotHeld(f"{' '.join(command[:3])}: " + (done.stdout + done.stderr)[-400:])
    return done.stdout


class Cpp:
    """Tests of one of the C++ test programs: those that name the row, and further ones by name."""

    def __init__(self, program, pattern, at_least=1):
        self._program = program
        self._pattern = re.compile(pattern)
        self._at_least = at_least

    def prove(self, options):
        program = os.path.join(options.build, self._program)
        # Its exit code is the number of tests that it lists.
        listed = subprocess.run([program, "--list-test-names-only"], capture_output=True, text=True,
                                timeout=LIMIT_S, check=False).stdout
        names = [line for line in listed.splitlines() if self._pattern.search(line)]
        if len(names) < self._at_least:
            raise NotHeld(f"{self._program} has {len(names)} tests of '{self._pattern.pattern}', "
                          f"not {self._at_least}")
        chosen = ",".join(re.sub(r'([\\\[\],"*~])', r"\\\1", name) for name in names)
        out = run([program, chosen, "--reporter", "compact"])
        passed = re.search(r"Passed (?:all |both )?(\d+) test cases? with (\d+) assertions?", out)
        if not passed or int(passed.group(1)) != len(names):
            raise NotHeld(f"{self._program} ran other than {len(names)} tests: {out.strip()}")
        return f"{self._program}: {len(names)} tests, {passed.group(2)} assertions"


class Node:
    """A file of tests for node, or of it those whose names hold the pattern."""

    def __init__(self, path, pattern=None):
        self._path = path
        self._pattern = pattern

    def prove(self, options):
        chosen = ["--test-name-pattern", self._pattern] if self._pattern else []
        binary = os.path.abspath(os.path.join(options.build, "hallway"))
        out = run(["node", "--test", "--test-reporter=tap", *chosen, self._path],
                  env={**os.environ, "SERVER_BINARY": binary})
        passed = re.search(r"^# pass (\d+)$", out, flags=re.M)
        if not passed or int(passed.group(1)) == 0:
            raise NotHeld(f"{self._path} ran no test")
        return f"{self._path}: {passed.group(1)} tests"


class Live:
    """An attack on a running server; its function gives what was done in words or as figures."""

    def __init__(self, attack):
        self._attack = attack

    def prove(self, options):
        folder = tempfile.mkdtemp(prefix=f"hallway-{self._attack.__name__}-")
        bench = Bench(options, folder)
        try:
            told = self._attack(bench)
        finally:
            bench.stop_servers()
        if bench.failed:
            raise NotHeld("; ".join(bench.failed[:4]) + f" ({folder})")
        shutil.rmtree(folder)
        return told if isinstance(told, str) else figures(told)


def figures(told):
    """Of a report, what a line has room for."""
    wanted = ("members", "raiders", "p99_calm_ms", "p99_raid_ms", "p99_moderated_ms",
              "p99_after_ms", "p99_before_us", "p99_during_us", "p99_ratio", "p99_judged", "done_s", "turned_away",
              "lobby_pushes", "acknowledged", "closed_4006", "refusals", "others_lost", "foreign_cores")
    return ", ".join(f"{name} {told[name]}" for name in wanted if name in told)


ROWS = {
    "S1": ("exact Origin allow-list", [
        Cpp("server_test", r"\bS1\b", 5), Live(web.origins)]),
    "S2": ("cookies and tokens; a dump signs nobody in", [
        Cpp("server_test", r"\bS2\b", 6), Live(web.cookies), Live(web.dump)]),
    "S3": ("nothing before hello", [
        Cpp("server_test", r"\bS3\b", 2), Live(live.before_hello)]),
    "S4": ("what is ended ends on live sockets within a second", [
        Cpp("server_test", r"\bS4\b", 3), Live(live.at_once)]),
    "S5": ("every command authorised, from one table", [
        Cpp("unit_tests", r"\bS5\b|role by command|capabilities that", 5),
        Node("tests/docs/roles.test.js")]),
    "S6": ("Argon2id on a pool of its own", [Cpp("server_test", r"\bS6\b", 3)]),
    "S7": ("sign-in throttled, and nobody told who exists", [Cpp("server_test", r"\bS7\b", 5)]),
    "S8": ("rate limits; a flood disturbs nobody", [
        Cpp("server_test", r"\bS8\b", 3), Live(flood)]),
    "S9": ("broken WebSocket frames", [
        Node("tests/wire/frames.test.js"), Cpp("server_test", r"(?i)frame", 4)]),
    "S10": ("HTTP: limits, slow senders, smuggling", [Cpp("server_test", r"\bS10\b", 10)]),
    "S11": ("JSON that is not as it must be", [
        Cpp("protocol_test", r"(?i)refus|nest|duplicate|twice", 5), Cpp("server_test", r"\bS11\b"),
        Live(live.objects)]),
    "S12": ("no markup from a message runs", [Node("tests/browser/chat.test.js", "S12")]),
    "S13": ("Content-Security-Policy and its companions", [
        Cpp("server_test", r"\bS13\b", 3), Live(web.headers)]),
    "S14": ("invitations: counted, expiring, revocable", [
        Cpp("server_test", r"\bS14\b", 4), Live(web.invitations)]),
    "S15": ("signed links: an attack corpus", [Cpp("server_test", r"\bS15\b", 10)]),
    "S16": ("names normalised, look-alikes marked", [
        Cpp("server_test", r"\bS16\b"), Cpp("unit_tests", r"\bS16\b"),
        Cpp("protocol_test", r"(?i)name|look|direction|normal", 3)]),
    "S17": ("logs: one line an entry, no words, no tokens", [
        Cpp("server_test", r"\bS17\b", 2), Live(live.log)]),
    "S18": ("confidential rooms: refused, not offered yet", [Live(live.confidential)]),
    "S19": ("what is hidden is in no frame", [
        Live(live.hidden), Cpp("unit_tests", r"(?i)hidden|block", 2)]),
    "S20": ("TLS 1.2 and 1.3, AEAD alone", [Cpp("server_test", r"\bS20\b", 2)]),
    "raid": ("guests flood an event; one moderator clears it", [Live(raid.raid)]),
}


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="*", metavar="ROW", help="all of them without one")
    parser.add_argument("--build", default=os.path.join(ROOT, "build/release"))
    parser.add_argument("--short", action="store_true", help="the form of scripts/test")
    parser.add_argument("--json", help="keep the results in this file")
    options = parser.parse_args()
    for name in options.rows:
        if name not in ROWS:
            parser.error(f"there is no row {name}")
    # What the faults of tests/faults ask for.
    options.binary = os.path.join(options.build, "hallway")
    options.load = os.path.join(options.build, "hallway-load")
    options.seed, options.flag = 1, []
    options.members, options.raiders = (60, 100) if options.short else (300, 500)
    return options


def scan_row(name, options):
    what, proofs = ROWS[name]
    began, done, failed = time.monotonic(), [], []
    for proof in proofs:
        try:
            done.append(proof.prove(options))
        except Exception as error:  # what could not be run has proven nothing
            failed.append(f"{type(error).__name__}: {error}")
    holds = not failed and bool(done)
    told = " ".join("; ".join(done + failed).split())
    print(f"{name:5} {'ok    ' if holds else 'FAILED'} {what}: {told}", flush=True)
    return {"row": name, "holds": holds, "what": what, "done": done, "failed": failed,
            "seconds": round(time.monotonic() - began, 1)}


def main():
    options = parse_options()
    results = [scan_row(name, options) for name in options.rows or ROWS]
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(results, file, indent=2)
    held = sum(result["holds"] for result in results)
    seconds = sum(result["seconds"] for result in results)
    print(f"{held} of {len(results)} rows hold; {seconds:.0f} s")
    return 0 if held == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
