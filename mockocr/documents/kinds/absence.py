"""Says in the journal why a picture has none of the documents that an operation reads."""

from __future__ import annotations

from collections.abc import Collection

from mockocr.core.recognition import Recognition
from mockocr.documents.kinds.document import Kind
from mockocr.documents.kinds.finding import what_is_shown


def why_none(recognition: Recognition, kinds: Collection[Kind]) -> str:
    """What is shown, and what the operation is for: `the picture shows a bank card (number); the
    operation is for: passport`.
    """
    wanted = ", ".join(kind.words for kind in kinds)
    return f"{what_is_shown(recognition)}; the operation is for: {wanted}"
