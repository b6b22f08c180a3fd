"""How a page is read: which passes Tesseract makes, which of their lines are kept, in what order.

Measured on rendered pages of Chinese, Latin and digits: one page mode alone breaks lines or takes
Chinese for Latin capitals now and then, and the confidence of the line tells. So weak lines are
read again by the other model, and the more confident reading of each line stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.image import Image
from mockocr.core.recognition import Character, Line, Point, Quad, Recognition, Word, mean
from mockocr.recognition import (
    conversion,
    line_filter,
    orientation,
    preprocess,
    reading_order,
    segmentation,
    word_spacing,
)
from mockocr.recognition.conversion import Edges, Row
from mockocr.recognition.segmentation import EM, Region

RESOLUTION = 96
"""Dots per inch that Tesseract is told; it complains when it has to guess."""

Rows = Callable[[Pillow.Image, int, str], list[Row]]
"""One pass of Tesseract over a grey picture, in a page mode (`--psm`), by models (`-l`)."""

CHINESE, BOTH = "chi_sim", "chi_sim+eng"
BLOCK, LINE, RAW = 6, 7, 13

_GOOD = 0.85
"""A piece less confident than this is read again."""
_TRUSTED = 0.55
"""Chinese read with this confidence is not taken for Latin later."""
_DOUBTFUL = 0.75
"""A piece still less confident than this is read a third time."""
_FEW = 6
"""So many pieces are read once more, each alone; more of a page only when the rest was read."""
_BUSY = 30
"""A doubtful page of more pieces is not read again: it would take seconds, and give nothing."""
_ASKEW = 0.4, 15.0
"""Degrees that a page may be askew when nobody asked for its direction."""
_SURE = 0.80
"""A turned page read with this confidence needs no other turn tried."""


def read(image: Image, options: ReadOptions, rows: Rows, engine: str) -> Recognition:
    """Read a picture with one of the engines; corners are those of the picture as sent."""
    grey = preprocess.page(image)
    if preprocess.is_blank(grey):
        return Recognition(engine=engine)
    if options.turn:
        return _turned(grey, options, rows, engine)
    begun = _begun(grey, 0.0, options, rows)
    if not begun.is_sure and len(begun.pieces) <= _BUSY:
        begun = _levelled(grey, begun, options, rows)
    return Recognition(tuple(_ended(grey, begun, rows)), 0.0, engine)


@dataclass(slots=True)
class _Try:
    """A page made level on the guess that its text is turned by `angle`, and its first reading."""

    angle: float
    upright: Pillow.Image
    page: Pillow.Image
    pieces: list[Region]
    found: dict[Region, list[Row]]

    @property
    def confidences(self) -> list[float]:
        return [g.confidence for rows in self.found.values() for row in rows for g in row.glyphs]

    @property
    def score(self) -> float:
        """How much was read how surely."""
        return sum(max(0.0, c - 0.5) for c in self.confidences)

    @property
    def is_sure(self) -> bool:
        """Whether no other direction needs to be tried."""
        return mean(self.confidences) >= _SURE and len(self.confidences) >= 4


def _levelled(grey: Pillow.Image, begun: _Try, options: ReadOptions, rows: Rows) -> _Try:
    """The page made level where it came askew, as from a scanner, and reads better so."""
    angle = min(orientation.skew(grey), key=abs)
    if not _ASKEW[0] <= abs(angle) <= _ASKEW[1]:
        return begun
    other = _begun(grey, angle, options, rows)
    return other if other.score > begun.score else begun


def _turned(grey: Pillow.Image, options: ReadOptions, rows: Rows, engine: str) -> Recognition:
    """Try the likelier directions until one reads well; else the best of all four."""
    best: _Try | None = None
    for angle in orientation.guesses(grey):
        tried = _begun(grey, angle, options, rows)
        if tried.is_sure:
            best = tried
            break
        if best is None or tried.score > best.score:
            best = tried
    assert best is not None
    lines = tuple(_ended(grey, best, rows))
    return Recognition(lines, best.angle if lines else 0.0, engine)


def _begun(grey: Pillow.Image, angle: float, options: ReadOptions, rows: Rows) -> _Try:
    """The first pass over all pieces of the page."""
    upright = preprocess.turn(grey, angle)
    page = preprocess.without_rules(upright)
    pieces = segmentation.find(page)
    single = options.layout == "line" and len(pieces) == 1
    found = _pass(page, pieces, LINE if single else BLOCK, CHINESE, rows) if pieces else {}
    return _Try(angle, upright, page, pieces, found)


def _ended(grey: Pillow.Image, begun: _Try, rows: Rows) -> list[Line]:
    """What came out weak or empty read again, and all that is text put in order."""
    photo = line_filter.is_photo(begun.confidences, len(begun.pieces))
    if not photo or len(begun.pieces) <= _BUSY:
        _improve(begun, rows)
    found = [row for region in begun.pieces for row in begun.found[region]]
    kept = line_filter.believed(found, photo)
    move = preprocess.back(grey, begun.upright, begun.angle)
    return [_moved(conversion.line(row, block), move) for block, row in reading_order.order(kept)]


def _improve(begun: _Try, rows: Rows) -> None:
    """Read weak pieces by both models, then, where most of the page was read, each alone."""
    weak = [r for r in begun.pieces if _surety(begun.found[r]) < _GOOD]
    if weak:
        _take(begun, _pass(begun.page, weak, BLOCK, BOTH, rows))
    weak = [r for r in weak if _surety(begun.found[r]) < _DOUBTFUL]
    if len(weak) <= max(_FEW, len(begun.pieces) // 2):
        for region in weak:
            _take(begun, _pass(begun.page, [region], RAW, CHINESE, rows))


def _take(begun: _Try, again: dict[Region, list[Row]]) -> None:
    for region, lines in again.items():
        if _is_better(lines, begun.found[region]):
            begun.found[region] = lines


def _pass(
    page: Pillow.Image,
    pieces: Sequence[Region],
    mode: int,
    languages: str,
    rows: Rows,
) -> dict[Region, list[Row]]:
    """One pass of Tesseract over some pieces: their lines, in pixels of the page."""
    laid = segmentation.sheet(page, pieces)
    found: dict[Region, list[Row]] = {region: [] for region in pieces}
    for row in rows(laid.picture, mode, languages):
        word_spacing.restore(laid.picture, row, EM)
        place = laid.place((row.edges[1] + row.edges[3]) / 2)
        found[place.region].append(_on_page(row, place))
    return found


def _on_page(row: Row, place: segmentation.Place) -> Row:
    def move(edges: Edges) -> Edges:
        tl = segmentation.back(place, Point(edges[0], edges[1]))
        br = segmentation.back(place, Point(edges[2], edges[3]))
        return tl.x, tl.y, br.x, br.y

    glyphs = [replace(g, edges=move(g.edges)) for g in row.glyphs]
    return Row(move(row.edges), row.slope, glyphs)


def _surety(rows: Sequence[Row]) -> float:
    """The confidence, less for one Chinese character alone: a lone 1 looks like 工 to the Chinese
    model.
    """
    glyphs = [g for row in rows for g in row.glyphs]
    lone = len(glyphs) == 1 and conversion.is_wide(glyphs[0].text)
    return line_filter.confidence(rows) - (0.15 if lone else 0.0)


def _is_better(new: Sequence[Row], old: Sequence[Row]) -> bool:
    """Whether a second reading is to be taken: one that turned Chinese into Latin only when the
    first was poor, because the English model sees capitals in Chinese, and is sure of them.
    """
    alone = sum(len(row.glyphs) for row in old) == 1
    if not alone and _wide(new) < _wide(old) and line_filter.confidence(old) >= _TRUSTED:
        return False
    return _strength(new) > _strength(old)


def _wide(rows: Sequence[Row]) -> int:
    return sum(conversion.is_wide(g.text) for row in rows for g in row.glyphs)


def _strength(rows: Sequence[Row]) -> float:
    """How much was read how surely; a reading of half the line is weaker than the whole."""
    return sum(g.confidence - line_filter.LEAST for row in rows for g in row.glyphs)


def _moved(line: Line, move: Callable[[Point], Point]) -> Line:
    def quad(q: Quad) -> Quad:
        return Quad(*(move(p) for p in q))

    def word(w: Word) -> Word:
        characters = tuple(Character(c.text, quad(c.quad), c.confidence) for c in w.characters)
        return replace(w, quad=quad(w.quad), characters=characters)

    return replace(line, quad=quad(line.quad), words=tuple(word(w) for w in line.words))
