"""The rows of an invoice: what was sold, below the headings of the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from mockocr.documents.char_map import Value
from mockocr.documents.kinds.invoices.forms import is_date
from mockocr.documents.kinds.invoices.labels import Label, Labels, spread
from mockocr.documents.kinds.invoices.sheet import Row, Run, rows_of, run_of, value_of

COLUMN_LABELS: Mapping[str, str] = {
    "column_name": spread(
        "货物或应税劳务、?.?服务名称 货物或应税劳务、服称名务 货物或应税劳务名称 项目名称"
    ),
    "column_spec": spread("规格型号"),
    "column_start": spread("通行日期起"),
    "column_end": spread("通行日期止"),
    "column_plate": spread("车牌号"),
    "column_vehicle_type": rf"(?<=\t)(?:{spread('类型')})(?=\t)",
    "column_tax_rate": spread("税率/?征收率 税率"),
    "column_unit": rf"(?:{spread('单位')})(?!名)",
    "column_quantity": spread("数量"),
    "column_price": spread("单价"),
    "column_amount": spread("金额"),
    "column_tax": spread("税额"),
}
"""The headings of the columns."""
_RATE = re.compile(r"\d{1,2}(?:\.\d+)?%|不征税|免税|出口零税率|普通零税率")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_TAX = re.compile(r"-?\d[\d,]*(?:\.\d+)?|\*{1,3}")
_PLATE = re.compile(r"[一-龥][A-Z]{1,2}[A-Z0-9]{5,6}")
_DAY = re.compile(r"\d{8}")
_STARTS_ITEM = re.compile(r"\*[^*]+\*")
_UNITS = re.compile(
    "[个件台条张次项套箱瓶盒本只份包块辆批把双支桶袋卷片根间升吨米天月年人]"
    "|千克|公斤|平方米|立方米|小时|间夜|人次|kg|KG"
)
_LONGEST = 40
"""Characters of two numbers, at most."""
_NOT_ITEMS = re.compile(r"小计|合计|出行人|以下空白")


class _Item(msgspec.Struct):
    """One item: the runs of each column, in reading order."""

    cells: dict[str, list[Run]] = msgspec.field(default_factory=dict)

    def add(self, cells: Mapping[str, Sequence[Run]]) -> None:
        for name, runs in cells.items():
            self.cells.setdefault(name, []).extend(runs)

    def values(self) -> dict[str, Value]:
        found = {}
        for name, runs in self.cells.items():
            value = value_of([glyph for run in runs for glyph in run.glyphs])
            if name in ("quantity", "price", "amount", "tax"):
                value = replace(value, text=value.text.lstrip("¥").replace(",", ""))
            if name in ("start", "end"):
                value = replace(value, text=_iso(value.text))
            found[name] = value
        return found


def heading_of(labels: Labels) -> int | None:
    """The row that has most of the headings, at least three."""
    counts: dict[int, set[str]] = {}
    for label in labels.named(*COLUMN_LABELS):
        counts.setdefault(label.row, set()).add(label.name)
    best = max(counts, key=lambda row: len(counts[row]), default=None)
    return best if best is not None and len(counts[best]) >= 3 else None


def items_of(labels: Labels, heading: int, bottom: float) -> tuple[Mapping[str, Value], ...]:
    """The rows between the headings and the height `bottom`. A row without an amount of its own
    continues the one above.
    """
    rows = labels.sheet.rows
    columns = [
        label
        for label in labels.named(*COLUMN_LABELS)
        if abs(label.middle - _middle(rows[heading])) < 1.2 * labels.sheet.height
    ]
    top = rows[heading].bottom - 0.4 * labels.sheet.height
    used = {label.row for label in columns}
    runs = [
        run
        for index, row in enumerate(rows)
        if index not in used
        for run in row.runs
        for run in _numbers_apart(run)
        if top < run.middle < bottom
    ]
    items: list[_Item] = []
    ruled = rows_of(runs)
    edge = _edge(columns, ruled, labels.sheet.height)
    read: list[dict[str, list[Run]]] = []
    for row in ruled:
        if _NOT_ITEMS.search(row.text.replace("\t", "")):
            break
        read.append(_cells(row, columns, edge))
    for cells, below in zip(read, [*read[1:], {}], strict=False):
        name = value_of(g for run in cells.get("name", ()) for g in run.glyphs).text
        begins = _STARTS_ITEM.match(name) is not None
        heads = "amount" not in cells and "amount" in below and "name" not in below
        started = bool(items) and "amount" in items[-1].cells
        if not items or begins or (started and (heads or "amount" in cells)):
            items.append(_Item())
        items[-1].add(cells)
    return tuple(item.values() for item in items if "amount" in item.cells or "name" in item.cells)


def _numbers_apart(run: Run) -> list[Run]:
    """A run that is two numbers with a blank between them, as two runs."""
    for place, glyph in enumerate(run.glyphs[:_LONGEST]):
        parts = run.glyphs[:place], run.glyphs[place:]
        if glyph.spaced and place and all(_NUMBER.fullmatch(run_of(p).text) for p in parts):
            return [run_of(part) for part in parts]
    return [run]


def _iso(day: str) -> str:
    """`2023-06-12` of `20230612`; anything else as it is."""
    parts = int(day[:4]), int(day[4:6]), int(day[6:])
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if is_date(*parts) else day


def _middle(row: Row) -> float:
    return (row.top + row.bottom) / 2


def _edge(columns: Sequence[Label], rows: Iterable[Row], height: float) -> float:
    """Where the column of names ends: half-way to the next heading, or where the longest of the
    lines ends that begin with the column.
    """
    names = [c for c in columns if c.name == "column_name"]
    others = [c.left for c in columns if c.name != "column_name"]
    if not names or not others:
        return min(others, default=0.0)
    half = (names[0].right + min(others)) / 2
    firsts = [row.runs[0] for row in rows if row.runs]
    start = min((run.left for run in firsts), default=0.0)
    lines = [run.right for run in firsts if run.left < start + height and run.left < half]
    return max([half, *(right for right in lines if right < min(others) + 3 * height)])


def _cells(row: Row, columns: Sequence[Label], edge: float) -> dict[str, list[Run]]:
    """The runs of a row by column: rate, amount and tax by their forms and order, the rest by the
    place of the headings.
    """
    found: dict[str, list[Run]] = {}
    rest: list[Run] = []
    for run in row.runs:
        named = run.left < edge and not (found and _NUMBER.fullmatch(run.text))
        (found.setdefault("name", []) if named else rest).append(run)
    rate = next((i for i, run in enumerate(rest) if _RATE.fullmatch(run.text)), None)
    if rate is not None:
        found["tax_rate"] = [rest[rate]]
        if rate + 1 < len(rest) and _TAX.fullmatch(rest[rate + 1].text):
            found["tax"] = [rest[rate + 1]]
        rest = rest[:rate]
        if rest and _NUMBER.fullmatch(rest[-1].text.lstrip("¥")):
            found["amount"] = [rest.pop()]
    kinds = {c.name.removeprefix("column_"): (c.left + c.right) / 2 for c in columns}
    numbers = [run for run in rest if _NUMBER.fullmatch(run.text)]
    if "plate" in kinds:
        return found | _travel(rest, kinds)
    numeric_columns = sorted(_NUMERIC & kinds.keys(), key=lambda name: kinds[name])
    if rate is None and len(numbers) == len(numeric_columns):
        found |= {name: [run] for name, run in zip(numeric_columns, numbers, strict=True)}
        rest = [run for run in rest if run not in numbers]
    elif "amount" in found and len(numbers) == 2:
        order = sorted(("quantity", "price"), key=lambda name: kinds.get(name, 0.0))
        found |= {name: [run] for name, run in zip(order, numbers, strict=True)}
        rest = [run for run in rest if run not in numbers]
    for run in rest:
        numeric = _NUMBER.fullmatch(run.text.lstrip("¥")) is not None
        fits = [n for n in kinds if n not in found and n != "name" and numeric == (n in _NUMERIC)]
        if numeric and "amount" in found:
            fits = [n for n in fits if n in ("quantity", "price")]
        if _UNITS.fullmatch(run.text):
            fits = [n for n in fits if n == "unit"] or fits
        if fits:
            best = min(fits, key=lambda n: abs(kinds[n] - run.center))
            found.setdefault(best, []).append(run)
    return found


_NUMERIC = frozenset({"quantity", "price", "amount", "tax"})


def _travel(rest: Sequence[Run], kinds: Mapping[str, float]) -> dict[str, list[Run]]:
    """The cells of a toll: a plate, what vehicle it is, and two days."""
    found: dict[str, list[Run]] = {}
    for run in rest:
        if _PLATE.fullmatch(run.text):
            found["plate"] = [run]
        elif _DAY.fullmatch(run.text):
            found["end" if "start" in found else "start"] = [run]
        else:
            found.setdefault("vehicle_type", []).append(run)
    return found
