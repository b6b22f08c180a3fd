"""handwriting: handwritten text, or only the digits or letters in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.operation import ImageResult, OcrRequest, Operation
from mockocr.core.recognition import Character, Line, Quad, Word, mean
from mockocr.vendors.huawei.ocr.body import parse_body, picture_limits
from mockocr.vendors.huawei.ocr.options import HANDWRITING_TYPE
from mockocr.vendors.huawei.ocr.rendering import block, picture_of, success

_FORMATS = frozenset({"JPEG", "PNG", "BMP", "TIFF"})
_MIN_SIDE, _MAX_SIDE = 8, 8192
"""doc: handwriting page."""


def _is_digit(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_letter(text: str) -> bool:
    return text.isascii() and text.isalpha()


_CHARACTER_SETS: Mapping[str, Callable[[str], bool]] = {
    "digit": _is_digit,
    "letter": _is_letter,
    "digit_letter": lambda text: _is_digit(text) or _is_letter(text),
    "general": lambda text: True,
}
"""doc: handwriting page, `char_set`; other characters are left out (guess)."""


class _Fields(msgspec.Struct, frozen=True):
    """The wanted character set, and where the picture is stored."""

    character_set: str
    in_obs: bool


def parse(request: Request) -> OcrRequest[_Fields]:
    """`ApiError` for the first wrong field."""
    body = parse_body(request)
    turn = body.switch("detect_direction")
    line_only = body.switch("quick_mode")
    character_set = body.one_of("char_set", _CHARACTER_SETS, "general")
    return OcrRequest(
        images=(body.source(),),
        limits=picture_limits(_MIN_SIDE, _MAX_SIDE, _FORMATS),
        extra=_Fields(character_set, body.in_obs),
        options=ReadOptions(turn=turn, handwriting=True, layout="line" if line_only else "page"),
    )


def render(
    request: Request, asked: OcrRequest[_Fields], results: Sequence[ImageResult]
) -> Response:
    """Blocks have `type` between `words` and `confidence`, as in the page's sample."""
    _, recognition = picture_of(results, in_obs=asked.extra.in_obs)
    wanted = _CHARACTER_SETS[asked.extra.character_set]
    lines = [_only(wanted, line) for line in recognition.lines]
    kind = request.options[HANDWRITING_TYPE.name]
    blocks = [
        {"words": line.text, "type": kind} | block(line) for line in lines if line and line.text
    ]
    return success(request, {"words_block_count": len(blocks), "words_block_list": blocks})


def _only(wanted: Callable[[str], bool], line: Line) -> Line | None:
    """The line without its other characters, closed up; None if none remains.

    Its corners and its confidence are those of the remaining characters.
    """
    if all(wanted(character.text) for character in line.characters):
        return line
    words: list[Word] = []
    for word in line.words:
        kept = tuple(c for c in word.characters if wanted(c.text))
        if kept:
            text = "".join(c.text for c in kept)
            words.append(Word(text, _quad(kept), _confidence(kept), kept, word.spaced))
    characters = [c for word in words for c in word.characters]
    if not characters:
        return None
    quad, confidence = _quad(characters), _confidence(characters)
    return replace(line, words=tuple(words), quad=quad, confidence=confidence)


def _quad(characters: Sequence[Character]) -> Quad:
    first, last = characters[0].quad, characters[-1].quad
    return Quad(first.tl, last.tr, last.br, first.bl)


def _confidence(characters: Sequence[Character]) -> float:
    return mean(character.confidence for character in characters)


OPERATION = Operation(
    name="handwriting",
    methods=("POST",),
    path="/v2/{project_id}/ocr/handwriting",
    parse=parse,
    render=render,
    source="doc: Huawei Cloud OCR, handwriting page (手写文字识别)",
    aliases=("/v1.0/ocr/handwriting",),
)
