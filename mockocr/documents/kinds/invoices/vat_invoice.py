"""VAT invoices: special and ordinary, on paper, electronic and fully digital."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import NOTHING, Value
from mockocr.documents.kinds.document import Document, Kind
from mockocr.documents.kinds.invoices.forms import (
    amount_in_words_of,
    code_of,
    date_of,
    found,
    sums_of,
)
from mockocr.documents.kinds.invoices.items import COLUMN_LABELS, heading_of, items_of
from mockocr.documents.kinds.invoices.labels import VARIANTS, Label, Labels, spread
from mockocr.documents.kinds.invoices.numerals import amount_in_digits
from mockocr.documents.kinds.invoices.parties import PARTY_LABELS, parties_of
from mockocr.documents.kinds.invoices.parts import documents_of
from mockocr.documents.kinds.invoices.rules import anywhere
from mockocr.documents.kinds.invoices.sheet import Glyph, Run, Sheet, rows_of, value_of
from mockocr.documents.kinds.invoices.titles import PROVINCES, printed

_LABELS: Mapping[str, str] = {
    "code": spread("发票代码"),
    "number": spread("发票号码"),
    "date": spread("开票日期"),
    "machine_number": spread("机器编号"),
    "check_code": spread("校验码"),
    "words": spread("价税合计(大写) 价税合计大写 价税合计"),
    "figures": spread("(小写) 小写"),
    "sum": spread("合计"),
    "payee": spread("收款人"),
    "reviewer": spread("复核人 复核"),
    "drawer": spread("开票人"),
    "seal": spread("销售方:?(章)"),
    **COLUMN_LABELS,
    **PARTY_LABELS,
}
_TITLE = re.compile(
    rf"({PROVINCES})?(增值税(?:电子)?(?:专用|普通)发票(?:\([一-龥]+\))?"
    r"|电子发票\((?:普通发票|增值税专用发票|专用发票)\))"
)
_SERVICES = re.compile(
    r"通行费|成品油|旅客运输服务|货物运输服务|建筑服务|不动产销售|不动产经营租赁服务|农产品收购"
    r"|自产农产品销售|代收车船税|机动车|稀土|卷烟|光伏收购|医疗服务|报废产品收购"
)
_NUMERO = re.compile(r"N[oO0º°][.:]?\t?(\d{8})(?!\d)")
_PAPER_CODE = re.compile(r"(?<![0-9A-Z])(?:\d{12}|\d{10})(?![0-9A-Z])")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_PAGE = re.compile(r"共\d+页\t?第\d+页")
_COPY = re.compile(r"第[一二三四五六]联:?\t?[一-龥]{2,5}联?")
_PERSON = re.compile(r"[一-龥A-Za-z·][一-龥A-Za-z0-9·]*")
_DIGITS = {"code": 8, "number": 6, "machine_number": 8, "check_code": 5}
"""How many digits each number has at least."""
_SURE = 0.9
"""A number without a label was read with this confidence."""
_PASSWORD = re.compile(r"[0-9A-Z<>+*/\-]{12,}")


def find(recognition: Recognition) -> Iterable[Document]:
    """The invoices that the page shows."""
    return documents_of(recognition, Kind.VAT_INVOICE, _document)


def _document(sheet: Sheet) -> Document | None:
    labels = Labels(sheet, _LABELS)
    title = _title(sheet)
    if not _is_invoice(sheet, labels, title):
        return None
    heading = heading_of(labels)
    rows = sheet.rows
    words = _last(labels.named("words"))
    figures = labels.first("figures")
    total_row = words or figures
    low = total_row.top if total_row else sheet.rows[-1].bottom + 1
    sums = [label for label in labels.named("sum") if label.middle < low]
    sum_label = _last(sums)
    top = rows[heading].top if heading is not None else (sum_label.top if sum_label else low)
    fields = {
        **title,
        **_numbers(labels, top),
        **parties_of(labels, top, low),
        **_sums(labels, sum_label),
        **_total(labels, words, figures),
        **_people(labels, low),
        **_zones(sheet, labels, top, low),
        "service_type": _service(sheet, top),
        "page": _compact(anywhere(sheet, _PAGE)),
        "copy": anywhere(sheet, _COPY),
    }
    bottom = (sum_label.middle if sum_label else low) - 0.8 * sheet.height
    items = items_of(labels, heading, bottom) if heading is not None else ()
    return Document.of(Kind.VAT_INVOICE, fields, items)


def _is_invoice(sheet: Sheet, labels: Labels, title: Mapping[str, Value]) -> bool:
    seen = {label.name for label in labels.all}
    clues = [
        bool(title),
        bool(seen & {"words", "figures"}),
        "tax_id" in seen,
        bool(seen & {"number", "code", "check_code"}),
        len(seen & {"column_tax_rate", "column_tax", "column_amount", "column_name"}) >= 2,
        any("购" in u.text or "销" in u.text for u in sheet.uprights),
        len(seen & {"payee", "reviewer", "drawer"}) >= 1,
    ]
    return sum(clues) >= (3 if title else 5)


def _title(sheet: Sheet) -> dict[str, Value]:
    """The title, the part of it that names the type, and the province before it."""
    for row in sheet.rows:
        own = [g for g in row.glyphs if g is not None]
        match = _TITLE.search("".join(g.text for g in own).translate(VARIANTS))
        if match:
            return {
                "title": printed(own[slice(*match.span())]),
                "province": printed(own[slice(*match.span(1))]) if match[1] else NOTHING,
                "type": printed(own[slice(*match.span(2))]),
            }
    return {}


def _numbers(labels: Labels, heading: float) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, least in _DIGITS.items():
        label = labels.first(name)
        value = code_of(labels.after(label)) if label else NOTHING
        digits = sum(c.isdigit() for c in value.text)
        values[name] = value if digits >= least else NOTHING
    values |= _unlabelled(labels, heading, values)
    if not values["number"].text:
        values["number"] = _between(labels, values["code"])
    label = labels.first("date")
    values["date"] = date_of(labels.after(label)) if label else NOTHING
    if not values["date"].text:
        above = [row for row in labels.sheet.rows if row.bottom < heading]
        dates = [date_of(row.glyphs) for row in above if _DAY.search(row.text)]
        values["date"] = dates[0] if len(dates) == 1 else NOTHING
    return values


def _between(labels: Labels, code: Value) -> Value:
    """The number of an electronic form whose label is unread, as under a seal: it stands between
    the code and the date, and begins where the code begins.
    """
    above, below = labels.first("code"), labels.first("date")
    if above is None or below is None or labels.first("number") or not code.characters:
        return NOTHING
    height = labels.sheet.height
    if abs(above.left - below.left) > height:
        return NOTHING
    runs = [
        run
        for row in range(len(labels.sheet.rows))
        for run in labels.rest(row)
        if above.bottom < run.middle < below.top and run.left > above.right - height
    ]
    found = [run for run in runs if sum(c.isdigit() for c in run.text) >= _DIGITS["number"]]
    if len(found) != 1:
        return NOTHING
    value = code_of(found[0].glyphs)
    start = next(glyph.left for glyph in labels.after(above) if glyph is not None)
    aligned = abs(found[0].left - start) < height
    return value if aligned and value.confidence >= _SURE else NOTHING


def _unlabelled(labels: Labels, heading: float, known: Mapping[str, Value]) -> dict[str, Value]:
    """The numbers of a paper form: the code at the left, and the number after No."""
    values: dict[str, Value] = {}
    for row in labels.sheet.rows:
        if row.bottom > heading or known["number"].text or known["code"].text:
            break
        match = _NUMERO.search(row.text)
        if match is None:
            continue
        values["number"] = value_of(row.glyphs[slice(*match.span(1))])
        code = _PAPER_CODE.search(row.text, 0, match.start())
        if code:
            values["code"] = value_of(row.glyphs[slice(*code.span())])
        break
    return values


def _sums(labels: Labels, label: Label | None) -> dict[str, Value]:
    """The sums of the amounts and of the taxes, in one row."""
    if label is None:
        return {}
    beside: Sequence[Glyph | None] = labels.after(label)
    if len(sums_of(beside)) < 2:
        beside = labels.band(label)
    amounts = sums_of(beside)
    if len(amounts) >= 2:
        return {"amount": amounts[0], "tax": amounts[-1]}
    if not amounts:
        return {}
    first = amounts[0].characters[0]
    x = next(g.left for g in beside if g is not None and g.character is first)
    columns = {
        name: (found_label.left + found_label.right) / 2
        for name in ("amount", "tax")
        if (found_label := labels.first(f"column_{name}"))
    }
    name = min(columns, key=lambda n: abs(columns[n] - x), default="amount")
    return {name: amounts[0]}


def _total(labels: Labels, words: Label | None, figures: Label | None) -> dict[str, Value]:
    """The total in words and in figures: of several figures those that the words confirm."""
    label = words or figures
    if label is None:
        return {}
    band = labels.band(label)
    in_words = amount_in_words_of(labels.after(words)) if words else NOTHING
    in_words = in_words if in_words.text else amount_in_words_of(band)
    amounts = sums_of(labels.after(figures)) if figures else []
    amounts = amounts or sums_of(band)
    confirmed = [a for a in amounts if _same(a.text, in_words.text)]
    return {
        "total_in_words": in_words,
        "total": next(iter([*confirmed, *amounts]), NOTHING),
    }


def _same(figures: str, words: str) -> bool:
    value = amount_in_digits(words)
    return value is not None and figures.strip("*") != "" and Decimal(figures) == value


def _people(labels: Labels, low: float) -> dict[str, Value]:
    """The names in the last row."""
    own = [label for label in labels.named("payee", "reviewer", "drawer") if label.middle > low]
    if not own:
        return {}
    last = max(label.middle for label in own)
    return {
        label.name: found(labels.after(label), _PERSON)
        for label in own
        if last - label.middle < 2 * labels.sheet.height
    }


def _zones(sheet: Sheet, labels: Labels, heading: float, low: float) -> dict[str, Value]:
    """What stands to the right of the labels that run downwards: several lines."""
    people = [label.top for label in labels.named("payee", "reviewer", "drawer", "seal")]
    last = max(people, default=float("inf"))
    fields: dict[str, Value] = {}
    for upright in sheet.uprights:
        beside = [run for run in sheet.runs if run.left >= upright.right - 2]
        if "码" in upright.text or (upright.text in ("密", "区") and upright.bottom < heading):
            lines = [r for r in beside if upright.top - sheet.height < r.middle < heading]
            fields["password"] = _lines([r for r in lines if _PASSWORD.fullmatch(r.text)])
        elif "备" in upright.text or "注" in upright.text:
            first = labels.first("words")
            start = max(low, first.bottom if first else low)
            fields["remark"] = _lines([r for r in beside if start < r.middle < last - 2])
    return fields


def _lines(runs: Sequence[Run]) -> Value:
    """Runs on several lines, with line feeds between them."""
    values = [
        value_of([g for run in row.runs for g in run.glyphs]) for row in rows_of(runs) if row.runs
    ]
    characters = tuple(c for value in values for c in value.characters)
    return Value("\n".join(value.text for value in values), characters)


def _service(sheet: Sheet, heading: float) -> Value:
    for run in sheet.runs:
        match = _SERVICES.match(run.text) if run.middle < heading else None
        if match and run.text[match.end() :][:4] in ("", "电子发票"):
            return value_of(run.glyphs[: match.end()])
    return NOTHING


def _compact(value: Value) -> Value:
    return replace(value, text=value.text.replace(" ", ""))


def _last(labels: Sequence[Label]) -> Label | None:
    return labels[-1] if labels else None
