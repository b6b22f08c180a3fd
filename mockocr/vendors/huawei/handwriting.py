"""handwriting: written text, or only the digits or letters in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from mockocr.core.engine import ReadOptions
from mockocr.core.http import Request, Response
from mockocr.core.image import Limits, Source
from mockocr.core.operation import ImageResult, OcrRequest
from mockocr.core.recognition import Character, Line, Quad, Word, mean
from mockocr.core.service import ServiceOption
from mockocr.vendors.huawei.body import MAX_BASE64, Body, one_of, parse_body, switch
from mockocr.vendors.huawei.render import answer, block, picture_of

TYPE = ServiceOption(
    "handwriting_type",
    "text",
    "what `type` says of a block of handwriting: text, as the page's sample, or handwriting, as "
    "the SDK's description",
    ("text", "handwriting"),
)

FORMATS = frozenset({"JPEG", "PNG", "BMP", "TIFF"})


def _digit(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _letter(text: str) -> bool:
    return text.isascii() and text.isalpha()


_SETS: Mapping[str, Callable[[str], bool]] = {
    "digit": _digit,
    "letter": _letter,
    "digit_letter": lambda text: _digit(text) or _letter(text),
    "general": lambda text: True,
}
"""doc: handwriting page, `char_set`; what stands outside the set is left out (guess)."""


def limits(request: Request) -> Limits:
    """doc: sides from 8 to 8192 px, 10 MB of base64, four formats."""
    return Limits(
        max_bytes=MAX_BASE64 // 4 * 3,
        max_base64=MAX_BASE64,
        min_side=8,
        max_side=8192,
        formats=FORMATS,
    )


def parse(request: Request) -> OcrRequest:
    """`extra["set"]` names the characters that are wanted."""

    def rest(body: Body, sources: tuple[Source, ...]) -> OcrRequest:
        options = ReadOptions(
            turn=switch(body, "detect_direction"),
            handwriting=True,
            layout="line" if switch(body, "quick_mode") else "page",
        )
        wanted = one_of(body, "char_set", frozenset(_SETS), "general")
        return OcrRequest(sources, options, {"set": wanted})

    return parse_body(request, rest)


def render(request: Request, ask: OcrRequest, readings: Sequence[ImageResult]) -> Response:
    """Blocks have `type` between `words` and `confidence`, as in the page's sample."""
    _, recognition = picture_of(ask, readings)
    kind = request.choices.get(TYPE.name, TYPE.default)
    fits = _SETS[ask.extra["set"]]
    lines = [only_those(line, fits) for line in recognition.lines]
    blocks = [
        {"words": line.text, "type": kind} | block(line) for line in lines if line and line.text
    ]
    return answer(request, {"words_block_count": len(blocks), "words_block_list": blocks})


def only_those(line: Line, fits: Callable[[str], bool]) -> Line | None:
    """The line without the characters that do not fit, closed up; None when none is left.

    Its corners are then those of what is left, its confidence their mean.
    """
    if all(fits(character.text) for character in line.characters):
        return line
    words: list[Word] = []
    for word in line.words:
        kept = tuple(c for c in word.characters if fits(c.text))
        if kept:
            text = "".join(c.text for c in kept)
            words.append(Word(text, _around(kept), _sure(kept), kept, word.spaced))
    characters = [c for word in words for c in word.characters]
    if not characters:
        return None
    return replace(line, words=tuple(words), quad=_around(characters), confidence=_sure(characters))


def _around(characters: Sequence[Character]) -> Quad:
    first, last = characters[0].quad, characters[-1].quad
    return Quad(first.tl, last.tr, last.br, first.bl)


def _sure(characters: Sequence[Character]) -> float:
    return mean(character.confidence for character in characters)
