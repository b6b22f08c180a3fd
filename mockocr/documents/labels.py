"""Splits recognised lines at their labels, and finds each label's value.

A label may be in the same line as its value, in a line of its own to the left, or above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from mockocr.core.recognition import Line, Quad

_WORDS: Mapping[str, str] = {
    "name": """
        姓名 名字 联系人 联络人 收件人 收货人 收货人员 收件方 收方 收信人 寄件人 发件人 发货人
        寄件方 寄方 联系人姓名 收件人姓名 收货人姓名 寄件人姓名 客户姓名 顾客姓名 用户姓名
        买家姓名 真实姓名
    """,
    "phone": """
        电话 手机 手机号 手机号码 电话号码 联系电话 联系方式 联系手机 联系号码 固定电话 固话 座机
        移动电话 收件人电话 收货人电话 收件电话 收货电话 寄件人电话 寄件电话 发件人电话 收件人手机
        收货人手机 手机/电话 电话/手机 客服电话 热线 咨询电话
    """,
    "address": """
        地址 收货地址 收件地址 详细地址 联系地址 通讯地址 通信地址 家庭住址 家庭地址 现住址 住址
        送货地址 配送地址 寄件地址 发货地址 发件地址 收件人地址 收货人地址 寄件人地址 公司地址
        单位地址 办公地址 邮寄地址 生产地址 注册地址 经营地址 住所 住所/生产地址
    """,
    "region": """
        所在地区 所在地 地区 省市区 所在区域 省/市/区 省份城市 收货地区
    """,
    "other": """
        邮编 邮政编码 传真 订单号 订单编号 运单号 快递单号 单号 编号 身份证 身份证号 身份证号码
        公民身份号码 卡号 账号 开户行 税号 备注 留言 邮箱 电子邮箱 微信 微信号 公司 单位 职位 职务
        部门 性别 民族 出生 日期 时间 下单时间 商品 数量 金额 合计 总价 价格 网址
    """,
}
_SHORT: Mapping[str, str] = {"name": "收 寄 客户 买家", "phone": "电 T M", "address": "址"}
"""Labels that need a colon after them."""
_LATIN: Mapping[str, str] = {
    "name": "Name FirstName FullName Contact Recipient Receiver Consignee Attn Sender Shipper",
    "phone": "Telephone Tel Phone Mobile Cellphone Cell",
    "address": "Address Addr Add",
    "other": """
        Fax Email E-mail QQ Wechat Web Website Postcode Zip Order Date Company Title LastName
    """,
}
_ROLES: Mapping[str, str] = {"收": "recipient", "寄": "sender", "发": "sender"}
_LATIN_ROLES: Mapping[str, str] = {
    "recipient": "recipient",
    "receiver": "recipient",
    "consignee": "recipient",
    "sender": "sender",
    "shipper": "sender",
}
_PARTIES = re.compile(r"\W*([收寄])\s*(?:件|货|方)?\s*(?:方|信息)?\W*")
_LONGEST = 300
"""Characters of a line that are searched: no contact has longer lines, and time stays linear."""
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}


class Piece(msgspec.Struct, frozen=True):
    """A part of a line, with full-width ASCII made narrow.

    `kind` is the label's kind, empty without a label; `role` is recipient, sender or empty; `line`
    is the line's index. `follows` is the index of the line right above, or -1 if there is a gap.
    `sure` is true if a colon follows the label.
    """

    kind: str
    role: str
    text: str
    line: int
    follows: int = -1
    sure: bool = False


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word))


@cache  # not when a server starts: it takes long
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of a label, and the kind that each word names."""
    kinds: dict[str, str] = {}
    long: list[str] = []
    short: list[str] = []
    latin: list[str] = []
    for into, table in ((long, _WORDS), (short, _SHORT), (latin, _LATIN)):
        for kind, words in table.items():
            for word in words.split():
                kinds[word.lower()] = kind
                into.append(word)
    alternatives = {
        name: "|".join(map(_spaced, sorted(words, key=len, reverse=True)))
        for name, words in (("long", long), ("short", short), ("latin", latin))
    }
    note = r"(?:\s*\([^()]{0,12}\))?"
    return (
        re.compile(
            rf"(?:^\W*|(?<=[\s,，;；|)）。]))(?P<colon>{alternatives['long']}|"
            rf"{alternatives['short']}|(?<![A-Za-z])(?:{alternatives['latin']})){note}\s*[:：]"
            rf"|^\W*(?P<start>{alternatives['long']}){note}(?!\s*[:：])"
            rf"|^\W*(?P<latin>{alternatives['latin']})\.?(?=\s*(?:[\d+(]|$))",
            re.IGNORECASE,
        ),
        kinds,
    )


def split_at_labels(lines: Sequence[Line]) -> list[Piece]:
    """The pieces of all lines in reading order. A label without text gets the value beside or below
    it.
    """
    pieces: list[Piece] = []
    for number, line in enumerate(lines):
        under = number > 0 and _is_under(lines[number - 1].quad, line.quad)
        text = line.text.translate(_FULL_WIDTH).strip()[:_LONGEST]
        if text:
            pieces += _cut(text, number, number - 1 if under else -1)
    return _inherited(_matched(pieces, lines))


def _cut(text: str, number: int, follows: int) -> list[Piece]:
    party = _PARTIES.fullmatch(text)
    if party:
        return [Piece("party", _ROLES[party[1]], "", number, follows)]
    pattern, kinds = _pattern()
    found = list(pattern.finditer(text))
    pieces = []
    if not found or found[0].start() > 0:
        head = text[: found[0].start()] if found else text
        pieces.append(Piece("", "", head.strip(), number, follows))
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        label = re.sub(r"\s", "", match["colon"] or match["start"] or match["latin"])
        role = _ROLES.get(label[0]) or _LATIN_ROLES.get(label.lower(), "")
        value = text[match.end() : end].strip(" \t,，;；|")
        sure = match["colon"] is not None
        pieces.append(Piece(kinds[label.lower()], role, value, number, follows, sure))
    return [piece for piece in pieces if piece.kind or piece.text]


def _matched(pieces: list[Piece], lines: Sequence[Line]) -> list[Piece]:
    """Give each label without a value the line to its right, or else the one below."""
    taken: dict[int, int] = {}
    single = {p.line: i for i, p in enumerate(pieces) if not p.kind}
    for index, piece in enumerate(pieces):
        if piece.text or piece.kind in {"", "party"}:
            continue
        free = {line: i for line, i in single.items() if i not in taken.values()}
        line = _value_line(piece.line, free, lines)
        if line is not None:
            taken[index] = free[line]
    values = {value: label for label, value in taken.items()}
    result = []
    for index, piece in enumerate(pieces):
        if index in values:
            label = pieces[values[index]]
            result.append(replace(piece, kind=label.kind, role=label.role))
        elif index not in taken:
            result.append(piece)
    return result


def _value_line(label: int, free: Mapping[int, int], lines: Sequence[Line]) -> int | None:
    quad = lines[label].quad
    beside, below = [], []
    for number in free:
        left, top, right, bottom = _seen_from(quad, lines[number].quad)
        width, height = _size(quad)
        if left >= width * 0.8 and min(bottom, height) - max(top, 0) > 0.4 * height:
            beside.append((left, number))
        elif top >= height * 0.5 and top < 3 * height and left < width and right > 0:
            below.append((top, number))
    for found in (beside, below):
        if found:
            return min(found)[1]
    return None


def _inherited(pieces: Sequence[Piece]) -> list[Piece]:
    """Give pieces without a role the role of the last piece that has one."""
    role, result = "", []
    for piece in pieces:
        role = piece.role or role
        if piece.kind != "party":
            result.append(replace(piece, role=role))
    return result


def _is_under(above: Quad, quad: Quad) -> bool:
    """True if a line is right below another, as in a paragraph."""
    left, top, right, _ = _seen_from(above, quad)
    width, height = _size(above)
    return 0.3 * height <= top < 3 * height and left < width and right > 0


def _size(quad: Quad) -> tuple[float, float]:
    left, top, right, bottom = _seen_from(quad, quad)
    return right - left, bottom - top


def _seen_from(frame: Quad, quad: Quad) -> tuple[float, float, float, float]:
    """left, top, right and bottom of `quad` in the coordinates of `frame`: its top left is (0, 0)
    and its axes run along its sides.
    """
    tl, tr, _, bl = frame
    width = max(((tr.x - tl.x) ** 2 + (tr.y - tl.y) ** 2) ** 0.5, 1e-6)
    height = max(((bl.x - tl.x) ** 2 + (bl.y - tl.y) ** 2) ** 0.5, 1e-6)
    along = [((p.x - tl.x) * (tr.x - tl.x) + (p.y - tl.y) * (tr.y - tl.y)) / width for p in quad]
    down = [((p.x - tl.x) * (bl.x - tl.x) + (p.y - tl.y) * (bl.y - tl.y)) / height for p in quad]
    return min(along), min(down), max(along), max(down)
