"""Writes tables into a page of the documentation, each between its two markers."""

import re


def write(path, tables):
    """Puts the lines of each table where the page says `<!-- NAME -->`, up to `<!-- end of NAME -->`."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for name, lines in tables.items():
        pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.S)
        if not pattern.search(text):
            raise SystemExit(f"{path} has no place for {name}")
        inside = "\n".join(lines) + "\n"
        text = pattern.sub(lambda found, inside=inside: found[1] + inside + found[2], text)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
