"""General text recognition, with the text in `data`."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation, Price
from mockocr.vendors.tupu.parsing import parse_pictures
from mockocr.vendors.tupu.rendering import render_files, render_success

PATH = "/v3/recognition/general-ocr"


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    return render_success(request, "data", {"fileList": render_files(request, results)})


OPERATION = Operation(
    name="general_ocr",
    methods=("POST",),
    path=PATH,
    source="doc: tupu.apistd.com general OCR page (通用文字识别 OCR)",
    parse=parse_pictures,
    render=render,
    price=Price("doc: tupu.apistd.com general OCR page, the first package is free", free=50),
)
