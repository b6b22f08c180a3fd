"""Turns a recording into a fixture, and a guess of an error table into something observed."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from mockocr.core.errors import ErrorEntry
from mockocr.core.service import Service
from mockocr.recordings import exchange_file, json_form
from mockocr.recordings.answer_masking import is_kept_header
from mockocr.recordings.difference import Difference
from mockocr.recordings.json_form import Number
from mockocr.recordings.recording import Recording

_LEFT = ("expires", "operation", "key", "form", "texts")


def fixture_name(recording: Recording) -> str:
    """Where the fixture of a recording belongs below `fixtures/`."""
    namespace, _, operation = recording.operation.partition(".")
    return f"{namespace}/{operation}-observed_{recording.key[:8]}.http"


def as_fixture(recording: Recording, service: Service, images: Path) -> str | None:
    """The text of the fixture; None if it needs a picture that is not in `images`.

    Ids and times become `{{string}}` and `{{number}}`.
    """
    names = {hashlib.sha256(p.read_bytes()).hexdigest(): p.name for p in images.glob("*.*")}
    body = recording.text.body
    for picture in recording.pictures:
        if picture.sha256 not in names:
            return None
        body = body.replace(picture.sha256, names[picture.sha256])
    recorded = service.recorded

    def change(name: str, path: str, value: object) -> object:
        if isinstance(value, str) and value and recorded.differs(name):
            return "{{number}}" if isinstance(value, Number) else "{{string}}"
        return value

    answer = recording.text.answer or ""
    if recording.form:
        answer = json_form.pretty(json_form.changed(json_form.load(answer), change))
    headers = tuple(
        (name, "*" if recorded.differs(name) else value)
        for name, value in recording.text.answer_headers
        if is_kept_header(service, name) and name.lower() == "content-type"
    )
    notes = {
        name: value
        for name, value in recording.text.notes.items()
        if name not in _LEFT and not name.startswith("picture ")
    }
    text = replace(recording.text, body=body, answer=answer, answer_headers=headers, notes=notes)
    return exchange_file.dump(text)


def agrees(difference: Difference) -> bool:
    """True for a refusal of the vendor's that our table words in the same way."""
    return difference.entry is not None and not difference.drift and not difference.skipped


def observed(recording: Recording) -> str:
    """The source of a fact that the recording shows."""
    return f"observed: a recording of {recording.operation} on {recording.at:%Y-%m-%d}"


def with_source(module: str, entry: ErrorEntry, source: str) -> str | None:
    """The text of a Python module with `source` in place of the entry's guess.

    None if no call in the module has the code and the guess of the entry written out.
    """
    for call in _calls(ast.parse(module)):
        constants = [a for a in call.args if isinstance(a, ast.Constant)]
        constants += [k.value for k in call.keywords if isinstance(k.value, ast.Constant)]
        values = [constant.value for constant in constants]
        if entry.code not in values or entry.source not in values:
            continue
        if entry.message not in values and len(values) > 3:
            continue
        found = next(c for c in constants if c.value == entry.source)
        return _replaced(module, found, source)
    return None


def promote(package: Path, entry: ErrorEntry, source: str) -> Path | None:
    """Write the new source of an entry into the module below `package` that declares it.

    None if the entry is no guess, or if no module declares it in one call.
    """
    if not entry.source.startswith("guess"):
        return None
    for path in sorted(package.rglob("*.py")):
        changed = with_source(path.read_text("utf-8"), entry, source)
        if changed is not None:
            path.write_text(changed, "utf-8")
            return path
    return None


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _replaced(module: str, constant: ast.Constant, source: str) -> str:
    lines = module.split("\n")
    assert constant.end_lineno is not None
    assert constant.end_col_offset is not None
    first, last = constant.lineno - 1, constant.end_lineno - 1
    head = lines[first].encode()[: constant.col_offset].decode()
    tail = lines[last].encode()[constant.end_col_offset :].decode()
    lines[first : last + 1] = [f'{head}"{source}"{tail}']
    return "\n".join(lines)
