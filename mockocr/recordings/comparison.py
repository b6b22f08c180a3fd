"""Compares two responses to one request: what is drift, and what is only worth a note.

Drift is in the contract: status, headers, keys and their order, types, forms of numbers, codes and
messages. What was read, and where, is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, Literal

import msgspec

from mockocr.core.http import Response
from mockocr.core.service import Service
from mockocr.recordings import json_form
from mockocr.recordings.answer_masking import is_kept_header
from mockocr.recordings.json_form import Number
from mockocr.recordings.reading import Box, box_of, confidence_of, inner_json

_COMPARED = re.compile(
    r"content-type|retry-after|location|operation-location|www-authenticate|x-.+"
)
_WORDS = re.compile(
    r"(^|[_.]|(?<=[a-z]))(code|message|msg|status|version|error|errmsg)s?$|^__type$", re.I
)
"""Names of fields whose texts and numbers are the vendor's own words."""
_CONFIDENCE = re.compile(r"confidence|score|prob", re.I)
"""Names of numbers of which a whole one may lack its decimals."""
_ALIKE, _OVERLAP = 0.999, 0.9
_SHOWN = 60
_PDF = b"%PDF-"
_INDEX = re.compile(r"\[\d+\]")


class Finding(msgspec.Struct, frozen=True):
    """One difference. `where` is a path such as `$.data.items[].text`, or `status`."""

    kind: Literal["drift", "note"]
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {self.what}"


def compare(service: Service, theirs: Response, ours: Response, pattern: str = "") -> list[Finding]:
    """The differences, each once. A message of ours that is a sample of `pattern` (a regular
    expression) agrees with each text of theirs that matches it.
    """
    found = [*_status(theirs, ours), *_headers(service, theirs, ours)]
    found += _bodies(service, theirs.body, ours.body, pattern)
    return list(dict.fromkeys(found))


def _drift(where: str, what: str) -> Finding:
    return Finding("drift", _INDEX.sub("[]", where), what)


def _note(where: str, what: str) -> Finding:
    return Finding("note", _INDEX.sub("[]", where), what)


def _status(theirs: Response, ours: Response) -> Iterator[Finding]:
    if theirs.status != ours.status:
        yield _drift("status", f"the vendor answers {theirs.status}, we {ours.status}")


def _headers(service: Service, theirs: Response, ours: Response) -> Iterator[Finding]:
    def kept(response: Response) -> dict[str, str]:
        return {
            name.lower(): value
            for name, value in response.headers
            if _COMPARED.fullmatch(name.lower())
            and (is_kept_header(service, name) or service.recorded.is_secret(name))
        }

    seen, own = kept(theirs), kept(ours)
    for name in sorted({*seen, *own}):
        if name not in own:
            yield _drift(f"header {name}", "the vendor sends it, we do not")
        elif name not in seen:
            yield _drift(f"header {name}", "we send it, the vendor does not")
        elif seen[name] != own[name] and not service.recorded.differs(name):
            yield _drift(f"header {name}", f"the vendor sends {seen[name]!r}, we {own[name]!r}")


def _bodies(service: Service, theirs: bytes, ours: bytes, pattern: str) -> Iterator[Finding]:
    values = []
    for body in (theirs, ours):
        try:
            values.append(json_form.load(body.decode()))
        except (ValueError, RecursionError):
            differ = theirs != ours and not _same_document(theirs, ours)
            if not service.recorded.is_secret("body") and differ:
                yield _drift("body", f"the vendor sends {_show(theirs)}, we {_show(ours)}")
            return
    forms = [json_form.form_of(b.decode(), v) for b, v in zip((theirs, ours), values, strict=True)]
    if forms[0] and forms[1] and _blanks(forms[0]) != _blanks(forms[1]):
        yield _note("$", f"the vendor's JSON is {forms[0]}, ours {forms[1]}")
    yield from _Walk(service, pattern).compare("", "$", *values)
    ranks = [_confidence_ranks(value) for value in values]
    if len(ranks[0]) == len(ranks[1]) and ranks[0] != ranks[1]:
        yield _note("$", "the confidences are in another order of size")


def _same_document(theirs: bytes, ours: bytes) -> bool:
    """True for two PDF documents: what is in them is not the contract."""
    return theirs.startswith(_PDF) and ours.startswith(_PDF)


def _blanks(form: str) -> str:
    return form.partition(" ")[0]


class _Walk:
    """A walk through two JSON values at once."""

    def __init__(self, service: Service, pattern: str) -> None:
        self._recorded, self._pattern = service.recorded, pattern

    def compare(self, name: str, path: str, theirs: Any, ours: Any) -> Iterator[Finding]:
        theirs, ours = (inner_json(value, json_form.load) for value in (theirs, ours))
        kinds = _kind(theirs), _kind(ours)
        if kinds[0] != kinds[1]:
            yield _drift(path, f"the vendor sends {kinds[0]}, we {kinds[1]}")
        elif isinstance(theirs, dict):
            yield from self._objects(path, theirs, ours)
        elif isinstance(theirs, list):
            yield from self._lists(name, path, theirs, ours)
        elif self._recorded.differs(name):
            return
        elif isinstance(theirs, Number):
            yield from self._numbers(name, path, theirs, ours)
        elif theirs != ours:
            yield from self._scalars(name, path, theirs, ours)

    def _objects(self, path: str, theirs: Any, ours: Any) -> Iterator[Finding]:
        for key in theirs:
            if key not in ours:
                yield _drift(f"{path}.{key}", "the vendor sends this key, we do not")
        for key in ours:
            if key not in theirs:
                yield _drift(f"{path}.{key}", "we send this key, the vendor does not")
        orders = [[k for k in one if k in other] for one, other in ((theirs, ours), (ours, theirs))]
        if orders[0] != orders[1]:
            shown = " ".join(orders[0]), " ".join(orders[1])
            yield _drift(path, f"the order of keys is {shown[0]}, ours {shown[1]}")
        boxes = [box_of(_plain(value), 0) for value in (theirs, ours)]
        if boxes[0] and boxes[1] and (overlap := iou(boxes[0], boxes[1])) < _OVERLAP:
            yield _note(path, f"the boxes overlap by {overlap:.2f}")
        for key in orders[0]:
            yield from self.compare(key, f"{path}.{key}", theirs[key], ours[key])

    def _lists(self, name: str, path: str, theirs: Any, ours: Any) -> Iterator[Finding]:
        if len(theirs) != len(ours):
            yield _note(path, f"the vendor sends {len(theirs)} items, we {len(ours)}")
        boxes = [box_of(_plain(value)) for value in (theirs, ours)]
        if boxes[0] and boxes[1] and (overlap := iou(boxes[0], boxes[1])) < _OVERLAP:
            yield _note(path, f"the boxes overlap by {overlap:.2f}")
        for number, (one, other) in enumerate(zip(theirs, ours, strict=False)):
            yield from self.compare(name, f"{path}[{number}]", one, other)

    def _numbers(self, name: str, path: str, theirs: Number, ours: Number) -> Iterator[Finding]:
        forms = _form(theirs), _form(ours)
        whole = _CONFIDENCE.search(name) and {str(theirs), str(ours)} & {"0", "1", "100"}
        if forms[0] != forms[1] and not whole:
            yield _drift(path, f"the vendor writes numbers as {forms[0]}, we as {forms[1]}")
        elif _WORDS.search(name) and theirs != ours:
            yield _drift(path, f"the vendor sends {theirs}, we {ours}")

    def _scalars(self, name: str, path: str, theirs: Any, ours: Any) -> Iterator[Finding]:
        if self._pattern and isinstance(theirs, str) and re.fullmatch(self._pattern, theirs):
            return
        if _WORDS.search(name):
            yield _drift(path, f"the vendor says {_show(theirs)}, we {_show(ours)}")
        elif isinstance(theirs, str):
            alike = SequenceMatcher(None, theirs, ours, autojunk=False).ratio()
            if alike < _ALIKE:
                yield _note(path, f"the texts agree by {alike:.2f}")
        else:
            yield _note(path, f"the vendor sends {theirs}, we {ours}")


def iou(one: Box, other: Box) -> float:
    """Intersection over union of the upright boxes around both, 0..1."""

    def sides(box: Box) -> tuple[float, float, float, float]:
        xs, ys = zip(*box, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    a, b = sides(one), sides(other)
    across = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    down = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    areas = [(s[2] - s[0]) * (s[3] - s[1]) for s in (a, b)]
    union = sum(areas) - across * down
    return across * down / union if union > 0 else 1.0


def _confidence_ranks(value: Any) -> list[int]:
    found = [c for each in _dicts(value) if (c := confidence_of(_plain(each))) is not None]
    return sorted(range(len(found)), key=lambda number: (-found[number], number))


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _dicts(item)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return float(value) if isinstance(value, Number) else value


def _kind(value: Any) -> str:
    """What a value is, in words."""
    if isinstance(value, Number):
        return "a number"
    if value is None:
        return "null"
    names = {dict: "an object", list: "a list", str: "a text", bool: "a truth value"}
    return names[type(value)]


def _form(number: str) -> str:
    if "e" in number.lower():
        return "exponents"
    return "decimals" if "." in number else "integers"


def _show(value: Any) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
