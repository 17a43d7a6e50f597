#!/usr/bin/env python3
"""Measures Hallway and the floors under it, in turns, and judges what came of it by the goals:

    bench/run.py --build build/release              everything; five rounds of what is fast
    bench/run.py --build build/release --compare    beside the references, and beside an old commit
    bench/run.py --build build/release --short      one quick round, to see that it runs
    bench/run.py --from bench/results/….json        the tables of an earlier run

The figures go to bench/results/DATE-COMMIT.json, and with --keep also to the tables and pictures of
docs/performance.md. A figure is the median of the rounds, with the smallest and the largest. Runs
in which other programs used more than 0.15 core are marked, and repeated if --quiet is given. Ends
with 1 if Hallway lost anything."""

import argparse
import datetime
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path[:0] = [HERE, os.path.join(ROOT, "tests", "perf")]
import gate  # noqa: E402  (the folders must be on the path first)
import goals  # noqa: E402
import older  # noqa: E402
import page  # noqa: E402
import plan  # noqa: E402
import report  # noqa: E402
import speed_pictures  # noqa: E402
from places import Place, knows_durability  # noqa: E402

FOREIGN_CORES_MAX = 0.15
PAGE = os.path.join(ROOT, "docs", "performance.md")
IMAGES = os.path.join(ROOT, "docs", "images")
START = "9695311"  # Hallway before its speed was worked on


class Progress:
    """Says what is running, how far all of it is, and how long the rest may take."""

    def __init__(self, about_s):
        self._began = time.monotonic()
        self._about_s, self._done_s = about_s, 0

    def say(self, words):
        passed = time.monotonic() - self._began
        # What was guessed is corrected by how the guesses have fared so far.
        pace = passed / self._done_s if self._done_s > 20 else 1
        left = (self._about_s - self._done_s) * pace
        print(f"[{passed / 60:4.1f} min, {left / 60:4.1f} to go] {words}", file=sys.stderr, flush=True)

    def did(self, about_s):
        self._done_s += about_s


def measured(options, place, scenario):
    """One run; with --quiet again, up to three times, while the machine is busy with other things."""
    for _ in range(3):
        run = place.run(scenario.load, scenario.arguments)
        run["quiet"] = run.get("foreign_cores", 0) <= FOREIGN_CORES_MAX
        if run["quiet"] or not options.quiet:
            break
    return run


def run_all(options, scenarios, folder):
    """All rounds; the servers take turns within each. Gives the runs by scenario and place."""
    runs = {}
    progress = Progress(sum(each.rounds * each.about_s * len(each.places) for each in scenarios))
    for number in range(max(each.rounds for each in scenarios)):
        for each in scenarios:
            for name in each.places if number < each.rounds else ():
                place = Place(name, options, folder, each.tls)
                run = measured(options, place, each)
                progress.did(each.about_s)
                progress.say(f"round {number + 1}: {each.name} on {name}: {one_line(run)}")
                runs.setdefault(each.name, {}).setdefault(name, []).append(run)
    return runs


def one_line(run):
    if "failed" in run:
        return "FAILED: " + run["failed"]
    words = [f"{name} {report.shown(key, run[key])}" for key, name, _, _ in report.KINDS
             if key in run and key not in ("p50_us", "messages_per_read")]
    words += [] if goals.is_whole(run) else ["NOT WHOLE"]
    words += [] if run["quiet"] else [f"busy: {run['foreign_cores']:.2f} core"]
    return ", ".join(words)


def summary(runs):
    """Median, smallest and largest of every figure that all runs have."""
    figures = {}
    for key, value in runs[0].items():
        values = [run.get(key) for run in runs]
        numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool)
                      for each in values)
        if numbers and not isinstance(value, bool):
            figures[key] = {"median": statistics.median(values), "min": min(values),
                            "max": max(values)}
    return figures


def micro(build):
    """The micro-benchmarks: name and nanoseconds of each."""
    program = os.path.join(build, "hallway-micro")
    if not os.path.exists(program):
        return []
    out = subprocess.run([program, "--benchmark_format=json", "--benchmark_min_time=0.2"], check=True,
                         capture_output=True, text=True).stdout
    in_ns = {"ns": 1, "us": 1e3, "ms": 1e6}
    steps = json.loads(out)["benchmarks"]
    if failed := [each["name"] for each in steps if each.get("error_occurred")]:
        raise SystemExit("micro-benchmarks failed: " + ", ".join(failed))
    return [{"name": micro_name(each["name"]),
             "ns": in_ns[each["time_unit"]] *
                   each["real_time" if "/real_time" in each["name"] else "cpu_time"]}
            for each in steps]


def micro_name(name):
    """`read_a_frame/250` is "read a frame, 250 bytes"."""
    words, _, argument = name.removesuffix("/real_time").partition("/")
    is_size = argument.isdigit()
    return words.replace("_", " ") + (f", {argument} bytes" if is_size else "")


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
    result = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=12",
                             "--exclude=*"], capture_output=True, text=True, check=False)
    return result.stdout.strip() or "unknown"


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(ROOT, "build", "release"))
    parser.add_argument("--rounds", type=int, default=5, help="at most; what is slow has fewer")
    parser.add_argument("--short", action="store_true", help="one quick round")
    parser.add_argument("--compare", action="store_true", help="beside the references and the past")
    parser.add_argument("--old", default=START, help="the commit to compare with")
    parser.add_argument("--keep", action="store_true", help="write the page and the pictures")
    parser.add_argument("--from", dest="earlier", help="tell of these results; measure nothing")
    parser.add_argument("--quiet", action="store_true", help="repeat runs the machine disturbed")
    parser.add_argument("--only", action="append", help="scenarios whose name begins so")
    parser.add_argument("--no-pin", dest="pin", action="store_false")
    parser.add_argument("--flag", action="append", default=[], help="a further flag for the server")
    parser.add_argument("--out", help="the file to write instead of bench/results/…")
    options = parser.parse_args()
    if options.earlier is None:
        known = knows_durability(options.build)
        options.ours = ["hallway_commit", "hallway_relaxed"] if known else ["hallway"]
        options.default = options.ours[0]
    return options


def chosen(options):
    scenarios = plan.comparison(options) if options.compare else plan.full(options)
    found = [each for each in scenarios
             if not options.only or any(each.name.startswith(name) for name in options.only)]
    if not found:
        raise SystemExit("no scenario begins so; there are "
                         + ", ".join(each.name for each in scenarios))
    return found


def measure(options):
    # Ten thousand connections are ten thousand descriptors, in the server as well.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if options.compare:
        options.old_build = older.build(ROOT, options.old)
    now = datetime.datetime.now(datetime.timezone.utc)
    result = {"kind": "comparison" if options.compare else "full",
              "date": now.strftime("%Y-%m-%dT%H:%MZ"), "commit": commit(), "machine": machine(),
              "rounds": options.rounds, "flags": options.flag}
    if options.compare:
        result["old"] = options.old
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        result["fsync_4k_ms"] = fsync_ms(folder)
        if not options.compare and not options.only:
            result["micro"] = micro(options.build)
            result["gate"] = gate.measured(options.build, folder)
        runs = run_all(options, chosen(options), folder)
    result["results"] = {name: {where: {"figures": summary(each), "runs": each,
                                        "quiet": all(run["quiet"] for run in each)}
                                for where, each in places.items()}
                         for name, places in runs.items()}
    return result


def write(result, options):
    kind = "-comparison" if result["kind"] == "comparison" else ""
    stamp = result["date"].translate(str.maketrans({"T": "-", ":": None, "Z": None}))
    path = options.out or os.path.join(HERE, "results", f"{stamp}-{result['commit']}{kind}.json")
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")
    print(path, file=sys.stderr)


def tables(result):
    """The tables of a result by their marker in the page."""
    beneath = ["", report.measured_on(result)]
    if result["kind"] == "comparison":
        return {"comparison": [*report.comparison_table(result), *beneath]}
    found = {"goals": [*report.goals_table(result), *beneath],
             "figures": report.figures_table(result)}
    return found | ({"micro": report.micro_table(result)} if result.get("micro") else {})


def tell(result, options):
    for name, lines in tables(result).items():
        rows = [line for line in lines if line.startswith("|")]
        print("\n" + "\n".join([name.upper(), *report.plain(rows)]))
    print("\n" + report.measured_on(result))
    if options.keep:
        keep(result)


def keep(result):
    """The page shows the pictures of what was measured beneath the first table."""
    prefix = "speed-compared" if result["kind"] == "comparison" else "speed"
    written = tables(result)
    for name, title in speed_pictures.draw(result, IMAGES, prefix):
        next(iter(written.values())).extend(["", f"![{title}](images/{name})"])
    page.write(PAGE, written)


def main():
    options = parse_options()
    if options.earlier:
        with open(options.earlier, encoding="utf-8") as file:
            result = json.load(file)
    else:
        result = measure(options)
        write(result, options)
    tell(result, options)
    lost = [run for _, place, run in goals.Figures(result).runs()
            if place in ("hallway", "hallway_commit", "hallway_relaxed") and run["exit_code"] != 0]
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
