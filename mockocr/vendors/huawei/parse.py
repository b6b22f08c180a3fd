"""What a web-image request asks for."""

from __future__ import annotations

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request
from mockocr.core.image import Limits, Source
from mockocr.core.operation import OcrRequest
from mockocr.vendors.huawei.body import MAX_BASE64, Body, parse_body, switch, wrong

MIN_SIDE = 15
FORMATS = frozenset(
    {"JPEG", "PNG", "BMP", "TIFF", "TGA", "WEBP", "ICO", "PCX", "GIF"},
)
"""doc: web-image page; JPG and JPEG are one format here, which makes ten names of nine."""

EXTRACTS = ("contact_info", "image_size")
_SWITCHES = {"detect_direction": False, "detect_font": False, "detect_text_direction": True}


def limits(request: Request) -> Limits:
    """15 px to 8192 px a side (30000 with `max_side`), 10 MB of base64 or a file that would be."""
    return Limits(
        max_bytes=MAX_BASE64 // 4 * 3,
        max_base64=MAX_BASE64,
        min_side=MIN_SIDE,
        max_side=int(request.choices.get("max_side", "8192")),
        formats=FORMATS,
    )


def parse(request: Request) -> OcrRequest:
    """The picture, how to read it, and in `extra` what to put into the answer besides."""

    def rest(body: Body, sources: tuple[Source, ...]) -> OcrRequest:
        switches = {name: switch(body, name, default) for name, default in _SWITCHES.items()}
        extra = {"extract": _extract(body), "fonts": switches["detect_font"]}
        return OcrRequest(sources, ReadOptions(turn=switches["detect_direction"]), extra)

    return parse_body(request, rest)


def _extract(body: Body) -> tuple[str, ...]:
    values = body.get("extract_type")
    if values is None:
        return ()
    if not isinstance(values, list):
        raise wrong("extract_type", "a list", values)
    for value in values:
        if value not in EXTRACTS:
            raise wrong("extract_type", f"made of {' and '.join(EXTRACTS)}", value)
    return tuple(name for name in EXTRACTS if name in values)
