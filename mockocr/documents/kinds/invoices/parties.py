"""Who buys and who sells: the two blocks of a VAT invoice that have the same labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from mockocr.documents.char_map import Value
from mockocr.documents.kinds.invoices.forms import tax_id_of
from mockocr.documents.kinds.invoices.labels import Label, Labels, spread
from mockocr.documents.kinds.invoices.sheet import Glyph, Run, value_of

PARTY_LABELS: Mapping[str, str] = {
    "tax_id": spread(
        "统一社会信用代码/?纳税人识.号码? 信用代码/纳税人识.号 统一社会信用代码 纳税人识.号码?"
        " 纳税人.别号 税人识别号 税号"
    ),
    "address_phone": spread("地址、?,?电话 地址.电话"),
    "bank_account": spread("开户.及账号 开户行.账号 .户行及账号"),
    "name": rf"(?<![目务品方票户代])(?:{spread('单位名称 名称')})|(?<![称名])称(?=:)",
}
"""The labels of one block."""
_NAMES = tuple(PARTY_LABELS)
_UPRIGHT = 2.8
"""Heights that the column of a label that runs down takes."""
_INDENT = 10
"""Heights by which lines of values may begin further right than others, at most."""
_MOST = 12
"""Labels of one block, at most."""
_GAP = 5
"""Heights between two runs of one value, at most."""
_FAR = float("inf")
_REACH = 1.6
"""Heights from a label to a line of its value that is printed above or below it."""


class Party(msgspec.Struct, frozen=True):
    """The fields of one block, by the names of its labels, and the middle of the block's labels."""

    values: Mapping[str, Value]
    side: str


def parties_of(labels: Labels, heading: float, total: float) -> dict[str, Value]:
    """The fields of both blocks, as `buyer_name`. `heading` and `total` are the heights of the rows
    around the items: the blocks stand above them, or one above and one below.
    """
    sheet = labels.sheet
    middle = (sheet.left + sheet.right) / 2
    own = labels.named(*_NAMES)
    above = [label for label in own if label.middle < heading]
    below = [label for label in own if label.middle > total]
    left = [label for label in above if label.left < middle]
    right = [label for label in above if label.left >= middle]
    found: dict[str, Value] = {}
    for whole, usual in ((left, "buyer"), (right, "seller"), (below, "seller")):
        block = whole[:_MOST]
        if not block:
            continue
        side = _side(labels, block, usual)
        bound = _bound(labels, block, right if whole is left else ())
        top, bottom = (total + sheet.height, _FAR) if whole is below else (-_FAR, heading)
        values = _values(labels, block, bound, top, bottom)
        for name, value in values.items():
            found.setdefault(f"{side}_{name}", value)
    return found


def _side(labels: Labels, block: Sequence[Label], usual: str) -> str:
    """Buyer or seller, as the label that runs down beside the block says."""
    top, bottom = min(b.top for b in block), max(b.bottom for b in block)
    start = min(b.left for b in block)
    height = labels.sheet.height
    beside = [
        upright
        for upright in labels.sheet.uprights
        if upright.top < bottom + height
        and upright.bottom > top - height
        and start - 8 * height < upright.left < start
    ]
    text = max(beside, key=lambda u: u.left).text if beside else ""
    if "购" in text or "买" in text:
        return "buyer"
    return "seller" if "销" in text or "售" in text else usual


def _bound(labels: Labels, block: Sequence[Label], right: Sequence[Label]) -> float:
    """Where the next block begins: at the labels to the right, or at one that runs down there."""
    top, bottom = min(b.top for b in block), max(b.bottom for b in block)
    height = labels.sheet.height
    starts = [
        upright.left
        for upright in labels.sheet.uprights
        if upright.left > max(b.left for b in block) + 4 * height
        and upright.top < bottom + height
        and upright.bottom > top - height
    ]
    # the label that runs down stands right before the next block, also where it was misread
    starts += [label.left - _UPRIGHT * height for label in right]
    return min(starts, default=labels.sheet.right + 1)


def _values(
    labels: Labels, block: Sequence[Label], bound: float, top: float, bottom: float
) -> dict[str, Value]:
    """What stands to the right of each label, on several lines where they are nearer to it than to
    any other label.
    """
    start = min(label.left for label in block)
    first, last = min(b.top for b in block), max(b.bottom for b in block)
    lines: dict[int, list[Run]] = {}
    height = labels.sheet.height
    for row in range(len(labels.sheet.rows)):
        place = labels.sheet.rows[row]
        if place.bottom < first - height or place.top > last + 2 * height:
            continue
        for run in labels.rest(row):
            if not start < run.left < bound or not top < run.middle < bottom:
                continue
            index = _nearest(block, run, height)
            if index is not None:
                lines.setdefault(index, []).append(run)
    edge = min((run.left for runs in lines.values() for run in runs), default=0.0)
    found: dict[str, Value] = {}
    for index, label in enumerate(block):
        value = _joined(label.name, lines.get(index, []), max(edge, label.right) + _INDENT * height)
        if label.name not in found or not found[label.name].text:
            found[label.name] = value
    return found


def _nearest(block: Sequence[Label], run: Run, height: float) -> int | None:
    """The label that a run belongs to."""
    left_of = [i for i, label in enumerate(block) if label.right < run.left + 0.5 * height]
    if not left_of:
        return None
    index = min(left_of, key=lambda i: abs(block[i].middle - run.middle))
    near = abs(block[index].middle - run.middle) < _REACH * max(block[index].height, 0.8 * height)
    return index if near else None


def _joined(name: str, runs: Sequence[Run], edge: float) -> Value:
    """The lines of a value. Each begins left of the `edge`: others belong to what is beside."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: r.middle):
        if lines and run.is_beside(lines[-1][-1]):
            lines[-1].append(run)
        else:
            lines.append([run])
    glyphs: list[Glyph] = []
    for line in lines:
        line.sort(key=lambda r: r.left)
        if line[0].left < edge:
            glyphs += _connected(line)
    while glyphs and glyphs[0].text in ":;.,'、_":
        glyphs = glyphs[1:]
    if len(glyphs) > 2 and glyphs[-1].text in "购销密备" and _stands_apart(glyphs):
        glyphs = glyphs[:-1]
    return tax_id_of(glyphs) if name == "tax_id" else value_of(glyphs)


def _connected(line: Sequence[Run]) -> list[Glyph]:
    """The characters of a line up to a wide gap, behind which something else stands."""
    glyphs: list[Glyph] = []
    for run in line:
        if glyphs and run.left - glyphs[-1].right > _GAP * run.height:
            break
        glyphs += run.glyphs
    return glyphs


def _stands_apart(glyphs: Sequence[Glyph]) -> bool:
    height = glyphs[-1].bottom - glyphs[-1].top
    return glyphs[-1].left - glyphs[-2].right > height
