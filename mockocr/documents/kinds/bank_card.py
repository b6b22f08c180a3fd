"""Bank cards. Kind and bank are found only where the card states them in words, never from the
number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from mockocr.core.recognition import Line, Recognition
from mockocr.documents.char_map import NOTHING, CharMap, Value, line_char_map
from mockocr.documents.kinds.banks import BANKS
from mockocr.documents.kinds.check_digits import has_right_luhn
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.id_card import find_fronts
from mockocr.documents.kinds.titles import shows_another

_TYPES: Mapping[str, str] = {
    "准贷记卡": "准贷记卡",
    "贷记卡": "贷记卡",
    "信用卡": "贷记卡",
    "CREDIT": "贷记卡",
    "借记卡": "借记卡",
    "储蓄卡": "借记卡",
    "DEBIT": "借记卡",
    "预付卡": "预付费卡",
}
_NUMBER = re.compile(r"(?<![\dA-Za-z])\d(?:[ \-]?\d){14,18}(?![ \-]?\d|[A-Za-z])")
_BESIDE = 8
"""Characters beside the number in its line, at most: an account in running text is no card."""
_MOST = 40
"""Lines of a card, at most: a page with more of them is a card only if it names a bank or type."""
_GROUP = re.compile(r"\d{3,13}(?: \d{3,13}){0,3}")
"""A part of a number that was read apart from the rest."""
_END = re.compile(r"(?<![\d/])(0[1-9]|1[0-2])\s?/\s?((?:20)?\d{2})(?![\d/])")
_BANK = re.compile(
    "|".join(sorted(map(re.escape, BANKS), key=len, reverse=True)) + r"|[\u3400-\u9fff]{2,8}银行"
)
_TYPE = re.compile("|".join(_TYPES), re.IGNORECASE)
_CARD_NAME = re.compile(r"[\u3400-\u9fffA-Za-z0-9·]{0,20}[\u3400-\u9fff]卡")
_HOLDER = re.compile(r"[A-Z]{2,15}(?:[ ./][A-Z]{1,15}){1,2}")
_NO_HOLDER = re.compile(
    r"UNION|BANK|CHINA|CARD|VISA|MASTER|DEBIT|CREDIT|VALID|THRU|GOOD|FROM|MONTH|YEAR|GOLD|CLASSIC"
    r"|PLATINUM|MEMBER|SINCE|ATM|EXPIR|AMERICAN|COMMERC|INDUSTR|QUICK|PASS"
)


def find(recognition: Recognition) -> Iterable[Document]:
    """The card that the page shows: a number makes it one."""
    if shows_another(recognition, "bank_card") or any(find_fronts(recognition)):
        return
    lines = [line_char_map(line, spaces=True) for line in recognition.lines]
    bare = [line_char_map(line, spaces=False) for line in recognition.lines]
    number = _number([*lines, *_rows(recognition.lines)])
    if not number.text:
        return
    bank = _first(bare, _BANK)
    name, code = BANKS.get(bank.text, (bank.text, ""))
    card_type = _first(bare, _TYPE)
    if len(lines) > _MOST and not (bank.text or card_type.text):
        return
    fields = {
        "number": number,
        "bank": replace(bank, text=name),
        "bank_code": replace(bank, text=code) if code else NOTHING,
        "card_type": replace(card_type, text=_TYPES.get(card_type.text.upper(), "")),
        "card_name": _first(bare, _CARD_NAME),
        "valid_to": _end(lines),
        "holder": _holder(recognition.lines, lines, number),
    }
    yield Document.of(Kind.BANK_CARD, fields)


def _number(lines: Sequence[CharMap]) -> Value:
    """The first number with a right check digit, else the first number of that length."""
    found = [
        Value(re.sub(r"\D", "", match[0]), line.group(match, 0).characters)
        for line in lines
        for match in _NUMBER.finditer(line.text)
        if len(line.text) - len(match[0]) <= _BESIDE
    ]
    found = [replace(v, characters=tuple(c for c in v.characters if c.text != "-")) for v in found]
    right = [value for value in found if has_right_luhn(value.text)]
    return next(iter([*right, *found]), NOTHING)


def _rows(lines: Sequence[Line]) -> list[CharMap]:
    """The groups of digits that stand in one row, joined."""
    groups = [line for line in lines if _GROUP.fullmatch(line.text.strip())][:40]
    rows: list[list[Line]] = []
    for line in sorted(groups, key=lambda g: g.quad.center.x):
        middle = line.quad.center.y
        row = next((r for r in rows if abs(r[-1].quad.center.y - middle) < line.quad.height), None)
        if row is None:
            rows.append([line])
        else:
            row.append(line)
    joined = []
    for row in rows:
        maps = [line_char_map(line, spaces=True) for line in row]
        text = " ".join(map.text for map in maps)
        characters = [c for map in maps for c in (*map.characters, None)][:-1]
        joined.append(CharMap(text, tuple(characters)))
    return [map for map, row in zip(joined, rows, strict=True) if len(row) > 1]


def _first(lines: Iterable[CharMap], pattern: re.Pattern[str]) -> Value:
    for line in lines:
        match = pattern.search(line.text)
        if match:
            return line.group(match, 0)
    return NOTHING


def _end(lines: Iterable[CharMap]) -> Value:
    """The last month on the card: if there are two, the first is the start."""
    found = [(line, match) for line in lines for match in _END.finditer(line.text)]
    if not found:
        return NOTHING
    line, match = found[-1]
    year = match[2] if len(match[2]) == 4 else f"20{match[2]}"
    return replace(line.group(match, 0), text=f"{year}-{match[1]}")


def _holder(lines: Sequence[Line], maps: Sequence[CharMap], number: Value) -> Value:
    """A name in capitals below the number."""
    quad = number.quad
    if quad is None:
        return NOTHING
    for line, map in zip(lines, maps, strict=True):
        match = _HOLDER.fullmatch(map.text.strip())
        if match and line.quad.center.y > quad.br.y and not _NO_HOLDER.search(map.text):
            return map.cut(0, len(map.text))
    return NOTHING
