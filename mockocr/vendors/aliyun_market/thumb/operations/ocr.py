"""图片文字识别: text in a picture by base64 or URL."""

from __future__ import annotations

from mockocr.core.operation import Operation, Price
from mockocr.vendors.aliyun_market.thumb_cloud.parsing import parse_picture
from mockocr.vendors.aliyun_market.thumb_cloud.rendering import render_text

OPERATION = Operation(
    name="ocr",
    methods=("POST",),
    path="/ocr",
    source="doc: 图片文字识别 product page (cmapi00066983)",
    parse=parse_picture,
    render=render_text,
    price=Price("doc: 图片文字识别 product page, 20000 yuan for a million calls", 0.02),
)
