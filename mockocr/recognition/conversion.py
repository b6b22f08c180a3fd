"""Tesseract's hOCR and plain text together become a `Recognition`: the one conversion of both
Tesseract engines.

The hOCR has the boxes and confidences of words and characters but loses which words had a blank
between them; the plain text of the same pass has the blanks. Character boxes come out of an
alignment that Tesseract makes after the fact and are often wrong for Chinese, so a run of Chinese
characters shares its ink evenly.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mockocr.core.recognition import Character, Line, Point, Quad, Word, mean

_TAG = re.compile(
    r"<(?:div|span) class='(?P<kind>ocr\w+)'[^>]*?title=(?P<quote>['\"])(?P<title>.*?)(?P=quote)"
    r"[^>]*>(?P<text>[^<]*)"
)
_BOX = re.compile(r"(?:x_bboxes|bbox) (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_CONFIDENCE = re.compile(r"x_w?conf (-?[\d.]+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})

_WIDE = re.compile(
    "[\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff60\U00020000-\U0003ffff]"
)

_STEEP, _ENOUGH = 0.2, 4
"""A baseline slopes when it rises by this share of the line's height, over so many characters."""

VARIABLES = {"hocr_char_boxes": "1"}
"""What Tesseract must be told so that its hOCR can be converted."""

Edges = tuple[float, float, float, float]
"""left, top, right, bottom."""


@dataclass(slots=True)
class Glyph:
    """One character as Tesseract boxed it; confidence 0..1. `spaced`: a blank stands before it."""

    text: str
    edges: Edges
    confidence: float
    spaced: bool = False
    first: bool = False


@dataclass(slots=True)
class Row:
    """One line as Tesseract saw it: its edges, baseline slope (dy per dx) and glyphs."""

    edges: Edges
    slope: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join((" " if g.spaced and i else "") + g.text for i, g in enumerate(self.glyphs))

    @property
    def height(self) -> float:
        return self.edges[3] - self.edges[1]

    @property
    def confidence(self) -> float:
        return mean(g.confidence for g in self.glyphs)


def is_wide(text: str) -> bool:
    """Whether the character is Chinese (or its full-width punctuation), written without blanks."""
    return bool(text) and _WIDE.match(text[0]) is not None


def rows(hocr: str, text: str) -> list[Row]:
    """The lines of Tesseract's hOCR (made with `hocr_char_boxes=1`), blanks taken from its plain
    text. Lines without characters are left out; nothing is raised for a damaged hOCR.
    """
    found: list[Row] = []
    fresh = False
    share = 1.0
    for tag in _TAG.finditer(hocr):
        kind, title = tag["kind"], html.unescape(tag["title"])
        box = _BOX.search(title)
        if box is None:
            continue
        left, top, right, bottom = (float(v) for v in box.groups())
        if kind in _LINES:
            baseline = _BASELINE.search(title)
            slope = float(baseline[1]) if baseline else 0.0
            found.append(Row((left, top, right, bottom), slope))
        elif kind == "ocrx_word":
            fresh = True
            share = _confidence(title)
        elif kind == "ocrx_cinfo" and found:
            content = html.unescape(tag["text"]).strip()
            if content:
                # the weaker of the two: x_conf alone says 98 for almost everything
                confidence = min(_confidence(title), share)
                edges = (left, top, right, bottom)
                found[-1].glyphs.append(Glyph(content, edges, confidence, fresh, fresh))
                fresh = False
    found = [row for row in found if row.glyphs]
    _take_blanks(found, text)
    return found


def _confidence(title: str) -> float:
    match = _CONFIDENCE.search(title)
    return min(max(float(match[1]) / 100, 0.0), 1.0) if match else 0.0


def _take_blanks(found: Sequence[Row], text: str) -> None:
    """Set `spaced` by the plain text as far as it agrees; never between two wide characters."""
    position = 0
    for row in found:
        before = ""
        for index, glyph in enumerate(row.glyphs):
            start = position
            while start < len(text) and text[start].isspace():
                start += 1
            if text.startswith(glyph.text, start):
                glyph.spaced = start > position
                position = start + len(glyph.text)
            if index == 0 or (is_wide(before) and is_wide(glyph.text)):
                glyph.spaced = False
            before = glyph.text[-1]


def line(row: Row, block: int = 0) -> Line:
    """The row as a `Line`: words split at blanks and between Chinese and other text, quads turned
    by the slope of the baseline.
    """
    words = tuple(_word(run, row) for run in _runs(row.glyphs))
    left = min(row.edges[0], *(w.quad.tl.x for w in words))
    right = max(row.edges[2], *(w.quad.tr.x for w in words))
    quad = _tilted((left, row.edges[1], right, row.edges[3]), _slope(row))
    sure = [c.confidence for w in words for c in w.characters]
    # one doubtful character makes the line wrong, however sure the others are
    return Line(words, quad, (mean(sure) + min(sure)) / 2, block)


def _slope(row: Row) -> float:
    """The slope of the baseline where it is one: over a few characters, or less than a little of
    their height, it is chance.
    """
    width = row.edges[2] - row.edges[0]
    steep = abs(row.slope) * width > _STEEP * row.height
    return row.slope if steep and len(row.glyphs) >= _ENOUGH else 0.0


def _tilted(edges: Edges, slope: float) -> Quad:
    """The quad that sloping text fills inside its upright box."""
    left, top, right, bottom = edges
    rise = min(abs(slope) * (right - left), 0.6 * (bottom - top))
    down, up = (rise, 0.0) if slope > 0 else (0.0, rise)
    return Quad(
        Point(left, top + up),
        Point(right, top + down),
        Point(right, bottom - up),
        Point(left, bottom - down),
    )


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and (glyph.spaced or is_wide(glyph.text) != is_wide(run[-1].text)):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _word(run: Sequence[Glyph], row: Row) -> Word:
    left = min(g.edges[0] for g in run)
    right = max(g.edges[2] for g in run)
    wide, slope = is_wide(run[0].text), _slope(row)
    # the box of Chinese is that of its line, less what the line rises or falls outside the word
    start, end = (left - row.edges[0]) * slope, (row.edges[2] - right) * slope
    top, bottom = (
        (row.edges[1] + max(0.0, start, -end), row.edges[3] - max(0.0, end, -start))
        if wide
        else (min(g.edges[1] for g in run), max(g.edges[3] for g in run))
    )
    quad = _tilted((left, top, right, max(bottom, top + 1)), slope)
    count, width = len(run), max(1.0, right - left)
    characters = []
    for index, glyph in enumerate(run):
        part = (
            quad.share(index / count, (index + 1) / count)
            if wide
            else quad.share((glyph.edges[0] - left) / width, (glyph.edges[2] - left) / width)
        )
        characters.append(Character(glyph.text, part, glyph.confidence))
    return Word(
        "".join(g.text for g in run),
        quad,
        mean(g.confidence for g in run),
        tuple(characters),
        run[0].spaced,
    )
