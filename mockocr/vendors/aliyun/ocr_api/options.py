"""The options of `ocr-api`: readings of the contract that the vendor's pages leave open."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

SECURITY_TOKEN = ServiceOption(
    "security_token",
    "",
    "the security token that requests must carry; empty accepts any, if it is signed",
)

OPTIONS = (
    ServiceOption(
        "rectangles",
        "plain",
        "a line's x, y, width, height and angle: the upright box with angle 0 (plain), or OpenCV's"
        " turned rectangle, whose width and height change places at -90 (opencv)",
        ("plain", "opencv"),
    ),
    ServiceOption(
        "punctuation",
        "half",
        "the full-width comma, colon and semicolon in `content`: made half-width as in the"
        " vendor's samples (half), or kept (full)",
        ("half", "full"),
    ),
    ServiceOption(
        "smallest_side",
        "15",
        "a side must be longer than so many pixels: 15 by the pages of the actions, 5 by the text"
        " of the error",
        ("15", "5"),
    ),
    ServiceOption(
        "url_and_body",
        "body",
        "a request with both Url and a picture: the picture is read (body), or it is refused with"
        " invalidInputParameter (refuse)",
        ("body", "refuse"),
    ),
    ServiceOption(
        "default_format",
        "json",
        "the format of responses to RPC requests without Format",
        ("json", "xml"),
    ),
    SECURITY_TOKEN,
)
