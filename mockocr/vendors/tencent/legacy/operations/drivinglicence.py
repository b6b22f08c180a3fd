"""行驶证驾驶证识别: the fields of a driving licence, or of one page of a vehicle licence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response, dump_json
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.documents.kinds import Kind
from mockocr.vendors.tencent.legacy.body import body_fields
from mockocr.vendors.tencent.legacy.document_errors import WRONG_TYPE
from mockocr.vendors.tencent.legacy.documents import document_item, shown_document
from mockocr.vendors.tencent.legacy.errors import NOTHING_SENT
from mockocr.vendors.tencent.legacy.rendering import render_success
from mockocr.vendors.tencent.legacy.single_image import SingleImage, parse_single_image

TYPES = {
    "0": Kind.VEHICLE_LICENCE,
    "1": Kind.DRIVING_LICENCE,
    "2": Kind.VEHICLE_LICENCE_BACK,
}

ITEMS: Mapping[Kind, Mapping[str, str]] = {
    Kind.VEHICLE_LICENCE: {
        "车牌号码": "plate",
        "车辆类型": "type",
        "所有人": "owner",
        "住址": "address",
        "使用性质": "use",
        "品牌型号": "model",
        "识别代码": "vin",
        "发动机号": "engine",
        "注册日期": "register_date",
        "发证日期": "issue_date",
    },
    Kind.DRIVING_LICENCE: {
        "证号": "number",
        "姓名": "name",
        "性别": "sex",
        "国籍": "nationality",
        "住址": "address",
        "出生日期": "birth",
        "领证日期": "first_issue",
        "准驾车型": "class",
        "起始日期": "valid_from",
        "有效日期": "valid_to",
        "红章": "authority",
    },
    # guess: the page has no names for this page of the licence; these are of VehicleLicenseOCR
    Kind.VEHICLE_LICENCE_BACK: {
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
    },
}
"""The names of the items of each document, in the page's order, and our fields."""


class LicenceImage(SingleImage, frozen=True):
    """`kind` is the document that the client expects."""

    kind: Kind


def parse(request: Request) -> OcrRequest[LicenceImage]:
    """One picture of the document that `type` names.

    Raises `ApiError(-1301)` without a type (guess) and `ApiError(-9001)` for another one.
    """
    parsed = parse_single_image(request)
    asked = str(body_fields(request).get("type", "")).strip()
    if not asked:
        raise ApiError(NOTHING_SENT, "the body has no type")
    if asked not in TYPES:
        raise ApiError(WRONG_TYPE, f"type is {asked[:40]!r}, not 0, 1 or 2")
    extra = LicenceImage(parsed.extra.appid, TYPES[asked])
    return OcrRequest(parsed.images, parsed.limits, extra, parsed.options)


def render(
    request: Request, parsed: OcrRequest[LicenceImage], results: Sequence[ImageResult]
) -> Response:
    """The items of the document, empty if they were not read; `ApiError(NOTHING_FOUND)` for a
    picture that does not show it.
    """
    _, recognition = single_result(results)
    document = shown_document(recognition, (parsed.extra.kind,))
    names = ITEMS[parsed.extra.kind]
    items = [document_item(name, document[field]) for name, field in names.items()]
    members = ("session_id", "items")
    return render_success(request, parsed.extra, recognition, dump_json(items), members)


OPERATION = Operation(
    name="drivinglicence",
    methods=("POST",),
    path="/ocr/drivinglicence",
    source="行驶证驾驶证识别, cloud.tencent.com/document/product/641/12426",
    parse=parse,
    render=render,
)
