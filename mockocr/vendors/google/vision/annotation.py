"""Makes `textAnnotations` and `fullTextAnnotation` out of recognised text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from mockocr.core.image import Image
from mockocr.core.recognition import Line, Quad, Recognition, mean
from mockocr.vendors.google.vision.languages import UNDETERMINED, language_of, shares
from mockocr.vendors.google.vision.numbers import shortest
from mockocr.vendors.google.vision.words import (
    LINE_BREAK,
    LINE_WRAP,
    TEXT_OF_BREAK,
    Token,
    line_tokens,
)

Json = dict[str, Any]
Polygon = Callable[[Quad], Json]


class Form(msgspec.Struct, frozen=True):
    """How an annotation is written: `polygon` renders corners, `page_size` is what the page states,
    `confidence` says whether to state it, `hints` are the request's languages.
    """

    polygon: Polygon
    page_size: tuple[int, int]
    confidence: bool
    hints: Sequence[str]


def pixel_form(image: Image, confidence: bool, hints: Sequence[str]) -> Form:
    """For pictures: corners in whole pixels; a coordinate of 0 is left out (doc, observed)."""

    def polygon(quad: Quad) -> Json:
        corners = ((("x", x), ("y", y)) for x, y in quad.rounded)
        return {"vertices": [{name: v for name, v in corner if v} for corner in corners]}

    return Form(polygon, (image.width, image.height), confidence, hints)


def normalized_form(
    image: Image, size: tuple[int, int], confidence: bool, hints: Sequence[str]
) -> Form:
    """For pages of documents: corners from 0 to 1 (doc: discovery document)."""

    def polygon(quad: Quad) -> Json:
        corners = [(p.x / image.width, p.y / image.height) for p in quad]
        vertices = [
            {name: shortest(v) for name, v in (("x", x), ("y", y)) if v > 0} for x, y in corners
        ]
        return {"normalizedVertices": vertices}

    return Form(polygon, size, confidence, hints)


def text_annotations(recognition: Recognition, form: Form) -> list[Json]:
    """The whole text, then one entry for each word; empty without text."""
    paragraphs = _paragraphs(recognition)
    tokens = [token for paragraph in paragraphs for token in paragraph]
    if not tokens:
        return []
    locale = next(iter(_languages(tokens, form)), (UNDETERMINED, 0))[0]
    whole = Quad.upright(*_extent(token.quad for token in tokens))
    everything = {
        "locale": locale,
        "description": _text(tokens),
        "boundingPoly": form.polygon(whole),
    }
    return [
        everything,
        *({"description": t.text, "boundingPoly": form.polygon(t.quad)} for t in tokens),
    ]


def full_text_annotation(recognition: Recognition, form: Form) -> Json | None:
    """Pages → blocks → paragraphs → words → symbols, and the text; None without text."""
    paragraphs = _paragraphs(recognition)
    tokens = [token for paragraph in paragraphs for token in paragraph]
    if not tokens:
        return None
    width, height = form.page_size
    languages = [
        {"languageCode": code, "confidence": shortest(share)}
        for code, share in _languages(tokens, form)
    ]
    page: Json = {"property": {"detectedLanguages": languages}} if languages else {}
    page |= {"width": width, "height": height, "blocks": [_block(p, form) for p in paragraphs]}
    return {"pages": [page], "text": _text(tokens)}


def _paragraphs(recognition: Recognition) -> list[list[Token]]:
    """The words of each block in reading order. A block has one paragraph (guess: what readers
    report as a block is a paragraph of Google's).
    """
    found = []
    for _, lines in groupby(recognition.lines, key=lambda line: line.block):
        tokens = _tokens(list(lines))
        if tokens:
            found.append(tokens)
    return found


def _tokens(lines: Sequence[Line]) -> list[Token]:
    last = len(lines) - 1
    return [
        token
        for number, line in enumerate(lines)
        for token in line_tokens(line, LINE_BREAK if number == last else LINE_WRAP)
    ]


def _block(tokens: Sequence[Token], form: Form) -> Json:
    box = form.polygon(_around([token.quad for token in tokens]))
    confidence = _confidence(mean(token.confidence for token in tokens), form)
    words = [_word(token, form) for token in tokens]
    paragraph = {"boundingBox": box, "words": words, **confidence}
    return {"boundingBox": box, "paragraphs": [paragraph], "blockType": "TEXT", **confidence}


def _word(token: Token, form: Form) -> Json:
    language = language_of(token.text, form.hints)
    known = {"property": {"detectedLanguages": [{"languageCode": language}]}} if language else {}
    last = len(token.characters) - 1
    symbols = []
    for index, character in enumerate(token.characters):
        ending = token.ending if index == last else ""
        after = {"property": {"detectedBreak": {"type": ending}}} if ending else {}
        symbols.append(
            {
                **after,
                "boundingBox": form.polygon(character.quad),
                "text": character.text,
                **_confidence(character.confidence, form),
            }
        )
    box = form.polygon(token.quad)
    return {**known, "boundingBox": box, "symbols": symbols, **_confidence(token.confidence, form)}


def _confidence(value: float, form: Form) -> Mapping[str, Any]:
    return {"confidence": shortest(value)} if form.confidence and value > 0 else {}


def _languages(tokens: Sequence[Token], form: Form) -> list[tuple[str, float]]:
    return shares((language_of(t.text, form.hints), len(t.characters)) for t in tokens)


def _text(tokens: Sequence[Token]) -> str:
    """observed: today's answers have no line end after the last line."""
    text = "".join(token.text + TEXT_OF_BREAK[token.ending] for token in tokens)
    return text.removesuffix("\n")


def _around(quads: Sequence[Quad]) -> Quad:
    """The smallest rectangle around the quads that is turned as the first one is."""
    angle, about = quads[0].angle, quads[0].center
    if abs(angle) < 1:
        return Quad.upright(*_extent(quads))
    level = Quad.upright(*_extent(quad.rotated(-angle, about) for quad in quads))
    return level.rotated(angle, about)


def _extent(quads: Iterable[Quad]) -> tuple[float, float, float, float]:
    lefts, tops, rights, bottoms = zip(*(quad.extent for quad in quads), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
