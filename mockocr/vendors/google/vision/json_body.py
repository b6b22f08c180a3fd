"""Reads a JSON body as a message of Google's protos, by the rules of proto3 JSON.

As the real parser does (observed: public clients rely on it), it takes names in camel case or snake
case, enums by name or number, base64 in either alphabet, one value where a list belongs, and any
Content-Type. All wrong fields are reported together.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ApiError, ErrorCause
from mockocr.core.grpc import Field
from mockocr.core.http import Request
from mockocr.vendors.google.vision.errors import BAD_FIELD, BAD_JSON
from mockocr.vendors.google.vision.json_syntax import explain_syntax
from mockocr.vendors.google.vision.message_types import (
    MAP,
    full_name,
    message_types,
    snake_case,
)

_RECEIVED = "Invalid JSON payload received."
_MOST = 50
"""Wrong fields that are reported."""
_SCALARS = {
    "bytes": "TYPE_BYTES",
    "string": "TYPE_STRING",
    "int32": "TYPE_INT32",
    "bool": "TYPE_BOOL",
    "float": "TYPE_FLOAT",
    "double": "TYPE_DOUBLE",
}


def read_message(request: Request, name: str) -> dict[str, Any]:
    """The body as a message: names in snake case, enums as names, bytes decoded.

    `ApiError` with BAD_JSON or BAD_FIELD. An empty body is an empty message.
    """
    if not request.body:
        return {}
    try:
        document: Any = request.json()
    except ApiError as error:
        if error.cause is ErrorCause.NOT_AN_OBJECT:
            text = f'{_RECEIVED} Unknown name "": Root element must be a message.'
            raise ApiError(BAD_FIELD, error.detail, violations=text) from None
        problem = explain_syntax(request.body)
        raise ApiError(BAD_JSON, error.detail, problem=problem) from None
    reader = _Reader()
    found = reader.message(document, name, "")
    if reader.violations:
        detail = f"{len(reader.violations)} wrong fields; first: {reader.violations[0][:300]}"
        violations = "\n".join(reader.violations[:_MOST])
        raise ApiError(BAD_FIELD, detail, violations=violations)
    return found


class _Reader:
    """Collects what is wrong on the way."""

    def __init__(self) -> None:
        self.violations: list[str] = []

    def message(self, value: Mapping[str, Any], name: str, path: str) -> dict[str, Any]:
        fields = message_types().messages[name]
        found: dict[str, Any] = {}
        for key, item in value.items():
            field = fields.get(key) or fields.get(snake_case(key))
            if field is None:
                self._unknown(key, path, "Cannot find field.")
            elif item is not None:
                place = f"{path}.{field.name}".lstrip(".")
                found[field.name] = self._field(item, field, key, path, place)
        return found

    def _field(self, value: Any, field: Field, key: str, path: str, place: str) -> Any:
        if field.type == MAP:
            return value if isinstance(value, dict) else self._invalid(value, "map", place)
        if not field.repeated:
            if isinstance(value, list):
                return self._unknown(key, path, "Proto field is not repeating, cannot start list.")
            return self._value(value, field.type, place)
        items = value if isinstance(value, list) else [value]
        return [
            self._value(item, field.type, f"{place}[{index}]")
            for index, item in enumerate(items)
            if item is not None
        ]

    def _value(self, value: Any, kind: str, place: str) -> Any:
        types = message_types()
        if kind in types.messages:
            if isinstance(value, dict):
                return self.message(value, kind, place)
            return self._invalid(value, f"type.googleapis.com/{full_name(kind)}", place)
        if kind in types.enums:
            return self._enum(value, kind, place)
        return self._scalar(value, kind, place)

    def _enum(self, value: Any, kind: str, place: str) -> Any:
        values = message_types().enums[kind]
        if isinstance(value, str) and value in values:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            # an unknown number is kept, as proto3 does
            return next((name for name, number in values.items() if number == value), str(value))
        return self._invalid(value, f"type.googleapis.com/{full_name(kind)}", place)

    def _scalar(self, value: Any, kind: str, place: str) -> Any:
        shown = _SCALARS[kind]
        match kind:
            case "string" if isinstance(value, str):
                return value.encode("utf-8", "replace").decode()
            case "bytes" if isinstance(value, str):
                return self._bytes(value, place)
            case "bool" if isinstance(value, bool):
                return value
            case "bool" if value in ("true", "false"):
                return value == "true"
            case "int32" if _is_whole(value):
                return int(value)
            case "float" | "double" if isinstance(value, int | float):
                return float(value)
        return self._invalid(value, shown, place)

    def _bytes(self, text: str, place: str) -> Any:
        try:
            raw = text.translate(_STANDARD).encode("ascii").rstrip(b"=")
            return base64.b64decode(raw + b"=" * (-len(raw) % 4), validate=True)
        except ValueError:  # binascii.Error is one
            reason = f"Base64 decoding failed for {json.dumps(text, ensure_ascii=False)}"
            return self._report(f"Invalid value at '{place}' (TYPE_BYTES), {reason}")

    def _invalid(self, value: Any, kind: str, place: str) -> None:
        shown = json.dumps(value, ensure_ascii=False)[:200]
        self._report(f"Invalid value at '{place}' ({kind}), {shown}")

    def _unknown(self, key: str, path: str, reason: str) -> None:
        where = f" at '{path}'" if path else ""
        self._report(f'{_RECEIVED} Unknown name "{key}"{where}: {reason}')

    def _report(self, violation: str) -> None:
        # a lone surrogate is valid JSON, but not valid text
        self.violations.append(violation.encode("utf-8", "replace").decode().replace("\n", " "))


_STANDARD = str.maketrans("-_", "+/", "\r\n\t ")


def _is_whole(value: Any) -> bool:
    if isinstance(value, str):
        return value.lstrip("-").isdigit() and value.isascii() and abs(int(value)) < 2**31
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and float(value).is_integer() and abs(value) < 2**31
