"""Draws docs/images/seating-*.svg: how the designs work, and what was measured."""

import math

from svg import COLOURS, INK, PAPER, QUIET, Picture


def around(centre_x, centre_y, radius, index, count):
    angle = 2 * math.pi * index / count - math.pi / 2
    return centre_x + radius * math.cos(angle), centre_y + radius * math.sin(angle)


def draw_circle_method(folder):
    picture = Picture(720, 250)
    for turn in range(3):
        x, y, count = 120 + turn * 240, 120, 7
        places = [around(x, y, 80, index, count) for index in range(count)]
        picture.line(x, y, *places[turn], COLOURS[0], 3)
        for table in range(1, 4):
            one, two = places[(turn + table) % count], places[(turn - table) % count]
            picture.line(*one, *two, COLOURS[table], 3)
        for index, (px, py) in enumerate([*places, (x, y)]):
            picture.circle(px, py, 13, PAPER, INK)
            picture.text(px, py + 4.5, str(index), anchor="middle")
        picture.text(x, 240, f"round {turn + 1}", anchor="middle", colour=QUIET)
    picture.write(folder, "seating-circle.svg",
                  "Eight people in pairs: seven turn about one who stands still")


def draw_lines(folder):
    picture = Picture(720, 270)
    tables, size = 5, 4
    for slope in range(3):
        left = 40 + slope * 235
        for column in range(size):
            for x in range(tables):
                table = (x - slope * column) % tables
                px, py = left + column * 50 + 15, 30 + x * 42
                picture.circle(px, py, 15, COLOURS[table])
                picture.text(px, py + 5, str(table + 1), 13, PAPER, "middle", "bold")
        picture.text(left + 90, 255, f"round {slope + 1}: slope {slope}", anchor="middle",
                     colour=QUIET)
    picture.write(folder, "seating-lines.svg",
                  "Twenty people at five tables of four: in round r, (c, x) is at table x − r·c")


def triples_by_search():
    """A starter for 15 people: a partition whose differences modulo 7 are all distinct."""
    points = list(range(15))

    def orbit(a, b):
        a, b = min(a, b), max(a, b)
        if b == 14:
            return "still", a // 7
        if a // 7 == b // 7:
            return a // 7, min((a - b) % 7, (b - a) % 7)
        return "between", (b - a) % 7

    def extend(left, chosen, used):
        if not left:
            return chosen
        first = left[0]
        for i in range(1, len(left)):
            for j in range(i + 1, len(left)):
                triple = (first, left[i], left[j])
                orbits = {orbit(triple[0], triple[1]), orbit(triple[0], triple[2]),
                          orbit(triple[1], triple[2])}
                if len(orbits) < 3 or orbits & used:
                    continue
                rest = [point for point in left if point not in triple]
                found = extend(rest, [*chosen, triple], used | orbits)
                if found:
                    return found
        return None

    return extend(points, [], set())


def draw_starter(folder):
    picture = Picture(720, 270)
    tables = triples_by_search()
    for turn in range(3):
        x, y = 120 + turn * 240, 125

        def place(point):
            if point == 14:
                return x, y
            ring, at = divmod(point, 7)
            return around(x, y, 105 if ring == 0 else 58, (at + turn) % 7, 7)

        for index, triple in enumerate(tables):
            picture.shape([place(point) for point in triple], COLOURS[index])
        for point in range(15):
            picture.circle(*place(point), 6, INK)
        picture.text(x, 262, f"round {turn + 1}", anchor="middle", colour=QUIET)
    picture.write(folder, "seating-starter.svg",
                  "Fifteen people at five tables of three: one round, turned six times, is seven")


def draw_frontier(rows, folder):
    cells = {(row["tables"], row["size"]): row for row in rows if row["group"] == "frontier"}
    picture = Picture(720, 400)
    picture.text(380, 24, "people at a table", anchor="middle", colour=QUIET)
    for size in range(2, 11):
        picture.text(110 + (size - 2) * 66, 48, str(size), anchor="middle", weight="bold")
    for tables in range(3, 11):
        top = 58 + (tables - 3) * 41
        picture.text(62, top + 24, f"{tables} tables", anchor="end", weight="bold")
        for size in range(2, 11):
            row = cells.get((tables, size))
            if row is None:
                continue
            left = 80 + (size - 2) * 66
            picture.box(left, top, 60, 36, COLOURS[2] if row["met"] else COLOURS[1])
            picture.text(left + 30, top + 17, str(row["rounds"]), 15, PAPER, "middle", "bold")
            used = row["hallway"]["cpu_ms"]
            picture.text(left + 30, top + 31, f"{used:.1f} ms" if used >= 0.05 else "< 0.05 ms", 9,
                         PAPER, "middle")
    picture.write(folder, "seating-frontier.svg",
                  "Most rounds known without a repeat: all reached, with the CPU time it took")


def draw_times(rows, folder):
    rows = [row for row in rows if row["group"] != "frontier"]
    picture = Picture(720, 60 + 26 * len(rows))
    left, right, low, high = 330, 700, 0.01, 3000

    def across(value):
        share = (math.log10(max(value, low)) - math.log10(low)) / math.log10(high / low)
        return left + share * (right - left)

    bottom = 40 + 26 * len(rows)
    for power in range(-2, 4):
        picture.line(across(10 ** power), 28, across(10 ** power), bottom, "#e4e7eb")
        label = f"{10 ** power:g} ms"
        picture.text(across(10 ** power), 20, label, 11, QUIET, "middle")
    for index, row in enumerate(rows):
        y = 46 + 26 * index
        used, allowed = row["hallway"]["cpu_ms"], row["required"]["cpu_ms"]
        picture.text(left - 12, y + 4, row["name"], 11.5, anchor="end")
        picture.line(left, y, across(used), y, COLOURS[2 if row["met"] else 1], 9)
        picture.line(across(allowed), y - 9, across(allowed), y + 9, COLOURS[1], 3)
    picture.text(left, bottom + 15, "bar: CPU time used; mark: allowed", 11, QUIET)
    picture.write(folder, "seating-times.svg", "CPU time for each target, and what is allowed")


def draw_comparison(rows, folder):
    rows = [row for row in rows if row["group"] != "frontier" and "random" in row]
    picture = Picture(720, 70 + 40 * len(rows))
    left, right = 330, 690
    most = max(row["random"]["repeats"] for row in rows)
    scale = (right - left) / math.sqrt(most)
    names = (("random", "a shuffle", COLOURS[4]), ("genetic", "greedy genetic", COLOURS[0]),
             ("hallway", "Hallway", COLOURS[2]))
    for index, (_, name, colour) in enumerate(names):
        picture.box(left + index * 120, 12, 12, 12, colour)
        picture.text(left + index * 120 + 18, 23, name, 12)
    for index, row in enumerate(rows):
        y = 42 + 40 * index
        picture.text(left - 12, y + 20, row["name"], 11.5, anchor="end")
        for bar, (key, _, colour) in enumerate(names):
            top = y + bar * 11
            repeats = row[key]["repeats"]
            picture.box(left, top, max(math.sqrt(repeats) * scale, 1), 9, colour, 1)
            picture.text(left + math.sqrt(repeats) * scale + 5, top + 9, str(repeats), 9, QUIET)
    picture.text(left, 62 + 40 * len(rows), "pairs that meet again (square root scale)", 11, QUIET)
    picture.write(folder, "seating-comparison.svg", "Repeats by a shuffle, greedily, and by Hallway")


def draw(rows, folder):
    draw_circle_method(folder)
    draw_lines(folder)
    draw_starter(folder)
    draw_frontier(rows, folder)
    draw_times(rows, folder)
    draw_comparison(rows, folder)
