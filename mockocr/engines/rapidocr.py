"""PaddleOCR's models in ONNX by way of rapidocr: reads handwriting and odd fonts; the models come
with the package.

One detector finds lines at any angle, one classifier tells which are upside down, one recognizer
reads them and says in which of its columns it saw each character.
"""

from __future__ import annotations

import importlib.util
import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mockocr.core.image import Image
from mockocr.core.problem import Problem, Refused
from mockocr.core.text import Character, Line, Point, Quad, Recognition, Word, mean
from mockocr.core.vendor import Options
from mockocr.engines import columns
from mockocr.engines.conversion import Row, is_wide
from mockocr.engines.installation import NoEngine
from mockocr.engines.pool import Pool, cores

INSTALL = "pip install 'mockocr[rapidocr]'"

_SIDE = 2000
"""Pixels of the longer side that lines are cut from; larger pictures are made smaller."""
_DETECTION = 960
"""Pixels of the longer side that lines are looked for in. Unbounded, the detector takes 900 MB."""
_THINNEST = 16
"""Pixels of the shorter side, made smaller like the longer one: thinner ones hold no text."""
_THREADS = 4
"""More threads than that make one picture hardly faster."""
_POOR = 0.5
"""A line less confident than this is not text."""
_LONE = 0.8
"""The same for a single character: one is found easily in a photo."""
_TALL = 1.5
"""Regions this much higher than wide are turned by rapidocr before they are read."""
_RULE = 0.9
"""A row or column of pixels with this much ink is the rule of a table."""
_STEADY = 4
"""Pixels that a corner may be off: directions that differ by less are the same."""
_BETWEEN = 0.66
"""How much of the way to a blank's middle belongs to the character before it."""


def rapidocr_version() -> str:
    """The version of rapidocr, empty when it or its onnxruntime is not installed."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None or importlib.util.find_spec("onnxruntime") is None:
        return ""
    # importlib.metadata would take 20 ms of every start to read the same from within that folder
    infos = Path(found.origin).parent.parent.glob("rapidocr-*.dist-info")
    return next((info.name.split("-")[1].removesuffix(".dist") for info in infos), "unknown")


class RapidOcr:
    """The engine `rapidocr`; `NoEngine` when the package is missing.

    The models are loaded when the first picture comes (about a second, and 100 MB; 600 MB while
    large pictures are read). One picture is read at a time, with one thread per core.
    """

    languages = ("chi_sim", "eng")
    """What is tested; the models know more."""

    def __init__(self, pool: Pool | None = None, seconds: float = 30.0) -> None:
        found = rapidocr_version()
        if not found:
            raise NoEngine(f"rapidocr is not installed; type: {INSTALL}")
        self.name = f"rapidocr {found}"
        self._pool = pool or Pool(1, seconds=seconds)
        self._lock = threading.Lock()
        self._models: Any = None

    async def recognize(self, image: Image, options: Options) -> Recognition:
        return await self._pool.run(lambda: self._read(image, options))

    def close(self) -> None:
        """Wait for what is being read, then free the models."""
        self._pool.close()
        self._models = None

    def _read(self, image: Image, options: Options) -> Recognition:
        thinnest = min(image.width, image.height) * min(1.0, _SIDE / max(image.width, image.height))
        if thinnest < _THINNEST and max(image.width, image.height) > _SIDE:
            return Recognition(engine=self.name)
        with self._lock:  # a pool of several workers may be given
            models = self._models = self._models or _models()
            lines = _lines(models, _pixels(image), options)
        angle = _angle(lines) if options.turn else 0.0
        return Recognition(_ordered(lines, angle), angle, self.name)


def _models() -> Any:
    try:
        from rapidocr import RapidOCR

        return RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.max_side_len": _SIDE,
                "Global.return_word_box": True,
                "Det.limit_type": "max",
                "Det.limit_side_len": _DETECTION,
                "EngineConfig.onnxruntime.intra_op_num_threads": min(cores(), _THREADS),
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
    except Exception as error:
        detail = f"rapidocr does not start: {type(error).__name__}: {error}"
        raise Refused(Problem.ENGINE_FAILED, detail) from error


def _pixels(image: Image) -> Any:
    """Height by width by blue, green, red."""
    import numpy

    flat = numpy.frombuffer(image.pixels, numpy.uint8)
    shaped = flat.reshape(image.height, image.width, image.channels)
    if image.channels == 1:
        return numpy.repeat(shaped, 3, axis=2)
    return numpy.ascontiguousarray(shaped[:, :, ::-1])


def _lines(models: Any, pixels: Any, options: Options) -> list[Line]:
    from rapidocr.main import RapidOCRError
    from rapidocr.utils.process_img import map_boxes_to_original

    height, width = pixels.shape[:2]
    picture, steps = models.preprocess_img(pixels)
    try:
        if options.layout == "line":
            crops, boxes, tall = [picture], [_frame(width, height)], [False]
        else:
            crops, found = models.detect_and_crop(picture, steps)
            tall = [_is_tall(box) for box in found.boxes]
            placed = map_boxes_to_original(found.boxes.copy(), steps, height, width)
            boxes = [_quad(box) for box in placed]
        flipped = [False] * len(crops)
        if options.turn:
            crops, classes = models.cls_and_rotate(crops)
            flipped = [
                label == "180" and score > models.text_cls.cls_thresh
                for label, score in classes.cls_res
            ]
        read = models.recognize_txt(crops)
    except RapidOCRError:  # nothing that looks like text
        return []
    lines = []
    for index, text in enumerate(read.txts):
        score = float(read.scores[index])
        if text.strip() and score >= (_LONE if len(text.strip()) == 1 else _POOR):
            quad = _text_frame(boxes[index], tall[index], flipped[index])
            lines.append(_line(text, quad, score, crops[index], read.word_results[index]))
    return lines


def _frame(width: int, height: int) -> Quad:
    return Quad.upright(0, 0, width, height)


def _quad(box: Any) -> Quad:
    return Quad(*(Point(float(x), float(y)) for x, y in box))


def _is_tall(box: Any) -> bool:
    """Whether rapidocr turns the region before reading; its own rule, in whole pixels."""
    tl, tr, br, bl = _quad(box)
    width = int(max(math.dist(tl, tr), math.dist(bl, br)))
    height = int(max(math.dist(tl, bl), math.dist(tr, br)))
    return height >= _TALL * width


def _text_frame(quad: Quad, tall: bool, flipped: bool) -> Quad:
    """The corners from TL of the text on: a tall region is read from its top right down."""
    tl, tr, br, bl = quad
    if tall:
        tl, tr, br, bl = tr, br, bl, tl
    if flipped:
        tl, tr, br, bl = br, bl, tl, tr
    return Quad(tl, tr, br, bl)


def _line(text: str, quad: Quad, score: float, crop: Any, info: Any) -> Line:
    left, top, right, bottom = _ink(crop)
    tight = _part(quad, left, top, right, bottom)
    characters = [c for c in text if not c.isspace()]
    seen = [column for word in info.word_cols for column in word]
    if len(seen) == len(characters) and info.line_txt_len > 0:
        middles = [(column + 0.5) / info.line_txt_len for column in seen]
        middles = [min(max((m - left) / (right - left), 0.0), 1.0) for m in middles]
    else:
        middles = [(i + 0.5) / len(characters) for i in range(len(characters))]
    confidences = _confidences(text, [float(c) for c in info.confs], score)
    return _built(text, tight, middles, confidences, score)


def _confidences(text: str, given: Sequence[float], score: float) -> list[float]:
    """One for each character that is no blank; rapidocr gives one for blanks too."""
    if len(given) != len(text):
        return [score] * sum(not c.isspace() for c in text)
    return [
        min(max(value, 0.0), 1.0) for value, c in zip(given, text, strict=True) if not c.isspace()
    ]


def _built(
    text: str,
    quad: Quad,
    middles: Sequence[float],
    confidences: Sequence[float],
    score: float,
) -> Line:
    """Words split at blanks and between Chinese and other text; each character reaches half-way
    to its neighbours.
    """
    runs: list[tuple[bool, list[int], str]] = []
    index, blank = 0, False
    for c in text.strip():
        if c.isspace():
            blank = True
            continue
        if not runs or blank or is_wide(c) != is_wide(runs[-1][2][-1]):
            runs.append((blank, [], ""))
        spaced, members, letters = runs[-1]
        runs[-1] = spaced, [*members, index], letters + c
        index, blank = index + 1, False
    edges = _edges(middles, {members[0] for spaced, members, _ in runs if spaced})
    words = []
    for spaced, members, letters in runs:
        characters = tuple(
            Character(letter, quad.share(*edges[i]), confidences[i])
            for i, letter in zip(members, letters, strict=True)
        )
        whole = quad.share(edges[members[0]][0], edges[members[-1]][1])
        confidence = mean(c.confidence for c in characters)
        words.append(Word(letters, whole, confidence, characters, spaced))
    return Line(tuple(words), quad, score)


def _edges(middles: Sequence[float], after_blank: set[int]) -> list[tuple[float, float]]:
    """Where each character begins and ends, 0 to 1 along the line."""
    edges = []
    last = len(middles) - 1
    for i, middle in enumerate(middles):
        before = 0.0 if i == 0 else (middle - middles[i - 1]) / 2
        after = 1.0 if i == last else (middles[i + 1] - middle) / 2
        before *= _BETWEEN if i in after_blank else 1.0
        after *= _BETWEEN if i + 1 in after_blank else 1.0
        start = 0.0 if i == 0 else middle - before
        end = 1.0 if i == last else middle + after
        edges.append((start, end))
    return edges


def _ink(crop: Any) -> tuple[float, float, float, float]:
    """left, top, right, bottom of what differs from the border, as shares of the region: the
    detector leaves a rim around the text.
    """
    import numpy

    grey = crop.astype(numpy.float32).mean(axis=2)
    border = numpy.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    apart = numpy.abs(grey - numpy.median(border))
    ink = apart > 0.4 * apart.max()
    ink[ink.mean(axis=1) > _RULE] = False
    ink[:, ink.mean(axis=0) > _RULE] = False
    rows = numpy.flatnonzero(ink.any(axis=1))
    places = numpy.flatnonzero(ink.any(axis=0))
    height, width = grey.shape
    if not len(rows) or apart.max() < 16:
        return 0.0, 0.0, 1.0, 1.0
    left, right = float(places[0]) / width, float(places[-1] + 1) / width
    top, bottom = float(rows[0]) / height, float(rows[-1] + 1) / height
    if right - left < 0.15 or bottom - top < 0.3:  # not the text, but a speck
        return 0.0, 0.0, 1.0, 1.0
    return left, top, right, bottom


def _part(quad: Quad, left: float, top: float, right: float, bottom: float) -> Quad:
    along = quad.share(left, right)
    # the same across: down the sides instead of along the line
    across = Quad(along.bl, along.tl, along.tr, along.br).share(1 - bottom, 1 - top)
    return Quad(across.tr, across.br, across.bl, across.tl)


def _angle(lines: Sequence[Line]) -> float:
    """The direction of all lines together, long ones counting more; in (-180, 180].

    Straight across or up and down when the corners of the longest line are not sure of more.
    """
    if not lines:
        return 0.0
    x = sum(line.quad.tr.x - line.quad.tl.x for line in lines)
    y = sum(line.quad.tr.y - line.quad.tl.y for line in lines)
    degrees = math.degrees(math.atan2(y, x))
    longest = max(math.dist(line.quad.tl, line.quad.tr) for line in lines)
    straight = round(degrees / 90) * 90.0
    if abs(degrees - straight) <= max(1.0, math.degrees(math.atan2(_STEADY, longest))):
        degrees = straight
    return 180.0 if degrees == -180.0 else degrees


def _ordered(lines: Sequence[Line], angle: float) -> tuple[Line, ...]:
    """In reading order, with their blocks, as seen when the text is upright."""
    cosine, sine = math.cos(math.radians(-angle)), math.sin(math.radians(-angle))

    def upright(quad: Quad) -> tuple[float, float, float, float]:
        turned = (Point(p.x * cosine - p.y * sine, p.x * sine + p.y * cosine) for p in quad)
        return Quad(*turned).extent

    rows = [Row(upright(line.quad)) for line in lines]
    places = {id(row): line for row, line in zip(rows, lines, strict=True)}
    return tuple(
        Line(line.words, line.quad, line.confidence, block)
        for block, row in columns.order(rows)
        for line in (places[id(row)],)
    )
