#!/usr/bin/env python3
"""The scan itself: what did not run, or did not pass, is no proof."""

import os
import sys
import types
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import scan  # noqa: E402  (stands beside this file)

BUILD = types.SimpleNamespace(build=os.path.join(scan.ROOT, "build/release"), binary="", flag=[])


def attack_that_fails(bench):
    bench.expect(False, "somebody came in")
    return "tried"


def attack_that_holds(bench):
    bench.expect(True, "somebody came in")
    return "tried"


class TheScan(unittest.TestCase):
    def test_a_named_test_that_is_not_there_is_no_proof(self):
        with self.assertRaisesRegex(scan.NotHeld, "has 0 tests"):
            scan.Cpp("unit_tests", "no such test as this").prove(BUILD)

    def test_names_with_commas_and_brackets_are_run(self):
        self.assertIn("1 tests", scan.Cpp("unit_tests", r"^role by command: forbidden.*\[S5\]$")
                      .prove(BUILD))

    def test_an_attack_that_succeeds_is_told(self):
        with self.assertRaisesRegex(scan.NotHeld, "somebody came in"):
            scan.Live(attack_that_fails).prove(BUILD)
        self.assertEqual(scan.Live(attack_that_holds).prove(BUILD), "tried")

    def test_a_node_file_without_a_matching_test_is_no_proof(self):
        with self.assertRaises(scan.NotHeld):
            scan.Node("tests/docs/roles.test.js", "no such test as this").prove(BUILD)

    def test_every_row_of_the_page_is_in_the_scan(self):
        with open(os.path.join(scan.ROOT, "docs/security.md"), encoding="utf-8") as file:
            page = file.read()
        for number in range(1, 21):
            self.assertIn(f"S{number}", scan.ROWS)
            self.assertIn(f"| S{number} |", page)


if __name__ == "__main__":
    unittest.main()
