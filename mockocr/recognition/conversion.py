"""Converts Tesseract's hOCR and plain text into rows of glyphs, for both Tesseract engines.

The hOCR has the boxes and confidences of words and characters but loses which words had a blank
between them; the plain text of the same pass has the blanks.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

import msgspec

from mockocr.core.recognition import mean

_PAGE = "<div class='ocr_page'"
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

VARIABLES = {"hocr_char_boxes": "1"}
"""The variables that Tesseract needs so that its hOCR can be converted."""

Edges = tuple[float, float, float, float]
"""left, top, right, bottom."""


class Glyph(msgspec.Struct):
    """One character as Tesseract boxed it; confidence 0..1. `spaced`: a blank stands before it."""

    text: str
    edges: Edges
    confidence: float
    spaced: bool = False
    first: bool = False


class Row(msgspec.Struct):
    """One line as Tesseract saw it: its edges, baseline slope (dy per dx) and glyphs."""

    edges: Edges
    slope: float = 0.0
    glyphs: list[Glyph] = msgspec.field(default_factory=list)

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
    """True if the first character is Chinese (or its full-width punctuation), which is written
    without blanks.
    """
    return bool(text) and _WIDE.match(text[0]) is not None


def pages(hocr: str, text: str, count: int) -> list[list[Row]]:
    """The lines of each of so many pictures that were read in one run; the plain text parts pages
    with form feeds.
    """
    parts, texts = hocr.split(_PAGE)[1:], text.split("\f")
    parts += [""] * (count - len(parts))
    texts += [""] * (count - len(texts))
    return [rows(part, plain) for part, plain in zip(parts[:count], texts[:count], strict=True)]


def rows(hocr: str, text: str) -> list[Row]:
    """The lines of Tesseract's hOCR (made with `VARIABLES`), with the blanks of its plain text.

    Lines without characters are left out. A damaged hOCR gives fewer lines and no error.
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


def runs_of(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs of each word: a row is split at blanks and between Chinese and other text."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and (glyph.spaced or is_wide(glyph.text) != is_wide(run[-1].text)):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run
