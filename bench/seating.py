#!/usr/bin/env python3
"""Measures the seating engine on its targets, beside a shuffle and the greedy genetic method:

    bench/seating.py --build build/release             prints the table
    bench/seating.py --build build/release --keep      and keeps the figures and the pictures

What is kept: bench/results/seating.json, the table in docs/seating.md (between its two markers), and
the pictures in docs/images (bench/seating_pictures.py draws them). Ends with 1 if a target is
missed."""

import argparse
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, HERE)
import page  # noqa: E402  (stands beside this file)
import seating_pictures  # noqa: E402  (stands beside this file)

RESULTS = os.path.join(HERE, "results", "seating.json")
PAGE = os.path.join(ROOT, "docs", "seating.md")
IMAGES = os.path.join(ROOT, "docs", "images")


def measured(options):
    command = [os.path.join(options.build, "hallway-seating"), "--variant", str(options.variant)]
    if options.no_rivals:
        command.append("--no-rivals")
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [json.loads(line) for line in lines.splitlines()]


def milliseconds(value):
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def reached(figures, bounds):
    """What a plan is worth in a few words; what is as it should be is not mentioned."""
    words = [f"{figures['repeats']} repeats"]
    if bounds["same_org"] or figures["same_org"]:
        words.append(f"organisations {figures['same_org']} of {bounds['same_org']}")
    for key, name in (("apart", "apart"), ("met_before", "met before"),
                      ("together_broken", "not together"), ("pins_broken", "hosts away")):
        if figures[key]:
            words.append(f"{figures[key]} {name}")
    return ", ".join(words)


def required(row):
    wanted = row["required"]
    often = "" if wanted["max_times"] == 1 else ", no pair more than twice"
    each = " a round" if row["group"] == "online" else ""
    return f"{wanted['repeats']} repeats{often}, {wanted['cpu_ms']:g} ms{each}"


def table(rows):
    """The rows as Markdown."""
    lines = ["| instance | required | reached | CPU ms | method | met |",
             "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        figures = row["hallway"]
        lines.append(f"| {row['name']} | {required(row)} | {reached(figures, row['bounds'])} "
                     f"| {milliseconds(figures['cpu_ms'])} | {row['method']} "
                     f"| {'yes' if row['met'] else 'NO'} |")
    return lines


def comparison(rows):
    lines = ["| instance | a shuffle | greedy genetic | CPU ms | Hallway | CPU ms |",
             "| --- | --- | --- | --- | --- | --- |"]
    for row in rows:
        if row["group"] == "frontier":
            continue
        random, genetic, ours = (row.get(key) for key in ("random", "genetic", "hallway"))
        bounds = row["bounds"]
        lines.append(f"| {row['name']} | {reached(random, bounds)} | {reached(genetic, bounds)} "
                     f"| {milliseconds(genetic['cpu_ms'])} | {reached(ours, bounds)} "
                     f"| {milliseconds(ours['cpu_ms'])} |")
    return lines


def keep(rows):
    with open(RESULTS, "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")
    seating_pictures.draw(rows, IMAGES)
    page.write(PAGE, {"results": table(r for r in rows if r["group"] != "frontier"),
                      "comparison": comparison(rows)})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", required=True, help="the folder with hallway-seating in it")
    parser.add_argument("--variant", type=int, default=1, help="draws other people")
    parser.add_argument("--no-rivals", action="store_true", help="the engine alone")
    parser.add_argument("--keep", action="store_true", help="write figures, page and pictures")
    options = parser.parse_args()
    if options.keep and options.no_rivals:
        parser.error("what is kept has the rivals in it")
    rows = measured(options)
    print("\n".join(table(rows)))
    if not options.no_rivals:
        print("\n" + "\n".join(comparison(rows)))
    missed = [row["name"] for row in rows if not row["met"]]
    print(f"\n{len(rows) - len(missed)} of {len(rows)} targets met"
          + (": missed " + "; ".join(missed) if missed else ""))
    if options.keep:
        keep(rows)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
