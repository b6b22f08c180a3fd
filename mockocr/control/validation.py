"""Reads what a tester asks for: names and types are checked, and each mistake is one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from mockocr.core.service import Vendor

NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class InvalidInputError(Exception):
    """A demand that cannot be met; the text is for the tester, `status` for HTTP."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class FieldReader:
    """A JSON object whose fields are taken one by one; `done` refuses those that nobody took."""

    def __init__(self, value: Any, what: str) -> None:
        if not isinstance(value, Mapping):
            raise InvalidInputError(f"{what} is a JSON object, not {_kind(value)}")
        self._left = dict(value)
        self._known: list[str] = []
        self.what = what

    def has(self, name: str) -> bool:
        return self._left.get(name) is not None

    def peek(self, name: str, default: str) -> str:
        """A text that somebody else will take; the default for anything but a text."""
        value = self._left.get(name)
        return value if isinstance(value, str) else default

    def names(self, name: str) -> bool:
        """Whether the field was given, be it as null."""
        if name not in self._known:
            self._known.append(name)
        return name in self._left

    def value(self, name: str) -> Any:
        """Anything at all; None when it is not there."""
        if name not in self._known:
            self._known.append(name)
        return self._left.pop(name, None)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.value(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise self._wrong(name, "a text", value)
        return value

    def optional_text(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else self.value(name)

    def number(self, name: str, *, least: float | None = None, most: float | None = None) -> float:
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise self._wrong(name, "a number", value)
        if (least is not None and value < least) or (most is not None and value > most):
            bounds = f"from {least:g} to {most:g}" if most is not None else f"at least {least:g}"
            raise InvalidInputError(f"{name} of {self.what} is {bounds}, not {value:g}")
        return value

    def whole(self, name: str, *, least: int = 0) -> int:
        value = self.number(name, least=least, most=1_000_000_000)
        if int(value) != value:
            raise InvalidInputError(f"{name} of {self.what} is a whole number, not {value:g}")
        return int(value)

    def optional_whole(self, name: str, *, least: int = 0) -> int | None:
        return self.whole(name, least=least) if self.has(name) else self.value(name)

    def sequence(self, name: str) -> Sequence[Any]:
        """A list; empty when it is not there."""
        value = self.value(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._wrong(name, "a list", value)
        return value

    def time(self, name: str) -> datetime:
        return instant(self.text(name), f"{name} of {self.what}")

    def done(self) -> None:
        """A Mistake that names the first field that nobody knows, and those that exist."""
        for name in self._left:
            known = ", ".join(self._known)
            raise InvalidInputError(f"{self.what} has no field {name!r}; it has {known}")

    def _wrong(self, name: str, wanted: str, value: Any) -> InvalidInputError:
        if value is None:
            return InvalidInputError(f"{self.what} needs {name}, {wanted}")
        return InvalidInputError(f"{name} of {self.what} is {wanted}, not {_kind(value)}")


def instant(text: str, what: str) -> datetime:
    """An ISO 8601 time; without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInputError(
            f"{what} is a time like 2026-01-01T00:00:00Z, not {text!r}"
        ) from None
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:
        raise InvalidInputError(f"{what} is beyond the calendar: {text}") from None


def operations(vendors: Sequence[Vendor], pattern: str) -> tuple[str, ...]:
    """The `vendor.operation` names that `*`, `vendor.*` or an exact name stands for."""
    names = tuple(f"{v.name}.{o.name}" for v in vendors for o in v.operations)
    found = tuple(name for name in names if fits(pattern, name))
    if not found:
        raise InvalidInputError(f"no operation {pattern!r}; there are *, {', '.join(names)}", 404)
    return found


def fits(pattern: str, name: str) -> bool:
    """Whether `vendor.operation` is meant by the pattern."""
    if pattern in ("*", name):
        return True
    return pattern.endswith(".*") and name.startswith(pattern[:-1])


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", str: "a text", int: "a number", float: "a number"}
    kinds |= {list: "a list", dict: "an object", type(None): "null"}
    return kinds.get(type(value), type(value).__name__)
