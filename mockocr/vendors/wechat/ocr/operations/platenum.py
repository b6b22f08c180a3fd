"""车牌识别: the number of a licence plate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.image import Image
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.wechat.ocr.rendering import card_operation


def fields(documents: Sequence[Document], image: Image) -> Mapping[str, Any]:
    return {"number": documents[0].text("number")}


OPERATION = card_operation("platenum", "api_platenumocr", (Kind.LICENCE_PLATE,), fields)
