"""增值税发票识别: a VAT invoice, or with `type=roll` a roll of it."""

from __future__ import annotations

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.baidu.ocr.documents import counted, document_renderer
from mockocr.vendors.baidu.ocr.errors import WRONG_TARGET
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import BOOLEAN, Fields, Rules
from mockocr.vendors.baidu.ocr.prices import VAT_INVOICE
from mockocr.vendors.baidu.ocr.rendering import Json
from mockocr.vendors.baidu.ocr.vat_fields import vat_fields, vat_rows

RULES = Rules({"type": frozenset({"normal", "roll"}), "seal_tag": BOOLEAN}, turned=True)
_BEFORE_ROWS = "Agent"


def kinds(fields: Fields) -> tuple[Kind, ...]:
    roll = fields.values.get("type") == "roll"
    return (Kind.VAT_ROLL_INVOICE,) if roll else (Kind.VAT_INVOICE,)


def body(invoice: Document, recognition: Recognition, fields: Fields) -> Json:
    """observed: all values are texts; a row has its number as text. Seals are not read: with
    `seal_tag` their fields are empty.
    """
    words: Json = {}
    for name, value in vat_fields(invoice):
        words[name] = value.text
        if name == _BEFORE_ROWS:
            words |= {
                column: [
                    {"word": cell.text, "row": str(row)} for row, cell in enumerate(cells, start=1)
                ]
                for column, cells in vat_rows(invoice)
            }
    if fields.flag("seal_tag"):
        names = ("company_seal", "seal_info", "supervision_seal", "supervision_seal_info")
        words |= dict.fromkeys(names, "")
    return counted(words)


OPERATION = operation(
    "vat_invoice",
    "nk3h7xy2t",
    RULES.parse,
    document_renderer(kinds, WRONG_TARGET, body),
    price=VAT_INVOICE,
)
