"""Text of a picture at a URL, by GET."""

from __future__ import annotations

from mockocr.core.operation import Operation
from mockocr.vendors.ocr_space.api.operations.parse_image import PRICE, run

OPERATION = Operation(
    name="parse_imageurl",
    methods=("GET",),
    path="/parse/imageurl",
    aliases=("/Parse/ImageUrl", "/parse/ImageUrl"),
    source="doc: ocr.space/ocrapi",
    run=run,
    price=PRICE,
)
