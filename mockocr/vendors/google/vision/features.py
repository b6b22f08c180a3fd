"""What a request asks for beside its pictures: features, language hints, confidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError
from mockocr.vendors.google.vision.picture_errors import BAD_HINT

_HINT = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", re.ASCII)
_TEXT, _DOCUMENT = "TEXT_DETECTION", "DOCUMENT_TEXT_DETECTION"


class Wanted(msgspec.Struct, frozen=True):
    """The features of one entry: `reads` if any of them is about text; all others are answered with
    nothing. `confidence`: the answer states it.
    """

    reads: bool
    confidence: bool
    hints: tuple[str, ...]
    features: tuple[str, ...]

    @property
    def options(self) -> ReadOptions:
        """Text at any angle; handwriting where a hint asks for it (doc: handwriting OCR)."""
        return ReadOptions(turn=True, handwriting=any("handwrit" in hint for hint in self.hints))

    def require_valid(self) -> None:
        """`ApiError(BAD_HINT)` for a hint that is not a language code."""
        for hint in self.hints:
            if not _HINT.fullmatch(hint):
                raise ApiError(BAD_HINT, f"languageHints has {hint[:80]!r}", hint=hint)

    def skipped(self) -> str:
        """One sentence if features are not served, else empty."""
        other = [f for f in self.features if f not in (_TEXT, _DOCUMENT)]
        return f"not served, answered with nothing: {', '.join(other)}" if other else ""


def wanted(entry: Mapping[str, Any]) -> Wanted:
    """The features of a request's entry. If both text features are asked, the document's wins
    (doc: discovery document).
    """
    types = tuple(f.get("type", "TYPE_UNSPECIFIED") for f in entry.get("features", ()))
    context = entry.get("image_context", {})
    asked = context.get("text_detection_params", {})
    confident = asked.get("enable_text_detection_confidence_score", False)
    return Wanted(
        reads=_TEXT in types or _DOCUMENT in types,
        confidence=_DOCUMENT in types or confident,
        hints=tuple(context.get("language_hints", ())),
        features=types,
    )
