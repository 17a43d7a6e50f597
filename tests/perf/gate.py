#!/usr/bin/env python3
"""Holds the speed of a delivery, by figures that no busy machine disturbs:

    tests/perf/gate.py --build build/release
    tests/perf/gate.py --build build/release --profile build/profile   and keeps what was counted

The server runs under callgrind, five hundred people in one room, one of whom talks, one message
after the other. Once all are in, instructions in user space and calls of send are counted while so
many messages are delivered. Then the same server, without callgrind, must lose nothing in a short
fan-out. Ends with 1 when a bound below is exceeded or anything was lost."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "faults"))
from server import Load, Server  # noqa: E402  (the folder must be on the path first)

INSTRUCTIONS_GOAL = 150  # in user space, a delivery
INSTRUCTIONS_MAX = 400  # what is reached, and a tenth: it must not become worse
SENDS_MAX = 1.01  # a member and turn; the hundredth is for pings
SENDS_MIN = 0.9
ATTEMPTS = 3
PEOPLE, MESSAGES = 500, 1000
LIFTED = ["--limits.messages_per_s=10000", "--limits.messages_burst=100000",
          "--limits.commands_per_s=10000", "--limits.commands_burst=100000",
          "--limits.joins_per_s=10000", "--limits.joins_burst=100000",
          "--limits.hello_sockets_per_address=10000"]
# The server sends by syscall(2) itself, and calls nothing else so; the others are of the C library.
SENDS = re.compile(r"syscall$|(?:__)?(?:libc_)?send(?:msg|to|mmsg)?$")


class Callgrind:
    """A server under callgrind, which counts only between two calls."""

    def __init__(self, binary, folder, flags):
        self._out = os.path.join(folder, "callgrind.out")
        self._prefix = os.path.join(folder, "vgdb")
        self.server = Server(
            binary, os.path.join(folder, "data"), os.path.join(folder, "server.log"), flags,
            prefix=["valgrind", "--tool=callgrind", "--instr-atstart=no", "--fair-sched=try",
                    f"--vgdb-prefix={self._prefix}", f"--callgrind-out-file={self._out}"])
        self.server.start()

    def begin(self):
        self._tell("instrumentation on")

    def end(self):
        """Gives the instructions since begin(), and how often each function was called."""
        self._tell("dump gate")
        with open(self._out + ".1", encoding="utf-8", errors="replace") as file:
            return read_profile(file)

    def keep(self, path):
        """For callgrind_annotate."""
        shutil.copyfile(self._out + ".1", path)

    def _tell(self, words):
        # Nothing is traced: the server finds the command by itself, at the latest when somebody
        # says that they are alive.
        subprocess.run(["vgdb", f"--vgdb-prefix={self._prefix}",
                        f"--pid={self.server.process.pid}", "--max-invoke-ms=0", *words.split()],
                       check=True, capture_output=True, timeout=60)


def read_profile(lines):
    """Instructions in all, and calls by the name of the function called."""
    instructions, calls, names, called = 0, {}, {}, ""
    for line in lines:
        if line.startswith(("fn=", "cfn=")):
            number, _, name = line.strip().partition("=")[2].partition(" ")
            name = names.setdefault(number, name)
            called = name if line.startswith("cfn=") else called
        elif line.startswith("calls="):
            calls[called] = calls.get(called, 0) + int(line[6:].split()[0])
        elif line.startswith(("summary:", "totals:")):
            instructions = max(instructions, int(line.split()[1]))
    return instructions, calls


class HeldLoad:
    """The load client, which waits for a word before its first message and after its last."""

    def __init__(self, build, server, senders, window):
        self._process = subprocess.Popen(
            [os.path.join(build, "hallway-load"), "fanout", "--link", server.links["member"],
             "--staff-link", server.links["organiser"], "--people", str(PEOPLE), "--senders",
             str(senders), "--window", str(window), "--messages", str(MESSAGES), "--wait"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait_for(self, word):
        said = self._process.stderr.readline().strip()
        if said != word:
            raise RuntimeError(f"the load client said {said!r} instead of {word!r}")

    def go_on(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def end(self):
        """Whether all was delivered."""
        out, said = self._process.communicate("\n", timeout=60)
        return self._process.returncode == 0, out + said


def measured(build, folder, senders=1, window=1, profile=None):
    """What a delivery takes, with the bounds beside it. They hold where nothing is coalesced."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        callgrind = Callgrind(os.path.join(build, "hallway"), own, LIFTED)
        try:
            load = HeldLoad(build, callgrind.server, senders, window)
            load.wait_for("ready")
            callgrind.begin()
            load.go_on()
            load.wait_for("done")
            instructions, calls = callgrind.end()
            if profile:
                callgrind.keep(profile)
            whole, said = load.end()
        finally:
            callgrind.server.kill()
    if not whole:
        raise RuntimeError("not everything was delivered: " + said)
    sends = sum(count for name, count in calls.items() if SENDS.match(name))
    deliveries = PEOPLE * MESSAGES
    return {"deliveries": deliveries, "instructions_a_delivery": instructions / deliveries,
            "instructions_max": INSTRUCTIONS_MAX, "instructions_goal": INSTRUCTIONS_GOAL,
            "sends_a_delivery": sends / deliveries,
            "sends_max": SENDS_MAX}


def short_fanout(build, folder):
    """The exit code and the report of a second at full speed, in which no room is full."""
    with tempfile.TemporaryDirectory(dir=folder) as data:
        server = Server(os.path.join(build, "hallway"), data, os.path.join(folder, "server.log"),
                        LIFTED)
        server.start()
        try:
            load = Load(os.path.join(build, "hallway-load"), "fanout", "--link",
                        server.links["member"], "--staff-link", server.links["organiser"],
                        "--people", PEOPLE, "--window", 3, "--seconds", 1)
            code, report, said = load.wait(120)
        finally:
            server.stop()
    return code, report or {"failed": said}


def faults(figures, code, report):
    """What is wrong, as sentences."""
    if figures["instructions_a_delivery"] > figures["instructions_max"]:
        yield (f"{figures['instructions_a_delivery']:.1f} instructions a delivery; "
               f"{figures['instructions_max']} at most")
    if figures["sends_a_delivery"] > figures["sends_max"]:
        yield (f"{figures['sends_a_delivery']:.3f} sends a member and turn; "
               f"{figures['sends_max']} at most")
    if figures["sends_a_delivery"] < SENDS_MIN:
        yield (f"{figures['sends_a_delivery']:.3f} sends a delivery: messages were coalesced, or "
               "sends not seen, and the bounds are for neither")
    if code != 0:
        yield f"a short fan-out was not whole: {report}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, help="the folder with hallway and hallway-load")
    parser.add_argument("--senders", type=int, default=1, help="more than one: messages coalesce")
    parser.add_argument("--window", type=int, default=1, help="messages of a sender under way")
    parser.add_argument("--profile", help="a file to keep the profile in")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hallway-gate-") as folder:
        for _ in range(ATTEMPTS):
            figures = measured(options.build, folder, options.senders, options.window,
                               options.profile)
            if figures["sends_a_delivery"] >= SENDS_MIN or options.senders * options.window > 1:
                break
            # Where others keep the machine, the server may count only part of what it does.
            print(f"{figures['sends_a_delivery']:.3f} sends seen: measured again")
        code, report = short_fanout(options.build, folder)
    print(f"{figures['instructions_a_delivery']:.1f} instructions and "
          f"{figures['sends_a_delivery']:.3f} sends a delivery, of {figures['deliveries']:,}; "
          f"missing of a short fan-out: {report.get('expected_minus_delivered')}; "
          f"{time.monotonic() - began:.0f} s")
    found = list(faults(figures, code, report))
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
