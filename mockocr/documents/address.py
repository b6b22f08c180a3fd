"""Splits a Chinese address into province, city, district and the rest.

Only what the text says is returned: a city without its province leaves the province empty. There
are two exceptions: a short name gets its full form (广东 becomes 广东省), and each of the four
municipalities is both province and city.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec
from msgspec.structs import replace

from mockocr.documents.provinces import MUNICIPALITIES, city_names, province_names

_LONGEST = 200
"""Characters of an address that is looked for in a text; the time stays linear in the text."""
_HAN = r"\u3400-\u9fff"
_GAP = " \t,，、.。·-/>|:"
_GOES_ON = ("市", "县", "区", "州", "盟", "旗", "路", "街", "大道")
"""After a short city name these show that it starts another name (恩施市, 承德县, 南京路)."""
_ODD_DISTRICTS = frozenset({"市中区", "市南区", "市北区"})
_DISTRICT = re.compile(
    # a town, street or house before the suffix belongs to the detail, not to a district's name;
    # 镇 and 路 may start one (镇海区, 路桥区); 宁乡市 and 东乡族自治县 contain 乡
    rf"(?:(?!大道|[街巷村弄院号栋幢座室])[{_HAN}])"
    rf"(?:(?!大道|[街巷村弄院号栋幢座室镇路]|乡(?!市|县|族))[{_HAN}]){{0,14}}?"
    r"(?:自治县|自治旗|市区|新区|矿区|林区|特区|区|县|旗|市)"
)
_NO_DISTRICT = re.compile(
    r"(?:小|社|校|厂|库|住宅|生活|宿舍|片|景|服务|专|展|专卖)区$|旗舰|旗下|超市$"
)
_PLACE = re.compile(
    r"[路街道巷弄村镇乡里苑园庄屯组号栋幢座楼层室厦坊湾城]|单元|小区|社区|广场|中心|公寓|酒店|"
    r"大学|学院|学校|中学|小学|医院|公司|工厂|车站|银行|花园|科技|基地|[A-Z0-9]区"
)


class Address(msgspec.Struct, frozen=True):
    """The parts of an address, each empty if it is missing. `start` is its index in the text."""

    province: str = ""
    city: str = ""
    district: str = ""
    detail: str = ""
    start: int = 0

    @property
    def levels(self) -> int:
        """How many of province, city and district were found (a municipality counts once)."""
        return len({part for part in (self.province, self.city, self.district) if part})


def is_place(text: str) -> bool:
    """True if the text looks like a street, house or building."""
    return _PLACE.search(text) is not None


def address_at_start(text: str) -> Address:
    """The address at the start of the text, as after a label; all of it is detail if no region
    comes first.
    """
    return _parse(text, _skip_gap(text, 0))


def address_within(text: str) -> Address | None:
    """The first address anywhere in the text, or None.

    An address needs two levels of region, or one and a street or house.
    """
    for match in _starts().finditer(text):
        start = match.start()
        found = replace(_parse(text[start : start + _LONGEST], 0), start=start)
        if found.levels >= 2 or (found.levels == 1 and is_place(found.detail)):
            return found
    return None


def tidy(text: str) -> str:
    """The text without spaces next to Chinese characters and without separators at its ends."""
    text = re.sub(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])", "", text)
    return text.strip(" \t,，、.。;；:-/|")


@cache
def _starts() -> re.Pattern[str]:
    names = [name for name, _ in (*province_names(), *city_names())]
    known = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"{known}|(?<![{_HAN}])[{_HAN}]{{1,4}}?[区县市]")


def _parse(text: str, start: int) -> Address:
    province, at = _province(text, start)
    if province in MUNICIPALITIES:
        city, at = province, _skip_repeat(text, at, province)
    else:
        city, at = _city(text, at, province)
    district, at = _district(text, at)
    return Address(province, city, district, tidy(text[at:]), start)


def _province(text: str, at: int) -> tuple[str, int]:
    for name, full in province_names():
        if not text.startswith(name, at):
            continue
        end = _skip_gap(text, at + len(name))
        if name[-1] in "省市区":
            return full, end
        # a short name alone may be part of a dish, a street or a city (海南鸡饭, 吉林市), so it
        # must be followed by a city or a district
        if text[at + len(name) :][:1] in {"市", "州", "路", "街"}:
            continue
        below = "" if full in MUNICIPALITIES else _city(text, end, full)[0]
        if below or _district(text, end)[0]:
            return full, end
    return "", at


def _city(text: str, at: int, province: str) -> tuple[str, int]:
    for name, full in city_names(province):
        if not text.startswith(name, at):
            continue
        after = text[at + len(name) :]
        if name[-1] not in "市州盟区" and after.startswith(_GOES_ON):
            continue
        return full, _skip_gap(text, at + len(name))
    return "", at


def _district(text: str, at: int) -> tuple[str, int]:
    match = _DISTRICT.match(text, at)
    if match is None:
        return "", at
    end = match.end()
    # 红旗区, 津市市: the name itself contains a suffix
    if match[0][-1] in "旗市" and text[end : end + 1] in {"区", "市"}:
        end += 1
    name = text[at:end]
    if _NO_DISTRICT.search(name) or (name[0] in "市省" and name not in _ODD_DISTRICTS):
        return "", at
    return name, _skip_gap(text, end)


def _skip_repeat(text: str, at: int, municipality: str) -> int:
    """The index after a city that repeats its municipality (北京市北京市, 上海市市辖区)."""
    for word in (municipality, "市辖区"):
        if text.startswith(word, at):
            at = _skip_gap(text, at + len(word))
    return at


def _skip_gap(text: str, at: int) -> int:
    while at < len(text) and text[at] in _GAP:
        at += 1
    return at
