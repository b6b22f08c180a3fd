"""Replaces what is read in a picture by edited lines, in its golden."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mockocr.control.documents.playground import GoldenDocument, GoldenState
from mockocr.control.scripted.scripted_lines import lay_out, to_json
from mockocr.control.validation import InvalidInputError
from mockocr.core.recognition import Recognition

if TYPE_CHECKING:
    from mockocr.recognition.recordings import Goldens  # imports Pillow

ENGINE = "edited"


async def edit_golden(
    goldens: Goldens | None, digest: str, document: GoldenDocument
) -> GoldenState:
    """Make the lines the only reading of the picture, for all options.

    `InvalidInputError` (409) if this server keeps no goldens, (404) if the picture has none.
    """
    if goldens is None:
        raise InvalidInputError("this server keeps no goldens: start it with --golden DIR", 409)
    return await asyncio.to_thread(_edit, goldens, digest, document)


def _edit(goldens: Goldens, digest: str, document: GoldenDocument) -> GoldenState:
    from mockocr.recognition.recordings.document import DIGEST, Golden, InvalidGoldenError, Variant

    lines = [to_json(line) for line in document.lines]

    def change(old: Golden | None) -> Golden:
        if old is None:
            raise InvalidInputError(f"the picture {digest!r} has no golden", 404)
        edited = Recognition(lay_out(lines, old.width, old.height), engine=ENGINE)
        return replace(old, variants=(Variant(edited),))

    if not DIGEST.fullmatch(digest):
        raise InvalidInputError(f"the picture {digest!r} has no golden", 404)
    try:
        golden = goldens.folder.update(digest, change)
    except InvalidGoldenError as error:
        raise InvalidInputError(f"the golden cannot be used: {error}", 409) from None
    except OSError as error:
        raise InvalidInputError(f"the golden cannot be written: {error}", 409) from None
    return {"digest": golden.digest, "lines": len(lines)}
