"""The goals, each with what was reached: read from the figures of bench/run.py."""

import dataclasses


@dataclasses.dataclass
class Goal:
    number: str
    about: str
    required: str
    reached: str
    met: bool


class Figures:
    """The medians of a result; None where something was not measured."""

    def __init__(self, result):
        self._results = result["results"]

    def median(self, scenario, place, key):
        places = self._results.get(scenario, {})
        return places.get(place, {}).get("figures", {}).get(key, {}).get("median")

    def places(self, scenario):
        return list(self._results.get(scenario, {}))

    def runs(self):
        for scenario, places in self._results.items():
            for place, entry in places.items():
                for run in entry["runs"]:
                    yield scenario, place, run

    def ratio(self, scenario, place, floor, key):
        ours, theirs = self.median(scenario, place, key), self.median(scenario, floor, key)
        return ours / theirs if ours is not None and theirs else None


RATIOS = [  # number, about, scenario, at least with relaxed, at least with commit
    ("P1", "one room of 1,000, W=3", "fanout_1000_w3", 0.9, 0.7),
    ("P2", "one room of 1,000, W=8", "fanout_1000_w8", 0.8, 0.6),
    ("P3", "100 tables of 10, W=1", "tables_100x10_w1", 0.85, 0.5),
    ("P3", "100 tables of 10, W=4", "tables_100x10_w4", 1.1, 0.8),
]


def ratio_goals(figures):
    for number, about, scenario, relaxed, commit in RATIOS:
        for place, least in (("hallway_relaxed", relaxed), ("hallway_commit", commit)):
            got = figures.ratio(scenario, place, "floor_batched", "deliveries_per_s")
            if got is not None:
                durability = place.removeprefix("hallway_")
                yield Goal(number, f"{about}, {durability}", f"≥ {least:g} of the batched floor",
                           f"{got:.2f}", got >= least)


def at_most(number, about, value, most, unit, digits=2):
    """A goal that is a bound from above; nothing where it was not measured."""
    if value is not None:
        yield Goal(number, about, f"≤ {most:,.{digits}f} {unit}".replace(".00 ", " "),
                   f"{value:,.{digits}f} {unit}", value <= most)


def milliseconds(value_us):
    return None if value_us is None else value_us / 1000


def private_goals(figures):
    def p99(scenario, place):
        return milliseconds(figures.median(scenario, place, "private_p99_us"))

    beside = "private p99 beside 10,000 at"
    yield from at_most("P4", f"{beside} 10 a second, relaxed", p99("crowd_10", "hallway_relaxed"), 2,
                       "ms")
    commit_ms = figures.median("crowd_10", "hallway_commit", "commit_mean_ms")
    if commit_ms is not None:
        yield from at_most("P4", f"{beside} 10 a second, commit: a group commit and 2 ms",
                           p99("crowd_10", "hallway_commit"), 2 + commit_ms, "ms")
    yield from at_most("P4", f"{beside} 200 a second, relaxed", p99("crowd_200", "hallway_relaxed"),
                       5, "ms")


def room_goals(figures):
    for place in figures.places("room_5000"):
        if place.startswith("floor"):
            continue
        for key, name, most in (("p50_us", "p50", 1.1), ("p99_us", "p99", 1.25)):
            yield from at_most("P5", f"room of 5,000 at 20 a second, {name}",
                               figures.ratio("room_5000", place, "floor_direct", key), most,
                               "of the direct floor")


def person_goals(figures):
    """Memory, arriving, and a message that nobody else hears."""
    ours = [place for place in figures.places("join") if place.startswith("hallway")]
    for place in ours:
        yield from at_most("P6", "an idle member, all told",
                           figures.median("idle", place, "bytes_all_told"), 1500, "bytes", 0)
        yield from at_most("P6", "an idle member, over TLS",
                           figures.median("idle_tls", place, "bytes_all_told"), 12000, "bytes", 0)
        yield from at_most("P7", "arriving: CPU of the server a person",
                           figures.median("join", place, "server_us_a_person"), 80, "µs", 0)
        yield from at_most("P7", "10,000 people are in", figures.median("join", place, "seconds"), 3,
                           "s")


def lone_goals(figures):
    floor = figures.median("lone", "floor_batched", "server_us_per_delivery")
    for place in figures.places("lone"):
        ours = figures.median("lone", place, "server_us_per_delivery")
        if place.startswith("hallway") and ours is not None and floor is not None:
            durability = place.removeprefix("hallway").removeprefix("_") or "commit"
            yield from at_most("P9", f"a message besides its sends, {durability}", ours - floor, 12,
                               "µs of CPU", 1)


def gate_goals(result):
    gate = result.get("gate")
    if gate:
        yield from at_most("P8", "instructions a delivery", gate["instructions_a_delivery"],
                           gate.get("instructions_goal", 150), "instructions", 0)
        yield from at_most("P8", "sends a member and turn", gate["sends_a_delivery"],
                           gate["sends_max"], "sends")


def is_whole(run):
    """Whether everything arrived, once, and nobody was cut off or refused."""
    return "failed" not in run and all(
        run.get(key, 0) == 0
        for key in ("expected_minus_delivered", "lost", "refusals", "gaps", "resets"))


def whole_goals(figures):
    """Nothing lost by any server of ours, and a storm that passes."""
    ours = [(scenario, run) for scenario, place, run in figures.runs() if place.startswith("hallway")]
    if ours:
        broken = sorted({scenario for scenario, run in ours if not is_whole(run)})
        yield Goal("P10", "nothing lost in any scenario", "0 runs", f"{len(broken)} runs"
                   + (f": {', '.join(broken)}" if broken else ""), not broken)
    for place in figures.places("storm"):
        caught_up = figures.median("storm", place, "back_all_ms")
        yield from at_most("P10", "all of a storm of 10,000 caught up",
                           None if caught_up is None else caught_up / 1000, 20, "s", 1)


def goals(result):
    """All goals that this result says something about, in their order."""
    figures = Figures(result)
    found = [*ratio_goals(figures), *private_goals(figures), *room_goals(figures),
             *person_goals(figures), *gate_goals(result), *lone_goals(figures),
             *whole_goals(figures)]
    return sorted(found, key=lambda goal: int(goal.number[1:]))
