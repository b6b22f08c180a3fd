"""Reads line images: first with Tesseract where that pays, then with PP-OCR's recogniser.

Measured over the lines of 82 real pictures. Tesseract's English model takes a third of the
recogniser's time, its Chinese one two thirds. Of the English lines that it is sure of, 98 of 100
are those of the recogniser; but it is as sure of some Chinese that it takes for capitals. So it
reads pages of many lines, and only while at least half of its lines are sure ones: that takes 13 %
less time at the same F1. The Chinese model first takes 6 % more time, so it is not used here.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from PIL import Image as Pillow

from mockocr.recognition import column, recognizer, word_spacing
from mockocr.recognition.conversion import is_wide
from mockocr.recognition.line_images import (
    LINE_HEIGHT,
    MARGIN,
    TEXT,
    LineImage,
    for_tesseract,
    plain,
)
from mockocr.recognition.line_text import LineText, of_rows
from mockocr.recognition.models import Models
from mockocr.recognition.passes import ENGLISH, LINE, Tesseract
from mockocr.recognition.worker_pool import is_spent, stop_if_abandoned

log = logging.getLogger("mockocr")

POOR, LONE = 0.6, 0.8
"""A line less confident than this is not text; a single character has to be surer, since one is
found easily in a photo.
"""
_PAGE = 8
"""Pages of so many lines are read by Tesseract first."""
_SURE, _SUCCESS = 0.88, 0.5
"""A line that Tesseract is so sure of stays; while so many do, it reads on."""
_SAMPLE, _BATCH = 3, 12
_DOUBTFUL = 0.9
"""A line read with less confidence is looked at the other way round."""
_AGREED = 0.7
"""The share of characters in one direction that makes it the direction of the page."""
_SHORT, _RELUCTANT = 4, 0.2
"""So few characters may read well upside down; the reading in the direction of the others may be
this much less confident.
"""
_WIDTH = 52_000
"""Pixels of width that the recogniser reads of one picture: some 5 s of processor."""
_STEP = 0.5
"""Seconds of processor that the longest line may take, read in several ways."""
_CHINESE, _OTHERS = (0.35, 0.6), (0.6, 1.0)
"""The least and the most that lines are made narrower. Of drawn Chinese every character is read
right down to 0.4, of English down to 0.65; so Chinese is read so in three fifths of the time.
"""
_BRIEF = 150
"""Pixels of width up to which a line is read in full: a word that loses one character is sure of
the rest, and 2838.00 made narrower reads 28.00.
"""
_DIGITS, _NUMBER = 0.9, re.compile(r"\d\D?\d")
"""A number in a line made narrower than this is read again in full: equal digits beside each other
melt into one. Of 120 drawn numbers with such digits 55 are read right at 0.6, 116 at 0.8, all at 1.
"""
_WIDE, _WIDENED = 2.0, 16_000
"""A line in which characters may have melted is read once more at this width; of one picture, so
many pixels of it. Equal characters melt in a line that is higher than they are: of 500 drawn
numbers with a run of zeros or asterisks 219 are read right at the usual width, 472 at twice it, 481
by the surer of both readings. 静 is taken for 靜 less often too.
"""
_WEAK, _ASTERISKS = 0.7, re.compile(r"\*{3}")
"""A line with a character less sure than this is read again at that width. A line with a number is
read again below `_DOUBTFUL`, and a line with a run of asterisks always: when one of them melts, the
reading stays sure.
"""
_LONG_NUMBER = re.compile(r"\d{4}")
"""A reading that is no text is tried again at that width if it has this many digits in a row."""
_MOSTLY = 0.7
"""The share of Chinese characters of a Chinese line."""

Read = tuple[LineImage, LineText]


def read(models: Models, tesseract: Tesseract | None, lines: Sequence[LineImage]) -> list[Read]:
    """Each line with its text, turned the right way up; lines that are not text have none."""
    found: dict[int, Read] = {}
    if tesseract is not None and len(lines) >= _PAGE:
        found = _by_tesseract(tesseract, lines)
    waiting = [n for n in range(len(lines)) if n not in found]
    rest = sum(recognizer.width_of(lines[n]) for n in waiting)
    left, widened, chinese = float(_WIDTH), float(_WIDENED), False
    for n in waiting:
        stop_if_abandoned()
        if is_spent(_STEP):
            break
        width = recognizer.width_of(lines[n])
        least, most = _CHINESE if chinese else _OTHERS
        squeeze = 1.0 if width <= _BRIEF else min(most, max(least, left / max(1, rest)))
        left, rest = left - width * squeeze, rest - width
        if left < 0:
            log.warning("a picture has more text than is read of one: %d lines", len(lines))
            break
        read = _by_recognizer(models, lines[n], squeeze)
        if squeeze < 1 and not _is_sure(read[1]) and left > rest:
            left -= width
            read = _better(read, _by_recognizer(models, lines[n], 1.0))
        elif squeeze < _DIGITS and _NUMBER.search(read[1].text) and left > rest:
            left -= width
            read = _by_recognizer(models, lines[n], 1.0)
        if left > rest and widened > 0 and _may_have_melted(read[1]):
            left, widened = left - _WIDE * width, widened - _WIDE * width
            read = _wider(models, read)
        found[n] = read if is_text(read[1]) else (read[0], LineText())
        chinese = _is_sure(read[1]) and _is_chinese(read[1].text)
    _agree(models, found)
    for n, (line, text) in found.items():
        if text.confidence < lines[n].least:
            found[n] = line, LineText()
    return [found.get(n, (line, LineText())) for n, line in enumerate(lines)]


def _by_tesseract(tesseract: Tesseract, lines: Sequence[LineImage]) -> dict[int, Read]:
    """The lines that Tesseract is sure of, by their number."""
    waiting = sorted(range(len(lines)), key=lambda n: -lines[n].aspect)
    found: dict[int, Read] = {}
    tried = 0
    while waiting and len(found) >= _SUCCESS * tried:
        stop_if_abandoned()
        count = _BATCH if tried else _SAMPLE
        batch, waiting = waiting[:count], waiting[count:]
        texts = tesseract_texts(tesseract, [lines[n] for n in batch], ENGLISH)
        tried += len(batch)
        found |= {
            n: (lines[n], text)
            for n, text in zip(batch, texts, strict=True)
            if text.surety >= _SURE and len(text.places) > 1
        }
    return found


def tesseract_texts(
    tesseract: Tesseract, lines: Sequence[LineImage], languages: str
) -> list[LineText]:
    """What Tesseract's models see in each line."""
    made = [for_tesseract(line.pixels) for line in lines]
    pictures = [Pillow.fromarray(pixels) for pixels, _ in made]
    read = tesseract.rows(pictures, LINE, languages)
    return [
        word_spacing.restored(of_rows(rows, width, MARGIN), picture, TEXT * LINE_HEIGHT, MARGIN)
        for rows, picture, (_, width) in zip(read, pictures, made, strict=True)
    ]


def _by_recognizer(models: Models, line: LineImage, squeeze: float) -> Read:
    best = line, _read(models, line, squeeze)
    if best[1].confidence < _DOUBTFUL:
        if recognizer.is_upside_down(models, line):
            turned = line.upside_down()
            best = _better(best, (turned, _read(models, turned, squeeze)))
        if column.runs_down(line):
            best = _better(best, (line, column.read(models, line)))
    if len(best[1].places) == 1 and column.runs_down(line):
        # one character that is higher than wide, such as a 1
        standing = line.upright()
        other = _read(models, standing)
        if len(other.places) == 1 and other.confidence >= best[1].confidence - _RELUCTANT:
            best = standing, other
    return best


def _read(models: Models, line: LineImage, squeeze: float = 1.0) -> LineText:
    """What the recogniser sees, with the blanks that it swallows."""
    read = recognizer.read(models, line, squeeze)
    if len(read.places) < 2:
        return read
    em = TEXT * line.pixels.shape[0]
    return word_spacing.restored(read, Pillow.fromarray(plain(line.pixels)), em)


def _wider(models: Models, read: Read) -> Read:
    """The line read at more width, if that is surer and tells other characters. At that width, a
    dash is seen for 一 at times, and wide punctuation for narrow one.
    """
    other = _read(models, read[0], _WIDE)
    fewer = sum(map(is_wide, other.text)) < sum(map(is_wide, read[1].text))
    if fewer or _narrow(other.text) == _narrow(read[1].text):
        return read
    return _better(read, (read[0], other))


def _narrow(text: str) -> str:
    """The text without blanks, punctuation narrow."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _agree(models: Models, found: dict[int, Read]) -> None:
    """Turn short or doubtful lines around that stand on their head beside the others."""
    votes: Counter[int] = Counter()
    for line, text in found.values():
        votes[_quarter(line)] += len(text.places)
    if not votes:
        return
    usual = max(sorted(votes), key=votes.__getitem__)
    # digits read well upside down, so of a page in one direction all others are doubtful
    agreed = votes[usual] >= _AGREED * votes.total()
    for n, (line, text) in found.items():
        doubtful = agreed or len(text.places) <= _SHORT or text.confidence < _DOUBTFUL
        if text and doubtful and _quarter(line) == (usual + 2) % 4:
            turned = line.upside_down()
            other = _read(models, turned)
            if is_text(other) and other.confidence >= text.confidence - _RELUCTANT:
                found[n] = turned, other


def _quarter(line: LineImage) -> int:
    """The quarter turn that is nearest to the line's direction, 0 to 3."""
    return round(line.quad.angle / 90) % 4


def _is_sure(read: LineText) -> bool:
    return read.confidence >= _DOUBTFUL


def _may_have_melted(read: LineText) -> bool:
    """True if the line may hold more characters than were read, or others that look alike."""
    if not is_text(read):
        return _LONG_NUMBER.search(read.text) is not None
    weakest = min(read.confidences, default=1.0)
    least = _DOUBTFUL if _NUMBER.search(read.text) else _WEAK
    return weakest < least or _ASTERISKS.search(read.text) is not None


def _is_chinese(text: str) -> bool:
    return sum(map(is_wide, text)) >= _MOSTLY * len(text)


def is_text(read: LineText) -> bool:
    """True if the recogniser is sure enough that there is text."""
    return read.confidence >= (LONE if len(read.places) == 1 else POOR)


def _better(a: Read, b: Read) -> Read:
    """The surer one; a reading that is text goes before one that is not."""
    return max(a, b, key=lambda read: (is_text(read[1]), read[1].confidence))
