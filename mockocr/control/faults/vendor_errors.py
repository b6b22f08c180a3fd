"""The fault `error`: the vendor refuses the request in its own words."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.control.faults.fault_kind import Effect, FaultKind
from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.service import Vendor


def _parse(value: str, vendors: Sequence[Vendor]) -> Effect:
    if not any(_find(vendor, value) for vendor in vendors):
        codes = "; ".join(
            f"{v.name} has the codes "
            + ", ".join(dict.fromkeys(str(entry.code) for entry in v.catalogue))
            for v in vendors
        )
        raise InvalidInputError(
            f"there is no error {value!r}; the neutral kinds are {', '.join(ErrorKind)}; {codes};"
            " the message of an error works too"
        )
    return Effect(refusal=lambda vendor: _find(vendor, value))


def _find(vendor: Vendor, wanted: str) -> ErrorKind | ErrorEntry | None:
    """The neutral kind of that name, else the vendor's entry with that code or message."""
    if wanted in ErrorKind.__members__.values():
        return ErrorKind(wanted)
    for entry in vendor.catalogue:
        if str(entry.code) == wanted:
            return entry
    for entry in vendor.catalogue:
        if wanted in (entry.message.strip(), entry.filled({}).message.strip()):
            return entry
    return None


KINDS = (
    FaultKind(
        "error",
        "refuse",
        ("error=<vendor code, message or neutral kind>",),
        "the vendor's own error with that code (the first of several with the same code), with "
        "that message, or for a neutral kind: `quota_exceeded`, `rate_limited`, `bad_signature`, "
        "`expired`, `bad_image`, `nothing_found`, `engine_failed` … (the answer to an unknown "
        "kind lists all of them)",
        _parse,
    ),
)
