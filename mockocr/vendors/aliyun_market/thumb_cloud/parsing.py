"""Parses a request for the text in a picture, by base64 or URL.

`ver` picks the form of `data`. Checks come in the order version, both, neither, then the picture.
"""

from __future__ import annotations

from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.image import Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.aliyun_market.thumb_cloud.failures import BAD_VERSION, BOTH, NEITHER
from mockocr.vendors.aliyun_market.thumb_cloud.fields import body_fields, names
from mockocr.vendors.aliyun_market.thumb_cloud.picture import inline_picture, limits, remote_picture
from mockocr.vendors.aliyun_market.thumb_cloud.rendering import DataFormat


def parse_picture(request: Request) -> OcrRequest[DataFormat]:
    """`img` or `url`, and `ver`; the option `ver` decides what the latter means."""
    fields = body_fields(request)
    version = fields.get("ver") or "0"
    if version not in {"0", "1"}:
        raise ApiError(BAD_VERSION, f"ver is {version[:40]!r} and not 0 or 1")
    url, img = fields.get("url", ""), fields.get("img", "")
    if url and img:
        raise ApiError(BOTH, "both url and img have a value")
    if not url and not img:
        raise ApiError(NEITHER, f"neither url nor img has a value; fields: {names(fields)}")
    as_list = (version == "1") == (request.options["ver"] == "examples")
    source: Source = remote_picture(url) if url else inline_picture(img)
    return OcrRequest((source,), limits(request), DataFormat(as_list))
