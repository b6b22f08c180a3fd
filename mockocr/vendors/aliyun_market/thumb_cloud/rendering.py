"""Successful responses: what was recognised as `data`, in the form that the request asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, single_result
from mockocr.vendors.aliyun_market.thumb_cloud.failures import JSON


class DataFormat(msgspec.Struct, frozen=True):
    """The form of `data`: a list of lines, or one string of all lines with nothing between."""

    as_list: bool


def success(data: Any) -> Response:
    """The envelope of a success, keys in the order of the page's examples."""
    return Response.of_json({"ok": 1, "msg": "查询成功", "data": data}, code=1, content_type=JSON)


def render_text(
    request: Request, parsed: OcrRequest[DataFormat], results: Sequence[ImageResult]
) -> Response:
    """`data` is one string, or a list of `{"words"}`."""
    _, recognition = single_result(results)
    if parsed.extra.as_list:
        return success([{"words": line.text} for line in recognition.lines])
    return success("".join(line.text for line in recognition.lines))


def lines_of_data(response: Any) -> Sequence[str]:
    """The lines in `data`, whichever form it has."""
    data = response["data"]
    return [data] if isinstance(data, str) else [line["words"] for line in data]
