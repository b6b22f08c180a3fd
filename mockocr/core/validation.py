"""Converts JSON documents to typed values with msgspec, and words every mistake as one sentence.

A document is a `msgspec.Struct` with `forbid_unknown_fields`. Two optional class variables and one
metadata key improve the sentences:

- `label`, for example `"a line of an answer"`, names the document (default: the class name);
- `Meta(extra={"allowed": "…"})` on a field says what it may be, where the type alone cannot.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

T = TypeVar("T")

MAX_SHOWN = 80
"""Characters of a wrong value that a sentence repeats."""


class InvalidDocumentError(ValueError):
    """A document is not what its type demands; the text is one sentence for the author."""


def convert_document(value: Any, kind: type[T]) -> T:
    """`value` (decoded JSON or TOML) as a `kind`; `InvalidDocumentError` names the wrong field.

    A `ValueError` that `__post_init__` of a Struct raises becomes the sentence.
    """
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise InvalidDocumentError(_sentence(error, value, kind)) from None
    except UnicodeEncodeError:
        label = _label(inspect.type_info(kind))
        raise InvalidDocumentError(f"a field name of {label} is not valid Unicode") from None


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'tencent'?`, or all known names if none is similar."""
    names = list(known)
    close = difflib.get_close_matches(name, names, 1)
    return f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(names)}"


def whole_floats(text: str) -> int | float:
    """Use as `parse_float` of a JSON or TOML decoder: 3.0 is a whole number in both."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


_PATH = re.compile(r"(.*?)(?: - at (?:`key` in )?`\$(.*)`)?", re.DOTALL)
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+|\.\.\.)\]")
_FIELD = re.compile(r"Object (contains unknown|missing required) field `(.*)`", re.DOTALL)


def _sentence(error: msgspec.ValidationError, value: Any, kind: Any) -> str:
    match = _PATH.fullmatch(str(error))
    assert match is not None  # the pattern matches any text
    message, steps = match[1], _steps(match[2] or "")
    place = _Place(inspect.type_info(kind), value)
    for number, step in enumerate(steps):
        if step == "...":
            steps[number] = _wrong_key(error, value, kind, steps[:number], place)
        place.enter(steps[number])
    where = f"{place.prefix}: " if place.prefix else ""
    if isinstance(error.__cause__, ValueError):
        here = f"{place.prefix}{place.path}".lstrip(".")
        return f"{here}: {error.__cause__}" if here else str(error.__cause__)
    field = _FIELD.fullmatch(message)
    if field is not None:
        place.into_struct()
        where = f"{place.prefix}: " if place.prefix else ""
        return where + (
            _unknown(place.struct, field[2])
            if field[1] == "contains unknown"
            else _missing(place.struct, field[2])
        )
    wanted = _allowed(place.type)
    if not place.path and place.struct is None:
        return f"{_label(place.type)} must be a JSON object, not {_shown(place.value, place.type)}"
    subject = f"{place.path.lstrip('.')} of {_label(place.struct)}" if place.path else "it"
    return f"{where}{subject} must be {wanted}, not {_shown(place.value, place.type)}"


class _Place:
    """Where in a document an error is: the type and the value there, and the way to it.

    `struct` is the innermost Struct that contains the place, `prefix` the way to that Struct, and
    `path` the rest of the way.
    """

    def __init__(self, kind: inspect.Type, value: Any) -> None:
        self.type, self.value = kind, value
        self.struct: inspect.StructType | None = None
        self.prefix = self.path = ""

    def into_struct(self) -> None:
        """Move to the Struct at this place, where the type has one."""
        found = _struct(self.type)
        if found is not None:
            self.struct = found
            self.prefix, self.path = (self.prefix + self.path).lstrip("."), ""

    def enter(self, step: str | int) -> None:
        inner: inspect.Type = inspect.AnyType()
        if isinstance(step, int):
            kind = _first(self.type, inspect.ListType, inspect.TupleType)
            if isinstance(kind, inspect.ListType):
                inner = kind.item_type
            elif isinstance(kind, inspect.TupleType):
                inner = kind.item_types[step]
            self.path += f"[{step}]"
        else:
            self.into_struct()
            mapping = _first(self.type, inspect.DictType)
            if isinstance(mapping, inspect.DictType):
                inner = mapping.value_type
            elif self.struct is not None:
                fields = {field.encode_name: field.type for field in self.struct.fields}
                inner = fields.get(step, inner)
            self.path += f".{step}"
        self.type = inner
        try:
            self.value = self.value[step]
        except (KeyError, IndexError, TypeError):
            self.value = None


def _steps(path: str) -> list[str | int]:
    return [
        name or (index if index == "..." else int(index)) for name, index in _STEP.findall(path)
    ]


def _wrong_key(
    error: Exception, root: Any, kind: Any, steps: Sequence[str | int], place: _Place
) -> str:
    """The key of a mapping that msgspec writes as `[...]`: the first one that fails alone."""
    for key, item in place.value.items():
        try:
            msgspec.convert(_with(root, steps, {key: item}), kind)
        except msgspec.ValidationError as other:
            if str(other) == str(error):
                return str(key)
        except UnicodeEncodeError:
            continue
    return "..."


def _with(root: Any, steps: Sequence[str | int], new: Any) -> Any:
    """A copy of `root` with another value at the end of `steps`."""
    if not steps:
        return new
    copy = list(root) if isinstance(root, list) else dict(root)
    copy[steps[0]] = _with(root[steps[0]], steps[1:], new)  # type: ignore[index] # list or dict
    return copy


def _unknown(struct: inspect.StructType | None, name: str) -> str:
    fields = [field.encode_name for field in struct.fields] if struct is not None else []
    near = difflib.get_close_matches(name, fields, 1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return f"{_label(struct)} has no field {name!r}{hint}; it has {', '.join(fields)}"


def _missing(struct: inspect.StructType | None, name: str) -> str:
    fields = {field.encode_name: field.type for field in struct.fields} if struct else {}
    return f"{_label(struct)} needs {name}, {_allowed(fields.get(name, inspect.AnyType()))}"


def _label(kind: inspect.Type | None) -> str:
    struct = _struct(kind) if kind is not None else None
    if struct is None:
        return "the document"
    return str(getattr(struct.cls, "label", struct.cls.__name__))


def _struct(kind: inspect.Type) -> inspect.StructType | None:
    found = _first(kind, inspect.StructType)
    return found if isinstance(found, inspect.StructType) else None


def _first(kind: inspect.Type, *wanted: type) -> inspect.Type | None:
    """The first member of a union that is of a wanted type, or the type itself."""
    for member in _members(kind):
        if isinstance(member, wanted):
            return member
    return None


def _members(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    if isinstance(kind, inspect.Metadata):
        return _members(kind.type)
    if isinstance(kind, inspect.UnionType):
        return tuple(inner for member in kind.types for inner in _members(member))
    return (kind,)


_PLAIN: Mapping[type, str] = {
    inspect.BoolType: "true or false",
    inspect.NoneType: "null",
    inspect.DictType: "an object",
    inspect.StructType: "an object",
    inspect.AnyType: "any value",
}


def _allowed(kind: inspect.Type) -> str:
    """What a value of the type may be, as the end of a sentence."""
    if isinstance(kind, inspect.Metadata):
        return str((kind.extra or {}).get("allowed") or _allowed(kind.type))
    if isinstance(kind, inspect.UnionType):
        members = [member for member in kind.types if not isinstance(member, inspect.NoneType)]
        return " or ".join(dict.fromkeys(map(_allowed, members or kind.types)))
    if isinstance(kind, inspect.IntType):
        return f"a whole number{_bounds(kind)}"
    if isinstance(kind, inspect.FloatType):
        return f"a number{_bounds(kind)}"
    if isinstance(kind, inspect.StrType):
        return f"a string that matches {kind.pattern}" if kind.pattern else "a string"
    if isinstance(kind, inspect.LiteralType):
        return f"one of {', '.join(map(str, kind.values))}"
    if isinstance(kind, inspect.TupleType):
        return f"a list of {len(kind.item_types)}"
    if isinstance(kind, inspect.ListType):
        return f"a list of at most {kind.max_length}" if kind.max_length else "a list"
    return _PLAIN.get(type(kind), type(kind).__name__)


def _bounds(kind: inspect.IntType | inspect.FloatType) -> str:
    least = kind.ge if kind.ge is not None else kind.gt
    most = kind.le if kind.le is not None else kind.lt
    if least is not None and most is not None:
        if kind.ge is None or kind.le is None:
            return f" between {_number(least)} and {_number(most)}"
        return f" from {_number(least)} to {_number(most)}"
    if least is not None:
        return f" of at least {_number(least)}"
    return f" of at most {_number(most)}" if most is not None else ""


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def _shown(value: Any, kind: inspect.Type) -> str:
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        sized = _first(kind, inspect.ListType, inspect.TupleType) is not None
        return f"a list of {len(value)}" if sized else "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}… ({len(text)} characters)"
