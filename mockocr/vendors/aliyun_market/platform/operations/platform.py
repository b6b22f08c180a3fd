"""The platform's text recognition: the same operation as behind the gateway.

No public page tells its path; this one is ours.
"""

from __future__ import annotations

from mockocr.core.operation import Operation
from mockocr.vendors.aliyun_market.thumb_cloud.parsing import parse_picture
from mockocr.vendors.aliyun_market.thumb_cloud.rendering import render_text

OPERATION = Operation(
    name="platform",
    methods=("POST",),
    path="/thumb/platform/ocr",
    source="doc: 图片文字识别 product page, failure table (path and signing rule are ours)",
    parse=parse_picture,
    render=render_text,
)
