"""驾驶证识别: the main page or the second page of a driving licence."""

from __future__ import annotations

from mockocr.core.recognition import Recognition
from mockocr.documents.formats import compact_date
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.baidu.ocr.documents import document_renderer
from mockocr.vendors.baidu.ocr.errors import WRONG_TARGET
from mockocr.vendors.baidu.ocr.licences import Pages, licence_body
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import Fields
from mockocr.vendors.baidu.ocr.prices import CARD
from mockocr.vendors.baidu.ocr.rendering import Json

_FRONT = {
    "证号": "number",
    "姓名": "name",
    "性别": "sex",
    "国籍": "nationality",
    "住址": "address",
    "出生日期": "birth",
    "初次领证日期": "first_issue",
    "准驾车型": "class",
}
_BACK = {"姓名": "name", "证号": "number", "档案编号": "archive_number", "记录": "record"}
PAGES = Pages("driving_license_side", Kind.DRIVING_LICENCE, Kind.DRIVING_LICENCE_BACK)


def body(licence: Document, recognition: Recognition, fields: Fields) -> Json:
    """doc: with `unified_valid_period`, a period is 有效起始日期 and 失效日期; without, it is
    有效期限 and 至, as a licence prints it. guess: 发证单位 comes last.
    """
    if PAGES.is_second(fields):
        return licence_body(licence.texts(_BACK), recognition, fields, front=False)
    words = licence.texts(_FRONT)
    for name in ("出生日期", "初次领证日期"):
        words[name] = compact_date(words[name])
    unified = fields.flag("unified_valid_period")
    names = ("有效起始日期", "失效日期") if unified else ("有效期限", "至")
    for name, field in zip(names, ("valid_from", "valid_to"), strict=True):
        words[name] = compact_date(licence.text(field))
    words["发证单位"] = licence.text("authority")
    return licence_body(words, recognition, fields, front=True)


OPERATION = operation(
    "driving_license",
    "Vk3h7xzz7",
    PAGES.rules("unified_valid_period").parse,
    document_renderer(PAGES.kinds, WRONG_TARGET, body),
    price=CARD,
)
