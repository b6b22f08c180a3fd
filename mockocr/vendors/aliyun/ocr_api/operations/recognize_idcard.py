"""身份证识别 RecognizeIdcard: the sides of an ID card that a picture shows."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.aliyun.ocr_api.card_action import CardAction
from mockocr.vendors.aliyun.ocr_api.skins import ID_CARD_BACK, ID_CARD_FACE

OPERATION = CardAction(
    "RecognizeIdcard",
    "recognize_idcard",
    {
        Kind.ID_CARD_FRONT: ("face", ID_CARD_FACE),
        Kind.ID_CARD_BACK: ("back", ID_CARD_BACK),
    },
    flags=("OutputFigure", "OutputQualityInfo", "Llm_rec"),
    versioned=True,
).operation
"""doc: the flags; observed: `algo_version`, whose hash is left empty here."""
