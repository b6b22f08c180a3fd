"""银行卡识别 RecognizeBankCard: a bank card."""

from __future__ import annotations

from mockocr.documents.kinds import Kind
from mockocr.vendors.aliyun.ocr_api.card_action import CardAction
from mockocr.vendors.aliyun.ocr_api.skins import BANK_CARD

OPERATION = CardAction(
    "RecognizeBankCard",
    "recognize_bank_card",
    {Kind.BANK_CARD: ("", BANK_CARD)},
).operation
