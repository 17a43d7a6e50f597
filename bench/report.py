"""Tables of what was measured: for the terminal and, as Markdown, for docs/performance.md."""

import goals
from places import NAMES

KINDS = [  # a figure, its name, what it is divided by, digits
    ("deliveries_per_s", "M deliveries/s", 1e6, 2),
    ("p50_us", "p50 ms", 1e3, 2),
    ("p99_us", "p99 ms", 1e3, 2),
    ("private_p50_us", "private p50 ms", 1e3, 2),
    ("private_p99_us", "private p99 ms", 1e3, 2),
    ("server_us_per_delivery", "server µs a delivery", 1, 3),
    ("messages_per_read", "messages a read", 1, 1),
    ("bytes_all_told", "bytes a member", 1, 0),
    ("server_us_a_person", "server µs a person", 1, 0),
    ("seconds", "seconds", 1, 2),
    ("back_all_ms", "all caught up s", 1e3, 1),
    ("since_due_max_ms", "all seated ms", 1, 0),
    ("preview_p99_us", "a preview, p99 ms", 1e3, 1),
    ("with_p99_us", "letters p99 ms, beside", 1e3, 1),
    ("without_p99_us", "letters p99 ms, without", 1e3, 1),
]
SHOWN = {  # by the beginning of a scenario's name
    "fanout": ("deliveries_per_s", "p99_us", "server_us_per_delivery", "messages_per_read"),
    "tables": ("deliveries_per_s", "p99_us", "server_us_per_delivery", "messages_per_read"),
    "crowd": ("private_p50_us", "private_p99_us", "p50_us", "p99_us"),
    "room_5000": ("p50_us", "p99_us"),
    "lone": ("server_us_per_delivery",),
    "idle": ("bytes_all_told",),
    "join": ("server_us_a_person", "seconds"),
    "storm": ("back_all_ms",),
    "round": ("since_due_max_ms",),
    "preview": ("preview_p99_us", "with_p99_us", "without_p99_us"),
}
COMPARED = [  # scenario, figure, title of the column
    ("fanout_1000_w3", "deliveries_per_s", "room of 1,000, W=3: M/s"),
    ("fanout_1000_w8", "deliveries_per_s", "W=8: M/s"),
    ("tables_100x10_w1", "deliveries_per_s", "100 tables of 10, W=1: M/s"),
    ("tables_100x10_w4", "deliveries_per_s", "W=4: M/s"),
    ("idle", "bytes_all_told", "idle member, bytes"),
    ("crowd_10", "private_p99_us", "private p99 beside 10,000, ms"),
    ("join", "server_us_a_person", "arriving, µs a person"),
    ("join", "seconds", "10,000 in, s"),
]


def shown(key, value):
    _, _, divisor, digits = next(kind for kind in KINDS if kind[0] == key)
    return f"{value / divisor:,.{digits}f}"


def rows_of(result):
    """A row for every figure of every place: scenario, place, figure, median, range, ratio."""
    for scenario, places in result["results"].items():
        keys = next(keys for begin, keys in SHOWN.items() if scenario.startswith(begin))
        floor = next((name for name in ("floor_batched", "floor_direct") if name in places), None)
        for place, entry in places.items():
            for key in keys:
                figure = entry["figures"].get(key)
                if figure:
                    yield scenario, place, key, figure, entry, places.get(floor)


def ratio(key, figure, floor):
    below = (floor or {}).get("figures", {}).get(key)
    if key == "messages_per_read" or not below or not below["median"]:
        return ""
    return f"{figure['median'] / below['median']:.2f}"


def figures_table(result):
    """Markdown: medians with the smallest and the largest."""
    lines = ["| scenario | server | figure | median | smallest – largest | of the floor |",
             "| --- | --- | --- | ---: | ---: | ---: |"]
    for scenario, place, key, figure, entry, floor in rows_of(result):
        name = next(kind[1] for kind in KINDS if kind[0] == key)
        spread = f"{shown(key, figure['min'])} – {shown(key, figure['max'])}"
        busy = "" if entry["quiet"] else " (busy machine)"
        lines.append(f"| {scenario} | {NAMES[place]}{busy} | {name} | {shown(key, figure['median'])} "
                     f"| {spread} | {ratio(key, figure, floor)} |")
    return lines


def goals_table(result):
    lines = ["| goal | | required | reached | met |", "| --- | --- | --- | --- | --- |"]
    for goal in goals.goals(result):
        lines.append(f"| {goal.number} | {goal.about} | {goal.required} | {goal.reached} "
                     f"| {'yes' if goal.met else 'NO'} |")
    return lines


def comparison_table(result):
    """Markdown: a row a server, a column a figure; what failed or lost something is marked."""
    results = result["results"]
    order = dict.fromkeys(place for places in results.values() for place in places)
    lines = ["| server | " + " | ".join(title for _, _, title in COMPARED) + " |",
             "| --- |" + " ---: |" * len(COMPARED)]
    for place in order:
        cells = [compared(results.get(scenario, {}).get(place), key)
                 for scenario, key, _ in COMPARED]
        lines.append(f"| {name_of(place, result)} | " + " | ".join(cells) + " |")
    return lines


def name_of(place, result):
    return NAMES[place] + (f" ({result['old']})" if place == "hallway_old" else "")


def compared(entry, key):
    figure = (entry or {}).get("figures", {}).get(key)
    if not figure:
        return "failed" if entry else ""
    broken = "" if all(map(goals.is_whole, entry["runs"])) else " (lost some)"
    return shown(key, figure["median"]) + broken


def micro_table(result):
    lines = ["| step | ns |", "| --- | ---: |"]
    return lines + [f"| {each['name']} | {each['ns']:,.0f} |" for each in result["micro"]]


def measured_on(result):
    """One line about the machine, for beneath a table."""
    machine = result["machine"]
    runs = [run for places in result["results"].values() for entry in places.values()
            for run in entry["runs"]]
    busy = sum(not run["quiet"] for run in runs)
    said = (f"{result['date']}, commit {result['commit']}, {machine['processor']}, {machine['cores']} "
            f"cores, Linux {machine['kernel']}; an fsync of 4 KiB took {result['fsync_4k_ms']} ms at "
            f"the median.")
    return said + (f" Other programs disturbed {busy} of {len(runs)} runs." if busy else "")


def plain(lines):
    """A table of Markdown with its columns in line, for the terminal."""
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    del cells[1]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
            for row in cells]
