"""Fields of driver licences of the United States and of passports.

The licences number their fields (AAMVA card design standard): 1 family name, 2 given names, 3 date
of birth, 4a issued, 4b expires, 4d number, 8 address, 9 class, 9a endorsements, 12 restrictions.
Passports are read by their machine-readable lines (ICAO 9303, part 4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from mockocr.core.recognition import Character, Line, Recognition, Word, mean


class IdentityField(msgspec.Struct, frozen=True):
    """A field as it is printed; confidence 0..1. `on` is the date of a field that is one,
    `characters` are those that were recognised of it.
    """

    text: str
    confidence: float
    on: date | None = None
    characters: tuple[Character, ...] = ()


_LABELS: Mapping[str, str] = {
    "iss": "date_of_issue",
    "issued": "date_of_issue",
    "exp": "expiration_date",
    "expires": "expiration_date",
    "dob": "date_of_birth",
    "number": "document_number",
    "dl": "document_number",
    "dln": "document_number",
    "lic": "document_number",
    "class": "class",
    "rest": "restrictions",
    "restr": "restrictions",
    "end": "endorsements",
    "endorsements": "endorsements",
    "ln": "last_name",
    "fn": "first_name",
    "sex": "",
    "hgt": "",
    "wgt": "",
    "eyes": "",
    "hair": "",
    "dd": "",
    "rev": "",
}
"""Words that name a field, and the field; empty for one that is not wanted."""
_NUMBERED = re.compile(r"[0-9oO]{0,2}[a-d]?", re.IGNORECASE)
"""What stands before a label: the number of the field."""
_CITY = re.compile(r"(.+?),?\s+([A-Z]{2}),?\s+(\d{5}(?:-\d{4})?)")
_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_MRZ = re.compile(r"P[A-Z<][A-Z]{3}[A-Z<]{20,39}"), re.compile(r"[A-Z0-9<]{28,44}")
_STATES = frozenset(
    {
        *("ALABAMA", "ALASKA", "ARIZONA", "ARKANSAS", "CALIFORNIA", "COLORADO", "CONNECTICUT"),
        *("DELAWARE", "FLORIDA", "GEORGIA", "HAWAII", "IDAHO", "ILLINOIS", "INDIANA", "IOWA"),
        *("KANSAS", "KENTUCKY", "LOUISIANA", "MAINE", "MARYLAND", "MASSACHUSETTS", "MICHIGAN"),
        *("MINNESOTA", "MISSISSIPPI", "MISSOURI", "MONTANA", "NEBRASKA", "NEVADA", "NEW YORK"),
        *("NEW HAMPSHIRE", "NEW JERSEY", "NEW MEXICO", "NORTH CAROLINA", "NORTH DAKOTA", "OHIO"),
        *("OKLAHOMA", "OREGON", "PENNSYLVANIA", "RHODE ISLAND", "SOUTH CAROLINA", "TENNESSEE"),
        *("SOUTH DAKOTA", "TEXAS", "UTAH", "VERMONT", "VIRGINIA", "WASHINGTON", "WISCONSIN"),
        *("WEST VIRGINIA", "WYOMING"),
    }
)


def find_identity(recognition: Recognition) -> Mapping[str, IdentityField]:
    """The fields by their names in lower case, as `date_of_birth`; what is not seen is absent."""
    lines = [line for line in recognition.lines if line.words]
    passport = _passport(lines)
    if passport:
        return passport
    found: dict[str, IdentityField] = {}
    _find_labelled(lines, found)
    for index, line in enumerate(lines):
        _find_in_line(lines, index, line, found)
    return found


def _find_in_line(
    lines: Sequence[Line], index: int, line: Line, found: dict[str, IdentityField]
) -> None:
    text = line.text.strip()
    plain = re.sub(r"[^A-Z ]", "", text.upper()).strip()
    if plain in _STATES:
        found.setdefault("state_name", IdentityField(plain, line.confidence))
    if re.search(r"DRIVER'?S?\b", plain) or "LICENSE" in plain:
        found.setdefault("id_type", IdentityField("DRIVER LICENSE FRONT", line.confidence))
    numbered = re.fullmatch(r"([128])\s+(\S.*)", text)
    if numbered is not None:
        name = {"1": "last_name", "2": "first_name", "8": "address"}[numbered[1]]
        found.setdefault(name, _part(line, numbered[2]))
    if numbered is not None and numbered[1] == "2" and "last_name" not in found:
        above = _above(line, lines)
        if above is not None and not any(c.isdigit() for c in above.text):
            found["last_name"] = _part(above, above.text)
    city = _CITY.fullmatch(text)
    if city is not None:
        for name, value in zip(
            ("city_in_address", "state_in_address", "zip_code_in_address"),
            city.groups(),
            strict=True,
        ):
            found.setdefault(name, _part(line, value.rstrip(",")))
        above = lines[index - 1] if index else line
        street = re.search(r"\d+ \S.*", above.text)
        if index and "address" not in found and street is not None:
            found["address"] = _part(above, street[0])


def _find_labelled(lines: Sequence[Line], found: dict[str, IdentityField]) -> None:
    """Values beside their labels, or below them."""
    for line in lines:
        labels = [i for i, word in enumerate(line.words) if _label(word.text) is not None]
        for place, start in enumerate(labels):
            name = _label(line.words[start].text)
            end = labels[place + 1] if place + 1 < len(labels) else len(line.words)
            following = list(line.words[start + 1 : end])
            if end < len(line.words) and following and _NUMBERED.fullmatch(following[-1].text):
                following.pop()  # the number of the next field
            if not name or name in found:
                continue
            words = following or _below(line.words[start], line, lines)
            value = _field(words)
            if value is not None and ("date" not in name or value.on is not None):
                found[name] = value


def _label(text: str) -> str | None:
    """The field that a word names, empty for an unwanted one, None if it is no label."""
    plain = text.rstrip(":.").lower()
    for label, name in _LABELS.items():
        if plain.endswith(label) and _NUMBERED.fullmatch(plain.removesuffix(label)):
            return name
    return None


def _below(label: Word, line: Line, lines: Sequence[Line]) -> list[Word]:
    """The words of the nearest line below a label that begin near its left end."""
    left, top, right, bottom = label.quad.extent
    height = bottom - top
    best: tuple[float, list[Word]] = (2.5 * height, [])
    for other in lines:
        if other is line:
            continue
        words = [
            w for w in other.words if left - 2.5 * height <= w.quad.extent[0] <= right + height
        ]
        if not words:
            continue
        distance = words[0].quad.extent[1] - bottom
        if -0.3 * height <= distance < best[0]:
            best = distance, words
    return best[1]


def _above(line: Line, lines: Sequence[Line]) -> Line | None:
    """The nearest line above that begins where a line begins, at most three heights away."""
    left, top, _, bottom = line.quad.extent
    height = bottom - top
    near = [
        (top - other.quad.extent[3], other)
        for other in lines
        if abs(other.quad.extent[0] - left) < 2 * height
        and len(other.text) > 2
        and -0.3 * height <= top - other.quad.extent[3] < 3 * height
        and other is not line
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _field(words: Sequence[Word]) -> IdentityField | None:
    if not words:
        return None
    text = " ".join(word.text for word in words)
    characters = tuple(character for word in words for character in word.characters)
    confidence = mean(word.confidence for word in words)
    return IdentityField(text, confidence, parse_date(text), characters)


def _part(line: Line, text: str) -> IdentityField:
    """The field that is a part of a line."""
    return IdentityField(text, line.confidence, characters=_characters((line,), text))


def _characters(lines: Sequence[Line], text: str) -> tuple[Character, ...]:
    """The characters of the text in the first line that holds it; none without such a line."""
    line = next((line for line in lines if text in line.text), None)
    if line is None:
        return ()
    start = line.text.find(text)
    kept: list[Character] = []
    at = 0
    for index, word in enumerate(line.words):
        at += word.spaced and index > 0
        for character in word.characters:
            if start <= at < start + len(text):
                kept.append(character)
            at += len(character.text)
    return tuple(kept)


def parse_date(text: str) -> date | None:
    """The date that a text is, month first; None for any other text."""
    match = _DATE.fullmatch(text.strip())
    try:
        return date(int(match[3]), int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def _passport(lines: Sequence[Line]) -> Mapping[str, IdentityField]:
    """The fields of the two machine-readable lines of a passport, empty without them."""
    texts = [line.text.replace(" ", "").upper().replace("«", "<<") for line in lines]
    for index in range(len(texts) - 1):
        if not (_MRZ[0].fullmatch(texts[index]) and _MRZ[1].fullmatch(texts[index + 1])):
            continue
        first, second = texts[index], texts[index + 1]
        confidence = min(lines[index].confidence, lines[index + 1].confidence)
        last, _, given = first[5:].partition("<<")
        names = given.strip("<").split("<")
        values = {
            "id_type": "PASSPORT",
            "last_name": last.replace("<", " ").strip(),
            "first_name": names[0],
            "middle_name": " ".join(filter(None, names[1:])),
            "document_number": second[:9].rstrip("<"),
            "mrz_code": f"{first}\n{second}",
        }
        found = {
            name: IdentityField(
                value, confidence, characters=_characters(lines[index : index + 2], value)
            )
            for name, value in values.items()
            if value
        }
        for name, start, past in (("date_of_birth", 13, True), ("expiration_date", 21, False)):
            on = _mrz_date(second[start : start + 6], past)
            if on is not None:
                found[name] = IdentityField(on.strftime("%d %b %Y").upper(), confidence, on)
        return found
    return {}


def _mrz_date(digits: str, past: bool) -> date | None:
    """The date of YYMMDD; a birth in a year above 30 is one of the last century."""
    if not re.fullmatch(r"\d{6}", digits):
        return None
    year = 2000 + int(digits[:2])
    if past and year > 2030:
        year -= 100
    try:
        return date(year, int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
