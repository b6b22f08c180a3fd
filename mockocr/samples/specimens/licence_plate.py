"""Draws a vehicle's licence plate."""

from __future__ import annotations

from mockocr.samples.drawn import Drawn
from mockocr.samples.invented import Invented
from mockocr.samples.sheet import Sheet

_COLOURS = {
    "蓝": ("#1846b4", "#f6f8fc"),
    "黄": ("#f2b416", "#14120c"),
    "绿": ("#d4f0dc-#4fbf74", "#10140f"),
    "白": ("#f4f4f2", "#14120c"),
}


def draw(invented: Invented) -> Drawn:
    """A plate on a vehicle, blue, yellow, green (of a vehicle with new energy) or white."""
    random = invented.random
    colour = random.choice(("蓝", "蓝", "蓝", "绿", "绿", "黄", "白"))
    ground, ink = _COLOURS[colour]
    number = invented.plate(energy=colour == "绿")
    vehicle = random.choice(("#3a3f47", "#7c8288", "#b9bdc2", "#51342e"))
    sheet = Sheet(1000, 480, vehicle)
    plate = Sheet(800 if colour != "绿" else 872, 254, ground)
    left, top = (sheet.width - plate.width) // 2 + random.randint(-20, 20), random.randint(90, 130)
    sheet.paste(plate, left, top)
    sheet.box(left + 8, top + 8, left + plate.width - 8, top + 246, outline=ink, width=4, radius=14)
    pixels = 130
    shown = number[:2] + ("·" if colour != "绿" or random.random() < 0.5 else " ") + number[2:]
    sheet.write_centered(shown, left + plate.width / 2, top + 32, pixels, font="bold", ink=ink)
    return Drawn(sheet, {"number": number, "color": colour})
