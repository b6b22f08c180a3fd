"""银行卡识别: the number of a bank card.

doc: the page's table has `number`, its sample `id`.
sdk: WxJava and silenceper/wechat read `number`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.image import Image
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.wechat.ocr.rendering import card_operation


def fields(documents: Sequence[Document], image: Image) -> Mapping[str, Any]:
    return {"number": documents[0].text("number").replace(" ", "")}


OPERATION = card_operation("bankcard", "api_bankcardocr", (Kind.BANK_CARD,), fields)
