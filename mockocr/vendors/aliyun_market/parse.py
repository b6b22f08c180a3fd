"""The request fields in any encoding, and what the four operations ask for.

`ver` and `show` pick the form of the answer's `data`: one string, or a list of words. Checks stand
in the order version, both, neither, length and scheme of the URL; loading checks the rest.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable
from typing import Any, Literal
from urllib.parse import urlsplit

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.core.service import ServiceOption
from mockocr.vendors.aliyun_market.errors import ATTACK, BAD_VERSION, BOTH, NEITHER, NOT_DOWNLOADED

MAX_URL = 255
"""Characters of `url`. doc: product page, String(255)."""
MAX_BYTES = 1024 * 1024
"""doc: product page, 1MB以内; of the picture itself, before base64 (a guess)."""
FORMATS = frozenset({"JPEG", "PNG", "GIF"})
METADATA = ipaddress.ip_address("100.100.100.200")
"""The address at which Aliyun's machines ask for their own secrets."""

VER = ServiceOption(
    "ver",
    "examples",
    "what ver=0 and ver=1 mean: as the JSON examples (0 one string, 1 a list) or as the prose "
    "(0 line blocks, 1 all in one)",
    ("examples", "prose"),
)
DATA_PREFIX = ServiceOption(
    "data_prefix",
    "strict",
    "img with a data: prefix: undecodable (strict), or the prefix is dropped (lenient)",
    ("strict", "lenient"),
)

Shape = Literal["text", "words", "positions"]


def fields(request: Request) -> dict[str, str]:
    """The request's parameters as text, the first of each name; JSON null counts as absent.

    A GET has them in the query, any other method in the body. Without a telling Content-Type the
    body is JSON if it starts with `{` and a form otherwise (official Node `SimpleClient` sends
    none). JSON values that are no text come as JSON text. `ApiError(BAD_BODY)` when the body is not
    what it claims to be.
    """
    if request.method == "GET":
        return _first(request.query_fields())
    kind = request.content_type
    if kind == "multipart/form-data":
        return _first((part.name, part.text) for part in request.parts())
    if kind == "application/json" or (not _is_form(kind) and _looks_like_json(request.body)):
        return {k: _text(v) for k, v in request.json().items() if v is not None}
    return _first(request.form_fields())


def either(request: Request) -> dict[str, str]:
    """Like `fields`, with what the body lacks taken from the query: the guide names no place."""
    return {**_first(request.query_fields()), **fields(request)}


def parse_ocr(request: Request) -> OcrRequest:
    given = fields(request)
    version = given.get("ver") or "0"
    if version not in {"0", "1"}:
        raise ApiError(BAD_VERSION, f"ver is {version[:40]!r} and not 0 or 1")
    url, img = given.get("url", ""), given.get("img", "")
    if url and img:
        raise ApiError(BOTH, "both url and img have a value")
    if not url and not img:
        raise ApiError(NEITHER, f"neither url nor img has a value; fields: {_names(given)}")
    as_list = (version == "1") == (request.choices.get(VER.name, VER.default) == "examples")
    source: Source = _remote(url) if url else Inline(base64=img)
    return _ask(source, "words" if as_list else "text")


def parse_accurate(request: Request) -> OcrRequest:
    """The guide never gives the values of `show`: 1 is taken as on `ver`, all else as 0."""
    given = either(request)
    return _ask(_required(given), "words" if given.get("show") == "1" else "text")


def parse_handwriting(request: Request) -> OcrRequest:
    """`show` changes nothing: the guide has one answer, with positions."""
    return _ask(_required(either(request)), "positions", ReadOptions(handwriting=True))


def limits(request: Request) -> Limits:
    lenient = request.choices.get(DATA_PREFIX.name, DATA_PREFIX.default) == "lenient"
    return Limits(max_bytes=MAX_BYTES, formats=FORMATS, animated=True, data_url=lenient)


def _ask(source: Source, shape: Shape, options: ReadOptions | None = None) -> OcrRequest:
    return OcrRequest((source,), options or ReadOptions(), {"shape": shape})


def _required(given: dict[str, str]) -> Remote:
    url = given.get("url", "")
    if not url:
        raise ApiError(NEITHER, f"url has no value; fields: {_names(given)}")
    return _remote(url)


def _remote(url: str) -> Remote:
    if len(url) > MAX_URL:
        raise ApiError(NOT_DOWNLOADED, f"url has {len(url)} characters, {MAX_URL} are allowed")
    if not url.lower().startswith(("http://", "https://")):
        raise ApiError(NOT_DOWNLOADED, f"url does not start with http: {url[:60]!r}")
    if _is_attack(url):
        raise ApiError(ATTACK, f"url points into the machine's own network: {url}")
    return Remote(url)


def _is_attack(url: str) -> bool:
    """guess: the page bars any form of attack; a URL to the cloud's metadata is one."""
    try:
        address = ipaddress.ip_address(urlsplit(url).hostname or "")
    except ValueError:
        return False
    return address.is_link_local or address == METADATA


def _is_form(kind: str) -> bool:
    return kind.startswith("application/x-www-form-urlencoded")


def _looks_like_json(body: bytes) -> bool:
    return body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _names(given: dict[str, str]) -> str:
    return ", ".join(sorted(given)[:8])[:120] or "none"
