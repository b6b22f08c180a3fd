"""Reads members of a request: checks their types first, then their lengths and patterns.

A wrong type is a SerializationException, a broken constraint an InvalidParameterException. null
counts as absent, unknown members are ignored, as the protocols demand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Inline

_SHOWN = 60


class Text(msgspec.Struct, frozen=True):
    """The constraints of a string: the length in characters, and a pattern for the whole."""

    longest: int
    shortest: int = 1
    pattern: str = r".*\S.*"

    def check(self, value: str, where: str) -> str:
        """The value; `ApiError(BAD_PARAMETER)` if it breaks a constraint."""
        if not self.shortest <= len(value) <= self.longest:
            allowed = f"{self.shortest} to {self.longest} are allowed"
            raise invalid(f"{where} has {len(value)} characters; {allowed}")
        if not re.fullmatch(self.pattern, value, re.DOTALL | re.ASCII):
            raise invalid(f"{where} is {value[:_SHOWN]!r}, which does not match {self.pattern}")
        return value


class Structure(msgspec.Struct, frozen=True):
    """A structure of a request, and where it is: `Document.S3Object`, empty for the whole."""

    values: Mapping[str, Any]
    place: str = ""

    def where(self, name: str) -> str:
        """The path of a member."""
        return f"{self.place}.{name}" if self.place else name

    def has(self, name: str) -> bool:
        """True if the member is there and not null."""
        return self.values.get(name) is not None

    def require(self, *names: str) -> None:
        """`ApiError(BAD_PARAMETER)` if a member is missing."""
        for name in names:
            if not self.has(name):
                raise invalid(f"{self.where(name)} is missing")

    def structure(self, name: str) -> Structure | None:
        """A member that is a structure, None if it is absent."""
        value = self.values.get(name)
        return None if value is None else _structure(value, self.where(name))

    def structures(self, name: str) -> Sequence[Structure]:
        """A member that is a list of structures, empty if it is absent."""
        where = self.where(name)
        return [_structure(v, f"{where}[{i}]") for i, v in enumerate(self._list(name))]

    def strings(self, name: str) -> Sequence[str]:
        """A member that is a list of strings, empty if it is absent."""
        where = self.where(name)
        return [_string(v, f"{where}[{i}]") for i, v in enumerate(self._list(name))]

    def text(self, name: str, rule: Text) -> str:
        """A member that is a string, empty if it is absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        return rule.check(_string(value, self.where(name)), self.where(name))

    def integer(self, name: str, default: int, low: int) -> int:
        """A member that is a whole number of at least `low`."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise _wrong_type(self.where(name), value, "a whole number")
        if value < low:
            raise invalid(f"{self.where(name)} is {value}; it must be at least {low}")
        return value

    def blob(self, name: str) -> Inline:
        """A member of bytes: base64 text in JSON, a byte string in CBOR."""
        value, where = self.values.get(name), self.where(name)
        if isinstance(value, bytes):
            return Inline(value, location=where)
        return Inline(base64=_string(value, where), location=where)

    def _list(self, name: str) -> Sequence[Any]:
        value = self.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise _wrong_type(self.where(name), value, "a list")
        return value


def invalid(detail: str) -> ApiError:
    """The error of a broken constraint."""
    return ApiError(ErrorKind.BAD_PARAMETER, detail)


def _structure(value: object, where: str) -> Structure:
    if not isinstance(value, dict):
        raise _wrong_type(where, value, "a structure")
    return Structure(value, where)


def _string(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _wrong_type(where, value, "a string")
    return value


def _wrong_type(where: str, value: object, wanted: str) -> ApiError:
    detail = f"{where} is a {type(value).__name__} ({str(value)[:_SHOWN]!r}), not {wanted}"
    return ApiError(ErrorKind.BAD_BODY, detail)
