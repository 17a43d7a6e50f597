"""A small writer of pictures in SVG, so that they need no library and no two runs of a measurement
differ but by their figures."""

import html
import os

INK, QUIET, PAPER = "#1f2933", "#7b8794", "#ffffff"
COLOURS = ["#2f6fde", "#e4572e", "#2a9d4e", "#8e44ad", "#d99a00", "#0097a7", "#c2185b", "#5d4037"]


class Picture:
    def __init__(self, width, height):
        self.width, self.height, self.parts = width, height, []

    def text(self, x, y, words, size=13, colour=INK, anchor="start", weight="normal"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" '
                          f'text-anchor="{anchor}" font-weight="{weight}">{html.escape(words)}</text>')

    def circle(self, x, y, radius, fill, stroke="none"):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" '
                          f'stroke="{stroke}"/>')

    def line(self, x1, y1, x2, y2, colour, width=1.0, opacity=1.0):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
                          f'stroke="{colour}" stroke-width="{width}" stroke-opacity="{opacity}"/>')

    def box(self, x, y, width, height, fill, radius=3):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
                          f'height="{height:.1f}" rx="{radius}" fill="{fill}"/>')

    def shape(self, points, colour):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polygon points="{path}" fill="{colour}" fill-opacity="0.16" '
                          f'stroke="{colour}" stroke-width="2"/>')

    def write(self, folder, name, title):
        head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
                f'width="{self.width}" height="{self.height}" role="img" '
                f'font-family="system-ui, sans-serif">\n<title>{html.escape(title)}</title>\n'
                f'<rect width="{self.width}" height="{self.height}" fill="{PAPER}"/>\n')
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(head + "\n".join(self.parts) + "\n</svg>\n")
