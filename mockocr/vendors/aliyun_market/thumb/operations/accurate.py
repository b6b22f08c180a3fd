"""文字识别高精版: interface 1 of the older guide, which gives it no path."""

from __future__ import annotations

from mockocr.core.http import Request
from mockocr.core.operation import OcrRequest, Operation
from mockocr.vendors.aliyun_market.thumb_cloud.fields import all_fields
from mockocr.vendors.aliyun_market.thumb_cloud.picture import limits, required_url
from mockocr.vendors.aliyun_market.thumb_cloud.rendering import DataFormat, render_text


def parse(request: Request) -> OcrRequest[DataFormat]:
    """The guide never gives the values of `show`: 1 is taken as on `ver`, all else as 0."""
    fields = all_fields(request)
    as_list = fields.get("show") == "1"
    return OcrRequest((required_url(fields),), limits(request), DataFormat(as_list))


OPERATION = Operation(
    name="accurate",
    methods=("GET", "POST"),
    path="/thumb/ocr",
    source="doc: 图片文字识别 API guide, interface 1 (the path is ours)",
    parse=parse,
    render=render_text,
)
