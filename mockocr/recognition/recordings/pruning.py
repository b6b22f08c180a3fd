"""Which golden files are no longer needed, and why."""

from __future__ import annotations

from msgspec.structs import replace

from mockocr.recognition.recordings.document import Golden, InvalidGoldenError
from mockocr.recognition.recordings.folder import Folder


def fate(
    folder: Folder, digest: str, damaged: bool, not_by: str | None, kept: set[str] | None
) -> tuple[str, Golden | None]:
    """Why a golden is pruned (empty: it stays), and what is left of it."""
    try:
        golden = folder.find(digest)
    except InvalidGoldenError as error:
        return (str(error) if damaged else ""), None
    assert golden is not None
    if kept is not None and digest not in kept:
        return f"{golden.name or 'it'} is the golden of none of the pictures", None
    if not_by:
        variants = tuple(v for v in golden.variants if v.recognition.engine == not_by)
        others = sorted({v.recognition.engine for v in golden.variants} - {not_by})
        if others:
            rest = replace(golden, variants=variants) if variants else None
            return f"{golden.name or 'it'} was read by {', '.join(others)}", rest
    return "", None
