"""Checks what a tester sends to the control API; every mistake becomes one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from mockocr.core.service import Vendor
from mockocr.core.validation import InvalidDocumentError, convert_document, nearest

T = TypeVar("T")


class InvalidInputError(Exception):
    """A control request that cannot be carried out. The text is for the tester, `status` is the
    HTTP status of the response.
    """

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def parse_document(value: Any, kind: type[T]) -> T:
    """Decoded JSON or TOML as one of `documents.requests`; `InvalidInputError` (400) if wrong."""
    try:
        return convert_document(value, kind)
    except InvalidDocumentError as error:
        raise InvalidInputError(str(error)) from None


def parse_time(text: str, what: str) -> datetime:
    """An ISO 8601 time as aware UTC; a time without a zone is UTC. `what` names it in errors."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInputError(
            f"{what} must be a time like 2026-01-01T00:00:00Z, not {text!r}"
        ) from None
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:
        raise InvalidInputError(f"{what} is outside the calendar: {text}") from None


def matching_operations(vendors: Sequence[Vendor], pattern: str) -> tuple[str, ...]:
    """The operations that a pattern matches; `InvalidInputError` (404) if it matches none."""
    names = tuple(
        service.operation_id(operation)
        for vendor in vendors
        for service in vendor.services
        for operation in service.operations
    )
    found = tuple(name for name in names if matches(pattern, name))
    if not found:
        raise InvalidInputError(
            f"there is no operation {pattern!r}; there are *, {', '.join(names)}", 404
        )
    return found


def require_known(what: str, name: str, known: Iterable[str]) -> None:
    """`InvalidInputError` (404) with the nearest known name, or all of them, for another name."""
    names = tuple(known)
    if name in names:
        return
    raise InvalidInputError(f"there is no {what} {name!r}{nearest(name, names)}", 404)


def matches(pattern: str, name: str) -> bool:
    """True if the pattern (`*`, `namespace.*` or an exact id) covers the operation id."""
    if pattern in ("*", name):
        return True
    return pattern.endswith(".*") and name.startswith(pattern[:-1])
