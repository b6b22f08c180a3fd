"""Kinds of pages as texts and panels with their places: a line, paragraphs, two columns, a form,
a receipt, a chat, a web page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from benchmarks.corpus import words
from mockocr.samples.drawing import Panel, Text


@dataclass(frozen=True, slots=True)
class Style:
    """How a page looks: em height in pixels, font, ink, ground and the grounds of its bubbles."""

    pixels: int
    font: str
    ink: str
    ground: str
    bubbles: tuple[str, str]


@dataclass(slots=True)
class Scene:
    """A page to draw: texts in reading order, panels under them, and its size."""

    texts: list[Text] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    size: tuple[int, int] | None = None


def line(random: Random, style: Style) -> Scene:
    """One line, with little around it."""
    text = words.sentence(random, random.choice(words.SCRIPTS))
    edge = random.randint(3, 20)
    return Scene([Text(text, edge, edge)])


def paragraphs(random: Random, style: Style) -> Scene:
    """Running text in one script, in one to three paragraphs."""
    script, em = random.choice(words.SCRIPTS), style.pixels
    scene, y = Scene(), 0.8 * em
    leading = random.uniform(1.35, 1.9)
    for _ in range(random.randint(1, 3)):
        for _ in range(random.randint(2, 5)):
            scene.texts.append(Text(words.sentence(random, script), em, y))
            y += leading * em
        y += em
    return scene


def columns(random: Random, style: Style) -> Scene:
    """Two columns of running text under a heading, each line nearly as wide as its column."""
    em = style.pixels
    scene = Scene([Text(words.chinese(random, 5, 9), 2 * em, em, round(1.5 * em))])
    count, english = random.randint(4, 7), random.random() < 0.3
    widest = 12.5 * em
    for column in range(2):
        for index in range(count):
            if english:
                text = words.english(random, 4, 4)
                while len(text) * 0.55 < 12 and len(text) < 21:
                    text += " " + words.english(random, 1, 1)
                text = text[:21].strip()
            else:
                text = words.chinese(random, 10, 12)
            x = em + column * (widest + 2 * em)
            scene.texts.append(Text(text, x, (4 + 1.6 * index) * em))
    return scene


def form(random: Random, style: Style) -> Scene:
    """A table of labels and values, with or without its rules."""
    em = style.pixels
    rows, width = random.randint(4, 7), 22 * em
    makers = (words.person, words.phone, words.address, words.date, words.money, words.email)
    scene = Scene([Text(words.chinese(random, 4, 8), 7 * em, em, round(1.3 * em))])
    ruled = random.random() < 0.6
    for index in range(rows):
        y = (3.4 + 2 * index) * em
        label = words.chinese(random, 2, 4) + random.choice(("", ":"))
        scene.texts.append(Text(label, 1.5 * em, y + 0.5 * em))
        scene.texts.append(Text(random.choice(makers)(random), 8 * em, y + 0.5 * em))
        if ruled:
            scene.panels.append(Panel(em, y, 7.3 * em, y + 2 * em, outline=style.ink))
            scene.panels.append(Panel(7.3 * em, y, width, y + 2 * em, outline=style.ink))
    scene.size = 23 * em, round((4.4 + 2 * rows) * em)
    return scene


def receipt(random: Random, style: Style) -> Scene:
    """A narrow slip: goods, quantities and sums in three columns, a total below."""
    em = style.pixels
    scene = Scene([Text(words.chinese(random, 4, 7), 4 * em, em, round(1.3 * em))])
    y = 3.4 * em
    for text in (f"日期:{words.date(random)}", f"单号:{random.randint(10**7, 10**8)}"):
        scene.texts.append(Text(text, em, y))
        y += 1.6 * em
    for _ in range(random.randint(3, 7)):
        scene.texts.append(Text(random.choice(words.GOODS), em, y))
        scene.texts.append(Text(str(random.randint(1, 12)), 8 * em, y))
        scene.texts.append(Text(words.money(random), 11 * em, y))
        y += 1.6 * em
    scene.texts.append(Text("合计", em, y + 0.5 * em))
    scene.texts.append(Text(words.money(random), 11 * em, y + 0.5 * em))
    scene.texts.append(Text("谢谢惠顾 Thank you", 3 * em, y + 2.4 * em))
    scene.size = 16 * em, round(y + 4.6 * em)
    return scene


def chat(random: Random, style: Style) -> Scene:
    """A screenshot of a talk: bubbles left and right, of two colours."""
    em, scene, y = style.pixels, Scene(), 1.0 * style.pixels
    for index in range(random.randint(4, 7)):
        length = random.randint(3, 12)
        text = words.chinese(random, length, length)
        if random.random() < 0.3:
            text = words.english(random, 2, 3)[:20].strip()
        width = sum(1.0 if ord(c) > 255 else 0.62 for c in text) * em
        left = 2 * em if random.random() < 0.5 else (24 * em - width)
        right, fill = left + width + 0.7 * em, style.bubbles[index % 2]
        box = Panel(left - 0.7 * em, y, right, y + 2 * em, fill, radius=em // 2)
        scene.panels.append(box)
        scene.texts.append(Text(text, left, y + 0.5 * em))
        y += 2.7 * em
    scene.size = 26 * em, round(y + em)
    return scene


def web(random: Random, style: Style) -> Scene:
    """A web page: a dark bar with links, a heading, text, and buttons."""
    em, width = style.pixels, 30 * style.pixels
    scene = Scene([], [Panel(0, 0, width, 2.4 * em, fill="#20406a")])
    for index in range(random.randint(3, 5)):
        link = words.chinese(random, 2, 4)
        scene.texts.append(Text(link, (1 + 5.5 * index) * em, 0.7 * em, ink="white"))
    scene.texts.append(Text(words.chinese(random, 5, 10), em, 4 * em, round(1.6 * em)))
    y = 7.0 * em
    for _ in range(random.randint(2, 5)):
        text = words.sentence(random, random.choice(("chinese", "english", "mixed")))
        scene.texts.append(Text(text[:36].strip(), em, y))
        y += 1.7 * em
    for index, fill in enumerate(("#1a73e8", "#d93025")[: random.randint(1, 2)]):
        left = (1 + 8 * index) * em
        scene.panels.append(Panel(left, y + em, left + 6 * em, y + 3.2 * em, fill, radius=em // 3))
        label = words.chinese(random, 2, 4)
        scene.texts.append(Text(label, left + (6 - len(label)) * em / 2, y + 1.6 * em, ink="white"))
    scene.size = width, round(y + 4.6 * em)
    return scene


Maker = Callable[[Random, Style], Scene]
PLAIN: dict[str, Maker] = {"line": line, "paragraphs": paragraphs}
LAID_OUT: dict[str, Maker] = {
    "columns": columns,
    "form": form,
    "receipt": receipt,
    "chat": chat,
    "web": web,
}
