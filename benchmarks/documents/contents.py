"""What stands in a drawn table: a grid of texts with spans, invented from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.corpus import words

_HEADS = {
    "chinese": {
        "name": ("名称", "项目", "商品名称", "品名", "客户"),
        "note": ("备注", "说明", "规格", "地址"),
        "count": ("数量", "件数", "人数"),
        "amount": ("金额", "单价", "合计", "余额"),
        "date": ("日期", "时间"),
        "code": ("编号", "订单号", "代码"),
    },
    "english": {
        "name": ("Item", "Product", "Name", "Description"),
        "note": ("Remarks", "Notes", "Address"),
        "count": ("Count", "Qty", "Pieces"),
        "amount": ("Amount", "Price", "Total", "Balance"),
        "date": ("Date", "Due", "Shipped"),
        "code": ("Number", "Order", "Code"),
    },
}
_GROUPS = {
    "chinese": ("上半年", "下半年", "本期", "上期"),
    "english": ("Current", "Previous", "Year"),
}
_SECTIONS = {
    "chinese": ("第一部分", "其他收入", "本年合计"),
    "english": ("Part one", "Other income"),
}
_RIGHT = frozenset({"count", "amount"})
"""Kinds of column that are aligned right."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of the truth; its lines are written one below the other."""

    row: int
    column: int
    lines: tuple[str, ...]
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Contents:
    """The cells of a table, every place of the grid covered once; `headers` rows name the columns.
    `right` are the columns that are aligned right.
    """

    rows: int
    columns: int
    headers: int
    entries: tuple[Entry, ...]
    right: frozenset[int]
    script: str


def contents(random: Random, *, spans: bool, wrapped: bool, most_columns: int = 6) -> Contents:
    """A table with a header (mostly). `spans` allows cells over several places, `wrapped` allows
    cells of two lines.
    """
    script = random.choice(("chinese", "english"))
    columns = random.randint(2, most_columns)
    kinds = ["name"] + [
        random.choice(("count", "amount", "amount", "date", "code", "note"))
        for _ in range(columns - 1)
    ]
    if kinds[-1] in {"code", "note"} and "amount" not in kinds and "count" not in kinds:
        kinds[-1] = "amount"
    body = random.randint(2, 8)
    grouped = spans and columns >= 4 and random.random() < 0.4
    headed = random.random() < 0.85 or grouped
    headers = (2 if grouped else 1) if headed else 0
    entries: list[Entry] = []
    if headed:
        entries += _header(random, script, kinds, grouped=grouped)
    row = headers
    tall_until = -1
    for index in range(body):
        if spans and 0 < index < body - 1 and row > tall_until and random.random() < 0.12:
            text = random.choice(_SECTIONS[script])
            entries.append(Entry(row, 0, (text,), 1, columns))
            row += 1
            continue
        first = 0
        if row <= tall_until:
            first = 1
        elif spans and index < body - 1 and random.random() < 0.12:
            entries.append(Entry(row, 0, (_value(random, script, "name"),), 2, 1))
            tall_until, first = row + 1, 1
        for column in range(first, columns):
            kind = kinds[column]
            empty = column > 0 and random.random() < 0.08
            text = "" if empty else _value(random, script, kind)
            lines: tuple[str, ...] = (text,)
            if wrapped and kind in {"name", "note"} and random.random() < 0.3:
                lines = (text, _value(random, script, "name"))
            entries.append(Entry(row, column, lines))
        row += 1
    if tall_until >= row:
        entries += [
            Entry(row, column, (_value(random, script, kinds[column]),))
            for column in range(1, columns)
        ]
        row += 1
    right = frozenset(i for i, kind in enumerate(kinds) if kind in _RIGHT)
    return Contents(row, columns, headers, tuple(entries), right, script)


def _header(random: Random, script: str, kinds: list[str], *, grouped: bool) -> list[Entry]:
    names = [random.choice(_HEADS[script][kind]) for kind in kinds]
    if not grouped:
        return [Entry(0, column, (name,)) for column, name in enumerate(names)]
    start = random.randint(1, len(kinds) - 2)
    found = [Entry(0, start, (random.choice(_GROUPS[script]),), 1, 2)]
    for column, name in enumerate(names):
        inside = start <= column < start + 2
        found.append(Entry(1 if inside else 0, column, (name,), 1 if inside else 2))
    return found


def _value(random: Random, script: str, kind: str) -> str:
    if kind == "count":
        return str(random.randint(1, 999))
    if kind == "amount":
        value = random.randint(1, 99999) + random.randint(0, 99) / 100
        return f"{value:,.2f}" if random.random() < 0.5 else f"{value:.2f}"
    if kind == "date":
        return (
            f"{random.randint(2019, 2030)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
        )
    if kind == "code":
        return f"{random.choice('ABCDEFGHKM')}{random.randint(1000, 99999)}"
    if script == "chinese":
        return words.chinese(random, 2, 6)
    return words.english(random, 1, 2)
