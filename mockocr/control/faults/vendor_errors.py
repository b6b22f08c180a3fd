"""The fault `error`: the vendor refuses the request in its own words."""

from __future__ import annotations

from collections.abc import Sequence

from mockocr.control.faults.fault_kind import Effect, FaultKind
from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.service import Service


def _parse(value: str, services: Sequence[Service]) -> Effect:
    if not any(_find(service, value) for service in services):
        codes: dict[str, dict[str, None]] = {}
        for service in services:
            known = codes.setdefault(service.namespace, {})
            known.update(dict.fromkeys(str(entry.code) for entry in service.errors))
        listed = "; ".join(
            f"{name} has the codes {', '.join(known)}" for name, known in codes.items()
        )
        raise InvalidInputError(
            f"there is no error {value!r}; the neutral kinds are {', '.join(ErrorKind)}; {listed};"
            " the message of an error works too"
        )
    return Effect(refusal=lambda service: _find(service, value))


def _find(service: Service, wanted: str) -> ErrorKind | ErrorEntry | None:
    """The neutral kind of that name, else the service's entry with that id, code or message."""
    if wanted in ErrorKind.__members__.values():
        return ErrorKind(wanted)
    return service.errors.find(wanted)


KINDS = (
    FaultKind(
        "error",
        "refuse",
        ("error=<vendor code, message or neutral kind>",),
        tuple(f"error={kind}" for kind in ErrorKind),
        "the vendor's own error with that code (the first of several with the same code), with "
        "that message, or for a neutral kind: `quota_exceeded`, `rate_limited`, `bad_signature`, "
        "`expired`, `bad_image`, `nothing_found`, `engine_failed` … (the answer to an unknown "
        "kind lists all of them)",
        _parse,
    ),
)
