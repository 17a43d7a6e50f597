#!/usr/bin/env python3
"""Holds what judges the speed to its own rules: each judge is fed what it must find."""

import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.join(ROOT, "bench")]
import gate  # noqa: E402  (the folders must be on the path first)
import goals  # noqa: E402
import page  # noqa: E402
import report  # noqa: E402

PROFILE = """version: 1
fl=(1) loop.cpp
fn=(2) serve
12 100
cfn=(3) send
calls=4 1
12 80
cfn=(4) sendfile_unrelated
calls=9 1
12 5
cfn=(3)
calls=2 1
13 40
summary: 225
"""


def result(**scenarios):
    """A result with one run a place: result(fanout_1000_w3={"hallway_commit": {…}})."""
    found = {}
    for scenario, places in scenarios.items():
        found[scenario] = {
            place: {"figures": {key: {"median": value, "min": value, "max": value}
                                for key, value in run.items()},
                    "runs": [{"exit_code": 0, **run}], "quiet": True}
            for place, run in places.items()}
    return {"kind": "full", "results": found}


def judged(number, measured):
    return [goal.met for goal in goals.goals(measured) if goal.number == number]


class TheGate(unittest.TestCase):
    GOOD = {"instructions_a_delivery": 149.0, "instructions_max": 150, "instructions_goal": 150, "sends_a_delivery": 1.0,
            "sends_max": 1.01}

    def test_reads_instructions_and_calls(self):
        instructions, calls = gate.read_profile(PROFILE.splitlines(keepends=True))
        self.assertEqual(instructions, 225)
        self.assertEqual(calls, {"send": 6, "sendfile_unrelated": 9})

    def test_knows_a_send_by_its_name(self):
        for name in ("send", "sendmsg", "sendto", "__send", "__libc_send"):
            self.assertTrue(gate.SENDS.match(name), name)
        for name in ("sendfile", "hallway::WsTransport::send(hallway::Frame const&)", "resend"):
            self.assertFalse(gate.SENDS.match(name), name)

    def test_passes_what_is_within_the_bounds(self):
        self.assertEqual(list(gate.faults(self.GOOD, 0, {})), [])

    def test_finds_each_excess(self):
        for change in ({"instructions_a_delivery": 150.1}, {"sends_a_delivery": 1.02},
                       {"sends_a_delivery": 0.5}):
            self.assertEqual(len(list(gate.faults(self.GOOD | change, 0, {}))), 1, change)
        self.assertEqual(len(list(gate.faults(self.GOOD, 1, {}))), 1)


class Goals(unittest.TestCase):
    def test_a_ratio_is_of_the_floor_and_depends_on_durability(self):
        def fanout(ours):
            return result(fanout_1000_w3={"floor_batched": {"deliveries_per_s": 100},
                                          "hallway_commit": {"deliveries_per_s": ours},
                                          "hallway_relaxed": {"deliveries_per_s": ours}})
        self.assertEqual(judged("P1", fanout(95)), [True, True])
        self.assertEqual(judged("P1", fanout(80)), [False, True])
        self.assertEqual(judged("P1", fanout(60)), [False, False])

    def test_what_was_not_measured_is_not_judged(self):
        self.assertEqual(judged("P1", result(fanout_1000_w3={"hallway_commit": {"p99_us": 1}})), [])

    def test_a_group_commit_is_allowed_for(self):
        def crowd(p99_us):
            return result(crowd_10={"hallway_commit": {"private_p99_us": p99_us,
                                                       "commit_mean_ms": 1.5}})
        self.assertEqual(judged("P4", crowd(3400)), [True])
        self.assertEqual(judged("P4", crowd(3600)), [False])

    def test_a_message_is_judged_less_the_floor(self):
        lone = result(lone={"floor_batched": {"server_us_per_delivery": 5.0},
                            "hallway_commit": {"server_us_per_delivery": 18.0}})
        self.assertEqual(judged("P9", lone), [False])

    def test_what_was_lost_is_found_in_any_scenario(self):
        whole = {"expected_minus_delivered": 0, "lost": 0, "refusals": 0}
        self.assertEqual(judged("P10", result(lone={"hallway_commit": whole})), [True])
        for change in ({"expected_minus_delivered": 1}, {"expected_minus_delivered": -1},
                       {"lost": 1}, {"refusals": 1}, {"gaps": 1}, {"failed": "it fell over"}):
            broken = result(lone={"hallway_commit": whole | change})
            self.assertEqual(judged("P10", broken), [False], change)
        floor = result(lone={"floor_direct": {"expected_minus_delivered": 1}})
        self.assertEqual(judged("P10", floor), [])


class Tables(unittest.TestCase):
    def test_columns_stand_in_line(self):
        self.assertEqual(report.plain(["| a | bc |", "| --- | --- |", "| long | d |"]),
                         ["a     bc", "long  d"])

    def test_a_server_that_lost_something_is_marked(self):
        measured = result(idle={"hallway_old": {"bytes_all_told": 900, "lost": 1}})
        measured["old"] = "abc"
        self.assertIn("900 (lost some)", "\n".join(report.comparison_table(measured)))

    def test_a_page_keeps_what_stands_around_its_markers(self):
        with tempfile.NamedTemporaryFile("w+", suffix=".md") as file:
            file.write("above\n<!-- x -->\nold\n<!-- end of x -->\nbelow\n")
            file.flush()
            page.write(file.name, {"x": ["new"]})
            file.seek(0)
            self.assertEqual(file.read(),
                             "above\n<!-- x -->\nnew\n<!-- end of x -->\nbelow\n")
            with self.assertRaises(SystemExit):
                page.write(file.name, {"y": ["new"]})


if __name__ == "__main__":
    unittest.main()
