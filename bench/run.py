#!/usr/bin/env python3
"""Measures Hallway and the floor under it, in turns, and writes bench/results/DATE-COMMIT.json:

    bench/run.py --build build/release             five rounds of everything
    bench/run.py --build build/release --short     one quick round, to see that it runs

One room of 1,000 and 100 tables of 10 in a closed loop with W messages of each sender under way,
memory of an idle connection, what arriving costs, how soon the 1,000 of a round sit at their
tables, and what previews take, also from those who write meanwhile. The server runs on the first
core, the load client on the last; a figure is the median of the rounds, with the smallest and the
largest. Rounds in which other programs used more than 0.15 core are marked, and repeated if
--quiet is given."""

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "faults"))
from server import Load, Server  # noqa: E402  (the folder must be on the path first)

FOREIGN_CORES_MAX = 0.15
LIFTED = ["--limits.messages_per_s=10000", "--limits.messages_burst=100000",
          "--limits.commands_per_s=10000", "--limits.commands_burst=100000",
          "--limits.joins_per_s=10000", "--limits.joins_burst=1000000",
          "--limits.hello_sockets_per_address=100000", "--rounds.announce_s=5", "--rounds.wrap_s=1"]


class Place:
    """Where a scenario runs: Hallway, or a floor server."""

    def __init__(self, name, options, folder):
        self.name = name
        self._options = options
        self._folder = folder

    def run(self, scenario, *arguments):
        if self.name == "hallway":
            return self._run_hallway(scenario, arguments)
        return self._run_floor(scenario, arguments)

    def _run_hallway(self, scenario, arguments):
        # A fresh server and an empty folder each time: no round inherits the history of another.
        with tempfile.TemporaryDirectory(dir=self._folder) as data:
            server = Server(os.path.join(self._options.build, "hallway"), data,
                            os.path.join(self._folder, "server.log"),
                            LIFTED + self._options.flag, prefix=self._pin(0))
            server.start()
            links = ["--link", server.links["member"], "--staff-link", server.links["organiser"]]
            report = self._load(scenario, server.process.pid, links, arguments)
            server.stop()
            return report

    def _run_floor(self, scenario, arguments):
        kind = self.name.removeprefix("floor_")
        floor = subprocess.Popen(
            [*self._pin(0), os.path.join(self._options.build, "hallway-floor"), kind],
            stdout=subprocess.PIPE, text=True)
        link = floor.stdout.readline().split()[1] + "/j/floor"
        report = self._load(scenario, floor.pid, ["--floor", "--link", link], arguments)
        floor.kill()
        floor.wait()
        return report

    def _load(self, scenario, pid, links, arguments):
        last = os.cpu_count() - 1
        spin = ["--spin"] if self._options.pin and os.cpu_count() > 1 else []
        load = Load(os.path.join(self._options.build, "hallway-load"), scenario, *links,
                    "--server-pid", pid, *arguments, *(spin if scenario in SPINNING else []),
                    prefix=self._pin(last))
        code, report, said = load.wait()
        if not report:
            raise RuntimeError(f"{scenario} on {self.name} ended with {code}: {said}")
        return {"exit_code": code, **report}

    def _pin(self, core):
        return ["taskset", "-c", str(core)] if self._options.pin else []


SPINNING = {"fanout", "tables", "round", "preview"}


def plan(short):
    """Scenario, its arguments, and on what it runs."""
    seconds = ["--seconds", "2" if short else "8"]
    both = ["hallway", "floor_batched"]
    people = ["--people", "1000"]
    turns = ["--turns", "2" if short else "5"]
    return [
        ("fanout_1000_w3", "fanout", [*people, "--window", "3", *seconds], both),
        ("fanout_1000_w8", "fanout", [*people, "--window", "8", *seconds], both),
        ("tables_100x10_w1", "tables", ["--window", "1", *seconds], both),
        ("tables_100x10_w4", "tables", ["--window", "4", *seconds], both),
        ("idle", "idle", ["--people", "1000" if short else "5000"], ["hallway"]),
        ("join", "join", ["--people", "1000" if short else "5000"], ["hallway"]),
        ("round_1000", "round", people, ["hallway"]),
        ("preview_300", "preview", ["--people", "300", *turns], ["hallway"]),
        ("preview_1000", "preview", [*people, *turns], ["hallway"]),
    ]


def measured(options, place, scenario, arguments):
    """One run; with --quiet again, up to three times, while the machine is busy with other things."""
    for _ in range(3):
        report = place.run(scenario, *arguments)
        report["quiet"] = report.get("foreign_cores", 0) <= FOREIGN_CORES_MAX
        if report["quiet"] or not options.quiet:
            break
    return report


def summary(reports):
    """Median, smallest and largest of every figure that all reports have."""
    figures = {}
    for key, value in reports[0].items():
        values = [report.get(key) for report in reports]
        numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool)
                      for each in values)
        if numbers and not isinstance(value, bool):
            figures[key] = {"median": statistics.median(values), "min": min(values),
                            "max": max(values)}
    return figures


def fsync_ms(folder):
    """The median time of an fsync of 4 KiB here: what a commit must at least take."""
    times = []
    with open(os.path.join(folder, "fsync"), "wb", buffering=0) as file:
        for _ in range(200):
            file.write(bytes(4096))
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(times), 3)


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        models = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
    return {"processor": models[0] if models else platform.machine(), "cores": os.cpu_count(),
            "kernel": platform.release()}


def commit():
    result = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short=12", "HEAD"],
                            capture_output=True, text=True, check=False)
    return result.stdout.strip() or "unknown"


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--short", action="store_true", help="one quick round")
    parser.add_argument("--quiet", action="store_true", help="repeat runs the machine disturbed")
    parser.add_argument("--only", help="scenarios whose name begins so")
    parser.add_argument("--no-pin", dest="pin", action="store_false")
    parser.add_argument("--flag", action="append", default=[], help="a further flag for the server")
    parser.add_argument("--out", help="the file to write instead of bench/results/…")
    return parser.parse_args()


def main():
    options = parse_options()
    rounds = 1 if options.short else options.rounds
    reports = {}
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        sync = fsync_ms(folder)
        for number in range(rounds):
            for name, scenario, arguments, places in plan(options.short):
                if options.only and not name.startswith(options.only):
                    continue
                for where in places:
                    report = measured(options, Place(where, options, folder), scenario, arguments)
                    reports.setdefault(name, {}).setdefault(where, []).append(report)
                    print(f"round {number + 1}: {name} on {where}: {one_line(report)}",
                          file=sys.stderr)
    now = datetime.datetime.now(datetime.timezone.utc)
    result = {
        "date": now.strftime("%Y-%m-%dT%H:%MZ"), "commit": commit(), "machine": machine(),
        "fsync_4k_ms": sync, "rounds": rounds, "flags": options.flag,
        "results": {name: {where: {"figures": summary(runs), "runs": runs,
                                   "quiet": all(run["quiet"] for run in runs)}
                           for where, runs in places.items()}
                    for name, places in reports.items()}}
    path = options.out or os.path.join(
        HERE, "results", f"{now.strftime('%Y-%m-%d-%H%M')}-{result['commit']}.json")
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")
    print_table(result)
    print(path)
    return 0


def one_line(report):
    if "deliveries_per_s" in report:
        return (f"{report['deliveries_per_s'] / 1e6:.2f} M deliveries/s, p99 "
                f"{report['p99_us'] / 1000:.1f} ms, missing {report['expected_minus_delivered']}, "
                f"foreign {report['foreign_cores']:.2f}")
    if "since_due_max_ms" in report:
        return (f"all {report['seated']} seated {report['since_due_max_ms']:.0f} ms after the time, "
                f"half of them after {report['since_due_p50_ms']:.0f}")
    if "preview_p99_us" in report:
        return (f"a preview {report['preview_p50_us'] / 1000:.1f} ms, p99 "
                f"{report['preview_p99_us'] / 1000:.1f}; letters p99 "
                f"{report['with_p99_us'] / 1000:.1f} ms beside, {report['without_p99_us'] / 1000:.1f} "
                f"without, foreign {report['foreign_cores']:.2f}")
    if "bytes_all_told" in report:
        return f"{report['bytes_all_told']:.0f} bytes a connection"
    return f"{report['server_us_a_person']:.0f} µs of server a person"


def print_table(result):
    for name, places in result["results"].items():
        for where, entry in places.items():
            figures = entry["figures"]
            for key in ("deliveries_per_s", "p99_us", "server_us_per_delivery", "bytes_all_told",
                        "server_us_a_person", "since_due_p50_ms", "since_due_max_ms",
                        "preview_p50_us", "preview_p99_us", "without_p99_us", "with_p99_us"):
                if key in figures:
                    each = figures[key]
                    print(f"{name:18} {where:14} {key:24} {each['median']:14.2f} "
                          f"({each['min']:.2f} – {each['max']:.2f})"
                          f"{'' if entry['quiet'] else '  (busy machine)'}")


if __name__ == "__main__":
    sys.exit(main())
