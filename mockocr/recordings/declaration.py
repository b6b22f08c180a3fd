"""Finds the call in a vendor's modules that makes an entry of an error table.

Tables are written in several ways: by `ErrorEntry`, by functions of their own, with constants for
the source that many entries share. The arguments of each call are evaluated as far as they are
constants, names of the loaded module, sums of texts and f-strings.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from mockocr.core.errors import ErrorEntry
from mockocr.core.service import Service, Vendor

_UNKNOWN = object()


class Declaration(msgspec.Struct, frozen=True):
    """The argument of a call that is the source of an entry, in the text of a module. `alike` says
    how many of the entry's other fields are arguments of the call too.
    """

    source: ast.expr
    alike: int


@dataclass(frozen=True)
class Module:
    """A loaded module: its file, the text of it, and the names that it defines."""

    path: Path
    text: str
    names: Mapping[str, Any]

    @cached_property
    def calls(self) -> list[tuple[list[ast.expr], list[Any]]]:
        """The arguments of each call that has a text among them, and their values."""
        found = []
        for node in ast.walk(ast.parse(self.text)):
            if isinstance(node, ast.Call):
                arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
                values = [_value(argument, self.names) for argument in arguments]
                if any(isinstance(value, str) for value in values):
                    found.append((arguments, values))
        return found


def modules(package: Path, vendor: Vendor, service: Service) -> list[list[Module]]:
    """The loaded modules of a vendor below `package`: those of the service, then the others."""
    folder = package / vendor.name
    own: list[Module] = []
    shared: list[Module] = []
    for path, names in sorted(_loaded(folder)):
        text = path.read_text("utf-8")
        if "Error" in text:  # a table names the class or the kinds
            found = own if (folder / service.name) in path.parents else shared
            found.append(Module(path, text, names))
    return [own, shared]


def _loaded(folder: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and folder in Path(file).parents:
            yield Path(file), vars(module)


def find(found: Iterable[Module], entry: ErrorEntry) -> tuple[Module, Declaration] | None:
    """The one declaration of the entry in these modules; None if there is none, or none that fits
    better than another.
    """
    candidates = [(module, each) for module in found for each in declarations(module, entry)]
    most = max((each.alike for _, each in candidates), default=0)
    best = [pair for pair in candidates if pair[1].alike == most]
    return best[0] if len(best) == 1 else None


def declarations(module: Module, entry: ErrorEntry) -> Iterator[Declaration]:
    """The calls that have the source of the entry as an argument, and its message, id or code."""
    for arguments, values in module.calls:
        if entry.source not in values:
            continue
        named = [each in values for each in (entry.message, entry.id, entry.code)]
        if any(named):
            source = arguments[values.index(entry.source)]
            yield Declaration(source, sum(named) + (entry.status in values))


def with_text(module: str, expression: ast.expr, text: str) -> str:
    """The text of a module with a text in place of the expression."""
    lines = module.split("\n")
    assert expression.end_lineno is not None
    assert expression.end_col_offset is not None
    first, last = expression.lineno - 1, expression.end_lineno - 1
    head = lines[first].encode()[: expression.col_offset].decode()
    tail = lines[last].encode()[expression.end_col_offset :].decode()
    lines[first : last + 1] = [f"{head}{json.dumps(text, ensure_ascii=False)}{tail}"]
    return "\n".join(lines)


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """The value of an expression in a module, `_UNKNOWN` if it depends on more than its names."""
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return names.get(node.id, _UNKNOWN)
        case ast.Attribute():
            return getattr(_value(node.value, names), node.attr, _UNKNOWN)
        case ast.UnaryOp(op=ast.USub()):
            value = _value(node.operand, names)
            return -value if isinstance(value, int) else _UNKNOWN
        case ast.BinOp(op=ast.Add()):
            parts = [_value(node.left, names), _value(node.right, names)]
        case ast.JoinedStr():
            parts = [_value(each, names) for each in node.values]
        case ast.FormattedValue(conversion=-1, format_spec=None):
            return _value(node.value, names)
        case _:
            return _UNKNOWN
    return "".join(parts) if all(isinstance(part, str) for part in parts) else _UNKNOWN
