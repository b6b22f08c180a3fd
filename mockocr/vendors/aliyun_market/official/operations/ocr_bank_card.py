"""ocr_bank_card, 银行卡识别: a bank card."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.aliyun_market.official.documents import Configure, Json, document_operation


def fields(found: Sequence[Document], configure: Configure, recognition: Recognition) -> Json:
    """observed: number without blanks, date as `09/22`, and no config_str."""
    card = found[0]
    year, _, month = card.text("valid_to").partition("-")
    return {
        "bank_name": card.text("bank"),
        "card_num": card.text("number").replace(" ", ""),
        "valid_date": f"{month[:2]}/{year[-2:]}" if month else "",
    }


OPERATION = document_operation(
    "ocr_bank_card",
    "/rest/160601/ocr/ocr_bank_card.json",
    "observed: an answer of 2019-10-16 in public notes",
    lambda configure: (Kind.BANK_CARD,),
    fields,
)
