"""Turns a guess of an error table into something observed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from mockocr.core.errors import ErrorEntry
from mockocr.core.service import Service, Vendor
from mockocr.recordings import declaration
from mockocr.recordings.declaration import Module
from mockocr.recordings.difference import Difference
from mockocr.recordings.recording import Recording

_GUESS = re.compile(r"\bguess")


def agrees(difference: Difference) -> bool:
    """True for a refusal of the vendor's that our table words in the same way."""
    return difference.entry is not None and not difference.drift and not difference.skipped


def observed(recording: Recording) -> str:
    """The source of a fact that the recording shows."""
    return f"observed: a recording of {recording.operation} on {recording.at:%Y-%m-%d}"


def is_guess(entry: ErrorEntry) -> bool:
    """True for an entry of which at least a part was seen nowhere."""
    return bool(_GUESS.search(entry.source))


def promoted(
    modules: Iterable[Sequence[Module]], entry: ErrorEntry, source: str
) -> tuple[Module, str] | None:
    """The module that declares the entry, and its text with the new source; None if the entry is no
    guess, or if no one declaration of it is found. The first of the groups of modules that has one
    counts.
    """
    if not is_guess(entry):
        return None
    for group in modules:
        found = declaration.find(group, entry)
        if found is not None:
            module, place = found
            return module, declaration.with_text(module.text, place.source, source)
    return None


def promote(
    package: Path, vendor: Vendor, service: Service, entry: ErrorEntry, source: str
) -> Path | None:
    """Write the new source of an entry into the vendor's module below `package` that declares it;
    None as of `promoted`.
    """
    found = promoted(declaration.modules(package, vendor, service), entry, source)
    if found is None:
        return None
    module, text = found
    module.path.write_text(text, "utf-8")
    return module.path
