"""Reads a document by a list of rules: each field has labels, a form, and a place beside or below
its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.kinds.invoices.forms import date_of, found, time_of
from mockocr.documents.kinds.invoices.labels import Label, Labels
from mockocr.documents.kinds.invoices.sheet import Glyph, Run, Sheet

Reader = Callable[[Sequence[Glyph | None]], Value]
"""Cuts the field out of what stands at its place; empty if its form is not there."""
_DAY = re.compile(r"(?<!\d)\d{4}[年\-/.]\t?\d{1,2}[月\-/.]\t?\d{1,2}")
_OFTEN = 8
"""Places of one label that are looked at."""
_BELOW = 3.0
"""Heights from a label to the line below it, at most."""


class Rule(msgspec.Struct, frozen=True):
    """One field: the pattern of its labels, its form, and whether it may stand below its label."""

    name: str
    label: str
    read: Reader
    below: bool = False


def read_rules(
    sheet: Sheet, rules: Sequence[Rule], others: Mapping[str, str] | None = None
) -> tuple[dict[str, Value], Labels]:
    """The fields that were read, and the labels that were found. `others` are labels of other
    fields: they end a value.
    """
    patterns = {rule.name: rule.label for rule in rules} | dict(others or {})
    labels = Labels(sheet, patterns)
    by_name: dict[str, list[Label]] = {}
    for label in labels.all:
        by_name.setdefault(label.name, []).append(label)
    return {rule.name: _value(labels, rule, by_name.get(rule.name, [])) for rule in rules}, labels


def _value(labels: Labels, rule: Rule, own: Sequence[Label]) -> Value:
    for label in own[:_OFTEN]:
        value = rule.read(labels.after(label))
        if not value.text and rule.below:
            value = _below(labels, label, rule.read)
        if value.text:
            return value
    return NOTHING


def _below(labels: Labels, label: Label, read: Reader) -> Value:
    """What stands below a label and has the form: in the next rows, the runs that reach below."""
    sheet = labels.sheet
    for index in range(label.row + 1, min(label.row + 5, len(sheet.rows))):
        if sheet.rows[index].top - label.bottom > _BELOW * sheet.height:
            break
        runs = [run for run in labels.rest(index) if _reaches(run, label, sheet.height)]
        glyphs: list[Glyph | None] = []
        for run in runs:
            glyphs += [*run.glyphs, None]
        value = read(glyphs)
        if value.text:
            return value
    return NOTHING


def _reaches(run: Run, label: Label, height: float) -> bool:
    shared = min(run.right, label.right + height) - max(run.left, label.left - height)
    return shared > 0.3 * min(height, run.right - run.left)


def anywhere(sheet: Sheet, pattern: re.Pattern[str], group: int = 0) -> Value:
    """The first part of a row that a pattern fits."""
    for row in sheet.rows:
        value = found(row.glyphs, pattern, group)
        if value.text:
            return value
    return NOTHING


def only_date(sheet: Sheet) -> Value:
    """The one day that the page prints, where its label was not read; empty if several are."""
    dates = [date_of(row.glyphs) for row in sheet.rows if _DAY.search(row.text)]
    return dates[0] if len(dates) == 1 else NOTHING


def add_day_and_time(sheet: Sheet, fields: dict[str, Value], labels: Labels) -> None:
    """Fill in the date where its label was not read, and the time that is printed after a date."""
    if not fields["date"].text:
        fields["date"] = only_date(sheet)
    label = labels.first("date")
    if label is not None and not fields["time"].text:
        fields["time"] = time_of(labels.after(label))
