"""Where the picture of a request comes from, and which pictures are accepted.

Checks come in the order: length of the URL, scheme, attack. Loading checks the rest.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote
from mockocr.vendors.aliyun_market.thumb_cloud.failures import (
    ATTACK,
    BAD_IMG,
    NO_URL,
    NOT_DOWNLOADED,
)
from mockocr.vendors.aliyun_market.thumb_cloud.fields import names

MAX_URL = 255
"""Characters of `url`. doc: product page, String(255)."""
MAX_BYTES = 1024 * 1024
"""doc: product page, 1MB以内; of the picture itself, before base64 (a guess)."""
FORMATS = frozenset({"JPEG", "PNG", "GIF"})
METADATA = ipaddress.ip_address("100.100.100.200")
"""The address at which Aliyun's machines ask for their own secrets."""
_EMPTY_BASE64 = " \t\r\n="


def limits(request: Request) -> Limits:
    """The limits of all of the service's interfaces."""
    lenient = request.options["data_prefix"] == "lenient"
    return Limits(max_bytes=MAX_BYTES, formats=FORMATS, animated=True, data_url=lenient)


def inline_picture(img: str) -> Inline:
    """The picture in the field `img`, whose text is not empty."""
    if not img.lstrip(_EMPTY_BASE64):
        raise ApiError(BAD_IMG, "img is base64 of no bytes")
    return Inline(base64=img, location="img")


def remote_picture(url: str) -> Remote:
    """The picture at `url`, whose text is not empty."""
    if len(url) > MAX_URL:
        raise ApiError(NOT_DOWNLOADED, f"url has {len(url)} characters, {MAX_URL} are allowed")
    if not url.lower().startswith(("http://", "https://")):
        raise ApiError(NOT_DOWNLOADED, f"url does not start with http: {url[:60]!r}")
    if _is_attack(url):
        raise ApiError(ATTACK, f"url points into the machine's own network: {url}")
    return Remote(url, location="url")


def required_url(fields: Mapping[str, str]) -> Remote:
    """The picture of an interface that takes only a URL."""
    url = fields.get("url", "")
    if not url:
        raise ApiError(NO_URL, f"url has no value; fields: {names(fields)}")
    return remote_picture(url)


def _is_attack(url: str) -> bool:
    """guess: the page bars any form of attack; a URL to the cloud's metadata is one."""
    try:
        address = ipaddress.ip_address(urlsplit(url).hostname or "")
    except ValueError:
        return False
    return address.is_link_local or address == METADATA
