"""行驶证识别: the main page or the second page of a vehicle licence."""

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
    "号牌号码": "plate",
    "车辆类型": "type",
    "所有人": "owner",
    "住址": "address",
    "使用性质": "use",
    "品牌型号": "model",
    "车辆识别代号": "vin",
    "发动机号码": "engine",
    "注册日期": "register_date",
    "发证日期": "issue_date",
}
"""doc: the page's sample."""
_BACK = {
    "号牌号码": "plate",
    "档案编号": "file_number",
    "核定载人数": "seats",
    "总质量": "total_mass",
    "整备质量": "curb_weight",
    "核定载质量": "load",
    "外廓尺寸": "size",
    "准牵引总质量": "traction_mass",
    "备注": "remarks",
    "检验记录": "record",
    "燃油类型": "fuel",
    "证芯编号": "code",
}
"""observed: public clients read these names; the order is a guess."""
PAGES = Pages("vehicle_license_side", Kind.VEHICLE_LICENCE, Kind.VEHICLE_LICENCE_BACK)


def body(licence: Document, recognition: Recognition, fields: Fields) -> Json:
    if PAGES.is_second(fields):
        return licence_body(licence.texts(_BACK), recognition, fields, front=False)
    words = licence.texts(_FRONT)
    for name in ("注册日期", "发证日期"):
        words[name] = compact_date(words[name])
    return licence_body(words, recognition, fields, front=True)


OPERATION = operation(
    "vehicle_license",
    "yk3h7y3ks",
    PAGES.rules("unified").parse,
    document_renderer(PAGES.kinds, WRONG_TARGET, body),
    price=CARD,
)
