"""手写字体识别: interface 2 of the older guide, which gives it no path."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation, single_result
from mockocr.core.recognition import Line
from mockocr.vendors.aliyun_market.thumb_cloud.fields import all_fields
from mockocr.vendors.aliyun_market.thumb_cloud.picture import limits, required_url
from mockocr.vendors.aliyun_market.thumb_cloud.rendering import success


def parse(request: Request) -> OcrRequest[None]:
    """`show` changes nothing: the guide has one response, with positions."""
    source = required_url(all_fields(request))
    return OcrRequest((source,), limits(request), None, ReadOptions(handwriting=True))


def render(request: Request, parsed: OcrRequest[None], results: Sequence[ImageResult]) -> Response:
    """`data` is a list of `{"position", "words"}`."""
    _, recognition = single_result(results)
    return success(
        [{"position": _position(line), "words": line.text} for line in recognition.lines]
    )


def _position(line: Line) -> dict[str, int]:
    """Whole pixels of the upright rectangle around the line, keys as in the guide's example."""
    box = line.quad.bounds
    return {"top": box.y, "left": box.x, "width": box.width, "height": box.height}


OPERATION = Operation(
    name="handwriting",
    methods=("GET", "POST"),
    path="/thumb/handwriting",
    source="doc: 图片文字识别 API guide, interface 2 (the path is ours)",
    parse=parse,
    render=render,
)
