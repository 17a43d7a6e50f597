"""Draws docs/images/speed-*.svg: what was measured, as bars."""

import math

from places import NAMES
from svg import COLOURS, INK, QUIET, Picture

COLOUR_OF = {
    "floor_direct": "#b8c1cc", "floor_batched": QUIET, "beast_each": COLOURS[4],
    "beast_batched": COLOURS[1], "hallway_old": COLOURS[5], "hallway": COLOURS[2],
    "hallway_commit": COLOURS[2], "hallway_relaxed": COLOURS[0],
}
WIDTH, LEFT, RIGHT = 760, 190, 660


def median(result, scenario, place, key):
    entry = result["results"].get(scenario, {}).get(place, {})
    return entry.get("figures", {}).get(key, {}).get("median")


def bars(folder, name, title, groups, unit, logarithmic=False):
    """Groups of bars: [(heading, [(place, value)])]. Each has a scale of its own, from 0; logarithmic
    ones share theirs, from a tenth of the least."""
    groups = [(heading, [row for row in rows if row[1]]) for heading, rows in groups]
    groups = [(heading, rows) for heading, rows in groups if rows]
    if not groups:
        return []
    values = [value for _, rows in groups for _, value in rows]
    least = min(values) / 10
    picture = Picture(WIDTH, 20 + sum(34 + 20 * len(rows) for _, rows in groups))

    def across(value, rows):
        most = max(values) if logarithmic else max(value for _, value in rows)
        share = math.log(value / least) / math.log(most / least) if logarithmic else value / most
        return LEFT + share * (RIGHT - LEFT)

    y = 10
    for heading, rows in groups:
        picture.text(LEFT, y + 16, heading, 13, INK, weight="bold")
        y += 24
        for place, value in rows:
            picture.text(LEFT - 10, y + 12, NAMES[place], 11, anchor="end")
            picture.box(LEFT, y, max(across(value, rows) - LEFT, 1), 15, COLOUR_OF[place], 2)
            picture.text(across(value, rows) + 6, y + 12, f"{value:,.3g} {unit}" if value < 1000
                         else f"{value:,.0f} {unit}", 11, QUIET)
            y += 20
        y += 10
    scale = "logarithmic scale" if logarithmic else "each group has a scale of its own"
    if logarithmic or len(groups) > 1:
        picture.text(LEFT, y + 4, scale, 11, QUIET)
    picture.write(folder, name, title)
    return [(name, title)]


def group(result, scenario, key, divisor, heading):
    return heading, [(place, (median(result, scenario, place, key) or 0) / divisor)
                     for place in result["results"].get(scenario, {})]


def draw(result, folder, prefix):
    """The pictures of one run, as (file, title); `prefix` keeps those of a comparison apart."""
    throughput = [("fanout_1000_w3", "One room of 1,000, W=3"), ("fanout_1000_w8", "One room of 1,000, W=8"),
                  ("tables_100x10_w1", "100 tables of 10, W=1"), ("tables_100x10_w4", "100 tables of 10, W=4")]
    waiting = [("private_p50_us", "Half of the private messages within"),
               ("private_p99_us", "99 of 100 private messages within"),
               ("p99_us", "99 of 100 in the room itself within")]
    return [
        *bars(folder, f"{prefix}-throughput.svg", "Millions of deliveries a second",
              [group(result, scenario, "deliveries_per_s", 1e6, heading)
               for scenario, heading in throughput], "M/s"),
        *bars(folder, f"{prefix}-private.svg", "A private message beside a room of 10,000",
              [group(result, "crowd_10", key, 1e3, heading) for key, heading in waiting], "ms",
              logarithmic=True),
        *bars(folder, f"{prefix}-memory.svg", "User memory of an idle member",
              [group(result, "idle", "bytes_all_told", 1, "Bytes of an idle member, all told")],
              "bytes", logarithmic=True),
    ]
