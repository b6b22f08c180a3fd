"""Blocks of an answer: PAGE, LINE and WORD, with geometry and ids as AWS writes them.

Source: real answers in the test data of amazon-textract-response-parser. All floats are 32-bit
floats; a page comes first, then all its lines, then all words in the order of the lines.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import msgspec

from mockocr.core.recognition import Line, Quad, Word, float32, mean
from mockocr.documents.row_grouping import rows
from mockocr.vendors.aws.textract.cut_words import CutWords, cut_words
from mockocr.vendors.aws.textract.document import ReadPage

Json = dict[str, Any]
PRINTED = "PRINTED"


class Ids:
    """Makes lower-case UUIDs of version 4 out of the request's random numbers."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def next(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))


class WordBlock(msgspec.Struct, frozen=True):
    """A WORD: `parts` are the recognised words that it joins, as no blank is between them, or the
    piece that a table's border cut off a word, and the word.
    """

    id: str
    text: str
    quad: Quad
    confidence: float
    parts: tuple[Word, ...]


class LineBlock(msgspec.Struct, frozen=True):
    """A LINE and its words."""

    id: str
    line: Line
    words: tuple[WordBlock, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class PageBlocks(msgspec.Struct, frozen=True):
    """The lines and words of a page with their ids. `others` are the blocks after the words, and
    `children` the ids of those that are children of the PAGE.
    """

    id: str
    page: ReadPage
    lines: tuple[LineBlock, ...]
    others: list[Json] = msgspec.field(default_factory=list)
    children: list[str] = msgspec.field(default_factory=list)

    def add(self, blocks: Iterable[Json]) -> None:
        """Add blocks that are children of the PAGE."""
        for block in blocks:
            self.others.append(block)
            self.children.append(block["Id"])

    def words_of(self, parts: Iterable[Word]) -> list[WordBlock]:
        """The WORDs that hold these recognised words, each once, in their order."""
        owners: dict[int, list[WordBlock]] = {}
        for line in self.lines:
            for word in line.words:
                for part in word.parts:
                    owners.setdefault(id(part), []).append(word)
        found = (word for part in parts for word in owners.get(id(part), ()))
        return list({word.id: word for word in found}.values())

    def geometry(self, quad: Quad) -> Json:
        """The geometry of corners in pixels."""
        return geometry(quad, self.page.width, self.page.height)

    def render(self, *, numbered: bool = False) -> list[Json]:
        """All blocks; `numbered` ones end in the number of the page, as the jobs' do."""
        page: Json = {
            "BlockType": "PAGE",
            "Geometry": geometry(Quad.upright(0, 0, 1, 1), 1, 1),
            "Id": self.id,
        }
        children = [*(line.id for line in self.lines), *self.children]
        if children:
            page["Relationships"] = [relationship("CHILD", children)]
        blocks = [
            page,
            *(self._line(line) for line in self.lines),
            *(self._word(word) for line in self.lines for word in line.words),
            *self.others,
        ]
        if numbered:
            blocks = [{**block, "Page": self.page.number} for block in blocks]
        return blocks

    def _line(self, line: LineBlock) -> Json:
        return {
            "BlockType": "LINE",
            "Confidence": float32(mean(word.confidence for word in line.words)),
            "Text": line.text,
            "Geometry": self.geometry(line.line.quad),
            "Id": line.id,
            "Relationships": [relationship("CHILD", [word.id for word in line.words])],
        }

    def _word(self, word: WordBlock) -> Json:
        return {
            "BlockType": "WORD",
            "Confidence": word.confidence,
            "Text": word.text,
            "TextType": PRINTED,
            "Geometry": self.geometry(word.quad),
            "Id": word.id,
        }


def page_blocks(page: ReadPage, ids: Ids, cells: Iterable[Iterable[Word]] = ()) -> PageBlocks:
    """The blocks of a page's text: lines in rows from the top, each row from the left.

    `cells` are the words of the cells of its tables, some of which are cut out of longer words.
    """
    page_id = ids.next()
    written = [line for line in page.recognition.lines if line.words]
    cuts = cut_words(written, cells)
    lines = tuple(
        LineBlock(ids.next(), line, tuple(_words(line, cuts, ids)))
        for row in rows(written, page.recognition.angle)
        for line in row
    )
    return PageBlocks(page_id, page, lines)


def relationship(kind: str, ids: Sequence[str]) -> Json:
    """One item of `Relationships`."""
    return {"Type": kind, "Ids": list(ids)}


def geometry(quad: Quad, width: int, height: int) -> Json:
    """Bounding box and corners as shares of the page's sides, within the page."""

    def share(value: float, side: int) -> float:
        return float32(min(max(value / side, 0.0), 1.0))

    left, top, right, bottom = quad.extent
    box_left, box_top = share(left, width), share(top, height)
    return {
        "BoundingBox": {
            "Width": float32(share(right, width) - box_left),
            "Height": float32(share(bottom, height) - box_top),
            "Left": box_left,
            "Top": box_top,
        },
        "Polygon": [{"X": share(p.x, width), "Y": share(p.y, height)} for p in quad],
    }


def percent(confidence: float) -> float:
    """A confidence of 0..1 in percent."""
    return float32(100 * confidence)


def _words(line: Line, cuts: CutWords, ids: Ids) -> Iterable[WordBlock]:
    run: list[Word] = []
    for word in line.words:
        pieces = cuts.apart.get(id(word), ())
        if run and (word.spaced or pieces):
            yield _joined(run, cuts, ids)
            run = []
        for piece in pieces:
            yield _joined([piece], cuts, ids, whole=word)
        if not pieces:
            run.append(word)
    if run:
        yield _joined(run, cuts, ids)


def _joined(run: Sequence[Word], cuts: CutWords, ids: Ids, whole: Word | None = None) -> WordBlock:
    first, last = run[0].quad, run[-1].quad
    length = sum(len(word.text) for word in run)
    confidence = sum(word.confidence * len(word.text) for word in run) / max(1, length)
    pieces = [piece for word in run for piece in cuts.together.get(id(word), ())]
    return WordBlock(
        ids.next(),
        "".join(word.text for word in run),
        first if len(run) == 1 else Quad(first.tl, last.tr, last.br, first.bl),
        percent(confidence),
        (*run, *pieces, *([whole] if whole is not None else ())),
    )
