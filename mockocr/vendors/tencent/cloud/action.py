"""What an action's request asks for: version, region, parameters by name, type and value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline, Limits, Remote, Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.tencent_cloud import request
from mockocr.vendors.tencent_cloud.actions import VERSION, Action, Kind
from mockocr.vendors.tencent_cloud.errors import (
    BAD_LANGUAGE,
    BAD_MULTIPART,
    BAD_VALUE,
    MISSING,
    NO_REGION,
    NO_VERSION,
    UNKNOWN,
    WRONG_TYPE,
)

BODY_LIMIT = 10 * 1024 * 1024
"""A POST signed with TC3. doc: 请求结构 (1130/46710)."""

QUERY_LIMIT = 32 * 1024
"""The URL of a GET. doc: the same page."""

_LANGUAGES = (
    "zh zh_rare auto mix jap kor spa fre ger por vie may rus ita hol swe fin dan nor hun tha hi ara"
)
LANGUAGES = frozenset(_LANGUAGES.split())
"""Values of LanguageType; whichever is asked for, the engine reads Chinese and English."""

_VALUES: Mapping[tuple[str, str], frozenset[str]] = {
    ("GeneralAccurateOCR", "ConfigID"): frozenset({"OCR", "MulOCR"}),
    ("GeneralAccurateOCR", "WordsType"): frozenset({"0", "1", "2"}),
    ("GeneralHandwritingOCR", "Scene"): frozenset({"only_hw"}),
}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_REGION = re.compile(r"[a-z]{2}(-[a-z0-9]+){1,3}")
DOWNLOAD_SECONDS = 3.0


def parser(action: Action) -> Callable[[Request], OcrRequest]:
    """How to parse that action's requests; `extra` holds the parameters by name."""

    def parse(call: Request) -> OcrRequest:
        _check_common(call)
        fields = _fields(action, call)
        _check_values(action, fields)
        return OcrRequest((_source(fields),), _options(call, action, fields), fields)

    return parse


def limiter(action: Action) -> Callable[[Request], Limits]:
    """What that action takes as a picture; a PDF's page only where `IsPdf` asks for it."""

    def limits(call: Request) -> Limits:
        fields = _fields(action, call)
        page = int(fields.get("PdfPageNumber") or 1) if fields.get("IsPdf") else None
        longest = action.megabytes * 1024 * 1024
        return Limits(
            max_bytes=longest * 3 // 4,
            max_base64=longest,
            min_side=action.min_side,
            max_side=action.max_side,
            formats=action.formats,
            download_seconds=DOWNLOAD_SECONDS,
            page=page,
        )

    return limits


def _check_common(call: Request) -> None:
    if call.method == "GET" and len(call.query) > QUERY_LIMIT:
        detail = f"the query has {len(call.query)} characters, {QUERY_LIMIT} are allowed in a GET"
        raise ApiError(ErrorKind.BODY_TOO_LARGE, detail)
    version = request.common(call, "Version")
    if not version:
        raise ApiError(MISSING, "the request has no version", name="Version")
    if version != VERSION:
        raise ApiError(NO_VERSION, f"the version is {version[:40]!r}, OCR's is {VERSION}")
    region = request.common(call, "Region")
    if region and not _REGION.fullmatch(region):
        raise ApiError(NO_REGION, f"{region[:40]!r} is no region's name")


def _fields(action: Action, call: Request) -> Mapping[str, Any]:
    """The action's own parameters by name, in their types; JSON's null counts as absent."""
    typed = {name: _typed(action, name, value) for name, value in _given(call).items()}
    return {name: value for name, value in typed.items() if value is not None}


def _given(call: Request) -> Mapping[str, Any]:
    if not request.has_headers(call):
        own = request.pairs(call).items()
        return {name: value for name, value in own if name not in request.COMMON}
    if call.method == "GET":
        return request.pairs(call)
    kind = call.content_type
    if kind == "multipart/form-data":
        raise ApiError(BAD_MULTIPART, "OCR's actions take JSON, and a multipart form came")
    if kind not in ("application/json", ""):
        detail = f"TC3 goes with application/json, and the Content-Type is {kind}"
        raise ApiError(ErrorKind.BAD_BODY, detail)
    return call.json()


def _typed(action: Action, name: str, value: Any) -> Any:
    kind = action.parameters.get(name)
    if kind is None:
        known = ", ".join(action.parameters)
        detail = f"{action.name} has no parameter {name[:80]!r}; it has {known}"
        raise ApiError(UNKNOWN, detail, name=name)
    if value is None:
        return None
    made = _of_kind(kind, value)
    if made is None:
        detail = f"{name} is of type {type(value).__name__} ({str(value)[:40]!r}), not {kind}"
        raise ApiError(WRONG_TYPE, detail, name=name)
    return made


def _of_kind(kind: Kind, value: Any) -> Any:
    """The value, also from the texts that forms and queries hold (`True` comes from Python)."""
    if kind == "string":
        return value if isinstance(value, str) else None
    if kind == "boolean":
        return value if isinstance(value, bool) else _BOOLEANS.get(str(value).lower())
    if isinstance(value, bool):
        return None
    text = str(value)
    return int(text) if re.fullmatch(r"\d{1,18}", text, re.ASCII) else None


def _check_values(action: Action, fields: Mapping[str, Any]) -> None:
    language = fields.get("LanguageType")
    if language and language not in LANGUAGES:
        raise ApiError(BAD_LANGUAGE, f"LanguageType is {language[:40]!r}")
    for name, value in fields.items():
        allowed = _VALUES.get((action.name, name))
        if allowed and value and value not in allowed:
            detail = f"{name} is {value[:40]!r}, not one of {', '.join(sorted(allowed))}"
            raise ApiError(BAD_VALUE, detail)
    if fields.get("PdfPageNumber") == 0:
        raise ApiError(BAD_VALUE, "PdfPageNumber is 0, and pages count from 1")


def _options(call: Request, action: Action, fields: Mapping[str, Any]) -> ReadOptions:
    turn = call.choices.get("turn", "off") == "on" and bool(fields.get("Preprocess", True))
    single = fields.get("EnableDetectText") is False
    return ReadOptions(
        turn=turn,
        handwriting=action.operation == "general_handwriting",
        layout="line" if single else "page",
    )


def _source(fields: Mapping[str, Any]) -> Source:
    url, image = fields.get("ImageUrl"), fields.get("ImageBase64")
    if url:
        if not _is_sendable(url):
            raise ApiError(ErrorKind.DOWNLOAD_FAILED, f"ImageUrl {url[:80]!r} cannot be asked for")
        return Remote(url)
    if not image:
        raise ApiError(ErrorKind.NO_IMAGE, "there is neither ImageUrl nor ImageBase64")
    return Inline(base64=image)


def _is_sendable(url: str) -> bool:
    try:
        url.encode()
    except UnicodeEncodeError:
        return False
    return True
