"""The kinds of values that a setting can have: how each is parsed, checked, and shown."""

from __future__ import annotations

import re
from typing import Protocol, TypeVar

import msgspec

T = TypeVar("T")


class Kind(Protocol[T]):
    """How a setting's text becomes its value.

    `allowed` says in words what the text may be. `metavar` is shown for the value in `--help`.
    """

    @property
    def allowed(self) -> str: ...

    @property
    def metavar(self) -> str: ...

    def parse(self, text: str) -> T:
        """The value of a text. ValueError if the text is not allowed."""
        ...

    def format(self, value: T) -> str:
        """The text that `parse` turns into this value."""
        ...


class Text(msgspec.Struct, frozen=True):
    """Any text. An `optional` one may be empty."""

    optional: bool = False
    pattern: str = ".*"
    metavar: str = "TEXT"

    @property
    def allowed(self) -> str:
        return "text" if self.pattern == ".*" else f"text that matches {self.pattern}"

    def parse(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text) or not (text or self.optional):
            raise ValueError(text)
        return text

    def format(self, value: str) -> str:
        return value


class OneOf(msgspec.Struct, frozen=True):
    """One of these texts."""

    values: tuple[str, ...]

    @property
    def allowed(self) -> str:
        return ", ".join(self.values)

    @property
    def metavar(self) -> str:
        return "|".join(self.values)

    def parse(self, text: str) -> str:
        if text not in self.values:
            raise ValueError(text)
        return text

    def format(self, value: str) -> str:
        return value


class Number(msgspec.Struct, frozen=True):
    """A whole number from `low` to `high`. The value is `unit` times what is written."""

    low: int
    high: int
    unit: int = 1
    metavar: str = "N"

    @property
    def allowed(self) -> str:
        return f"a whole number from {self.low} to {self.high}"

    def parse(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and self.low <= int(text) <= self.high):
            raise ValueError(text)
        return int(text) * self.unit

    def format(self, value: int) -> str:
        return str(value // self.unit)


class OptionalNumber(msgspec.Struct, frozen=True):
    """A `number`, or nothing."""

    number: Number
    metavar: str = "N"

    @property
    def allowed(self) -> str:
        return f"empty, or {self.number.allowed}"

    def parse(self, text: str) -> int | None:
        return self.number.parse(text) if text else None

    def format(self, value: int | None) -> str:
        return "" if value is None else self.number.format(value)


class Switch(msgspec.Struct, frozen=True):
    """`yes` or `no`; the flag alone means yes."""

    allowed: str = "no, yes"
    metavar: str = ""

    def parse(self, text: str) -> bool:
        if text not in ("no", "yes"):
            raise ValueError(text)
        return text == "yes"

    def format(self, value: bool) -> str:
        return "yes" if value else "no"
