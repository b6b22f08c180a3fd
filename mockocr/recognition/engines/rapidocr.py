"""PaddleOCR's models in ONNX by way of rapidocr: reads handwriting and odd fonts; the models come
with the package.

One detector finds lines at any angle, one classifier tells which are upside down, one recognizer
reads them and says in which of its columns it saw each character.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Line, Recognition
from mockocr.recognition import geometry
from mockocr.recognition.installation import EngineUnavailableError
from mockocr.recognition.worker_pool import Pool, cores

INSTALL = "pip install 'mockocr[rapidocr]'"

_SIDE = 2000
"""Pixels of the longer side that lines are cut from; larger pictures are made smaller."""
_DETECTION = 960
"""Pixels of the longer side that lines are looked for in. Unbounded, the detector takes 900 MB."""
_THINNEST = 16
"""Pixels of the shorter side, made smaller like the longer one: thinner ones hold no text."""
_THREADS = 4
"""More threads than that make one picture hardly faster."""
_AT_ONCE = 6
"""Lines read at a time, as rapidocr itself does."""
_LONGEST = 160
"""How long the lines read at a time are together, in their height. Six of the longest are three
times that, which takes 500 MB more and no less time.
"""
_POOR = 0.5
"""A line less confident than this is not text."""
_LONE = 0.8
"""The same for a single character: one is found easily in a photo."""


def rapidocr_version() -> str:
    """The version of rapidocr, empty when it or its onnxruntime is not installed."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None or importlib.util.find_spec("onnxruntime") is None:
        return ""
    # importlib.metadata would take 20 ms of every start to read the same from within that folder
    infos = Path(found.origin).parent.parent.glob("rapidocr-*.dist-info")
    return next((info.name.split("-")[1].removesuffix(".dist") for info in infos), "unknown")


class RapidOcr:
    """The engine `rapidocr`; `EngineUnavailableError` when the package is missing.

    The models are loaded when the first picture comes (about a second, and 100 MB; 600 MB while
    large pictures are read). One picture is read at a time, with one thread per core.
    """

    languages = ("chi_sim", "eng")
    """What is tested; the models know more."""

    def __init__(self, pool: Pool | None = None, seconds: float = 30.0) -> None:
        found = rapidocr_version()
        if not found:
            raise EngineUnavailableError(f"rapidocr is not installed; type: {INSTALL}")
        self.name = f"rapidocr {found}"
        self._pool = pool or Pool(1, seconds=seconds)
        self._lock = threading.Lock()
        self._models: Any = None

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        return await self._pool.run(lambda: self._read(image, options))

    def close(self) -> None:
        """Wait for what is being read, then free the models."""
        self._pool.close()
        self._models = None

    def _read(self, image: Image, options: ReadOptions) -> Recognition:
        thinnest = min(image.width, image.height) * min(1.0, _SIDE / max(image.width, image.height))
        if thinnest < _THINNEST and max(image.width, image.height) > _SIDE:
            return Recognition(engine=self.name)
        with self._lock:  # a pool of several workers may be given
            models = self._models = self._models or _models()
            lines = _lines(models, image, options)
        angle = geometry.angle_of(lines) if options.turn else 0.0
        return Recognition(geometry.ordered(lines, angle), angle, self.name)


def _models() -> Any:
    try:
        from rapidocr import RapidOCR

        return RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.max_side_len": _SIDE,
                "Global.return_word_box": True,
                "Det.limit_type": "max",
                "Rec.rec_batch_num": _AT_ONCE,
                "Det.limit_side_len": _DETECTION,
                "EngineConfig.onnxruntime.intra_op_num_threads": min(cores(), _THREADS),
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
    except Exception as error:
        detail = f"rapidocr does not start: {type(error).__name__}: {error}"
        raise ApiError(ErrorKind.ENGINE_FAILED, detail) from error


def _shrunk(models: Any, image: Image) -> tuple[Any, dict[str, Any]]:
    """Height by width by blue, green, red, as large as lines are cut from it, and the steps there.

    Made smaller first: turned around whole, a large picture would be in memory twice.
    """
    import numpy

    flat = numpy.frombuffer(image.pixels, numpy.uint8)
    shaped = flat.reshape(image.height, image.width, image.channels)
    picture, steps = models.preprocess_img(shaped.squeeze(2) if image.channels == 1 else shaped)
    if image.channels == 1:
        return numpy.repeat(picture[:, :, None], 3, axis=2), steps
    return numpy.ascontiguousarray(picture[:, :, ::-1]), steps


def _lines(models: Any, image: Image, options: ReadOptions) -> list[Line]:
    from rapidocr.main import RapidOCRError
    from rapidocr.utils.process_img import map_boxes_to_original

    height, width = image.height, image.width
    picture, steps = _shrunk(models, image)
    try:
        if options.layout == "line":
            crops, boxes, tall = [picture], [geometry.frame(width, height)], [False]
        else:
            crops, found = models.detect_and_crop(picture, steps)
            tall = [geometry.is_tall(box) for box in found.boxes]
            placed = map_boxes_to_original(found.boxes.copy(), steps, height, width)
            boxes = [geometry.quad_of(box) for box in placed]
        flipped = [False] * len(crops)
        if options.turn:
            crops, classes = models.cls_and_rotate(crops)
            flipped = [
                label == "180" and score > models.text_cls.cls_thresh
                for label, score in classes.cls_res
            ]
        read = _texts(models, crops)
    except RapidOCRError:  # nothing that looks like text
        return []
    lines = []
    for index, (text, score, words) in enumerate(read):
        if text.strip() and score >= (_LONE if len(text.strip()) == 1 else _POOR):
            quad = geometry.text_frame(boxes[index], tall[index], flipped[index])
            lines.append(geometry.line_of(text, quad, score, crops[index], words))
    return lines


def _texts(models: Any, crops: Sequence[Any]) -> list[tuple[str, float, Any]]:
    """Text, confidence and words of each crop: like ones together, which are made equally long."""
    lengths = [crop.shape[1] / crop.shape[0] for crop in crops]
    waiting = sorted(range(len(crops)), key=lengths.__getitem__)
    found: dict[int, tuple[str, float, Any]] = {}
    while waiting:
        count = min(_AT_ONCE, len(waiting))
        while count > 1 and count * lengths[waiting[count - 1]] > _LONGEST:
            count -= 1
        group, waiting = waiting[:count], waiting[count:]
        read = models.recognize_txt([crops[index] for index in group])
        told = zip(read.txts, map(float, read.scores), read.word_results, strict=True)
        found.update(zip(group, told, strict=True))
    return [found[index] for index in range(len(crops))]
