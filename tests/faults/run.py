#!/usr/bin/env python3
"""Does one fault, or all, to a whole server from outside and says whether the row of
docs/reliability.md held:

    tests/faults/run.py kill9 --binary build/release/hallway --load build/release/hallway-load

The figures go to standard output as JSON; the exit code is 0 when everything held, else 1."""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rows import ROWS, Bench  # noqa: E402  (the folder must be on the path first)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("row", choices=[*ROWS, "all"])
    parser.add_argument("--binary", required=True, help="hallway")
    parser.add_argument("--load", required=True, help="hallway-load")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=30, help="of a history")
    parser.add_argument("--actions-per-s", type=float, default=1, help="of each of them")
    parser.add_argument("--cycles", type=int, default=5, help="of kill9")
    parser.add_argument("--pause-min", type=float, default=2, help="seconds between kills")
    parser.add_argument("--pause-max", type=float, default=10)
    parser.add_argument("--storm-people", type=int, default=2000)
    parser.add_argument("--room-people", type=int, default=200, help="beside a slow reader")
    parser.add_argument("--locked-s", type=float, default=10, help="how long the database is held")
    parser.add_argument("--whole-round", action="store_true", help="a minute, and more restarts")
    parser.add_argument("--p99-ratio", type=float, default=1.2, help="allowed beside trouble")
    parser.add_argument("--flag", action="append", default=[], help="a further flag for the server")
    parser.add_argument("--keep", action="store_true", help="keep the folder of a run that held")
    return parser.parse_args()


def run_row(name, options):
    folder = tempfile.mkdtemp(prefix=f"hallway-{name}-")
    bench = Bench(options, folder)
    began = time.monotonic()
    try:
        figures = ROWS[name](bench)
    except Exception as error:  # a row that cannot be done has not held
        bench.failed.append(f"{type(error).__name__}: {error}")
        figures = {}
    finally:
        bench.stop_servers()
    held = not bench.failed
    print(json.dumps({"row": name, "held": held, "seconds": round(time.monotonic() - began, 1),
                      "failed": bench.failed, **figures}), flush=True)
    if held and not options.keep:
        shutil.rmtree(folder)
    else:
        print(f"{name}: everything is in {folder}", file=sys.stderr)
    return held


def main():
    options = parse_options()
    names = list(ROWS) if options.row == "all" else [options.row]
    return 0 if all([run_row(name, options) for name in names]) else 1


if __name__ == "__main__":
    sys.exit(main())
