"""How clients call the platform: urlencoded with base64."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, post_form
from mockocr.vendors.aliyun_market.thumb_cloud.rendering import lines_of_data


def _platform(image: SampleImage, values: Mapping[str, str]) -> Request:
    img = base64.b64encode(image.data).decode()
    return post_form("/thumb/platform/ocr", [("img", img), ("ver", "1")])


EXAMPLES = (RequestExample("platform", "urlencoded, base64", _platform, lines_of_data),)
