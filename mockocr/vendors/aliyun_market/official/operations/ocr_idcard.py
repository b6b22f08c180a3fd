"""ocr_idcard, 身份证识别: one side of an ID card."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mockocr.core.recognition import PictureWarning, Quad, Recognition
from mockocr.documents.id_card_frame import card_quad, photo_quad
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.aliyun_market.official.documents import (
    Configure,
    Json,
    document_operation,
    page_of,
)

_FACE = {
    "address": "address",
    "birth": "birth",
    "name": "name",
    "nationality": "nation",
    "num": "number",
    "sex": "sex",
}
_BACK = {"start_date": "valid_from", "end_date": "valid_to", "issue": "authority"}
_DATES = ("birth", "start_date", "end_date")


def kinds(configure: Configure) -> Collection[Kind]:
    return (Kind.ID_CARD_BACK,) if configure.back else (Kind.ID_CARD_FRONT,)


def fields(found: Sequence[Document], configure: Configure, recognition: Recognition) -> Json:
    """observed: what was not read is empty. The photo is where the layout of a card has it."""
    card = found[0]
    body = page_of(card, configure, _FACE, _BACK, _DATES)
    frame, photo = card_quad(card), photo_quad(card)
    if frame is not None and not configure.back:
        body["card_region"] = _points(frame)
    if photo is not None:
        body["face_rect"] = _rectangle(photo)
        body["face_rect_vertices"] = _points(photo)
    if configure.values.get("quality_info") is True:
        body["quality_info"] = _quality(recognition)
    return {**body, "config_str": configure.text}


def _points(quad: Quad) -> list[Json]:
    return [{"x": x, "y": y} for x, y in quad.rounded]


def _rectangle(quad: Quad) -> Json:
    """observed: doubles."""
    return {
        "angle": 0.0,
        "center": {"x": float(quad.center.x), "y": float(quad.center.y)},
        "size": {"height": float(quad.height), "width": float(quad.width)},
    }


def _quality(recognition: Recognition) -> Json:
    """guess: the keys of the sibling RecognizeIdcard. The values only follow a test's warnings."""
    warnings = recognition.warnings
    return {
        "completeness_score": 0 if PictureWarning.BORDER in warnings else 100,
        "is_copy": PictureWarning.COPY in warnings,
        "is_reshoot": PictureWarning.RESHOOT in warnings,
        "quality_score": 0 if PictureWarning.BLUR in warnings else 100,
        "tamper_score": 100 if PictureWarning.TAMPERED in warnings else 0,
    }


OPERATION = document_operation(
    "ocr_idcard",
    "/rest/160601/ocr/ocr_idcard.json",
    "doc: market OCR quick start (295352); observed: answers of 2018 to 2020",
    kinds,
    fields,
    label="ocr_id",
)
