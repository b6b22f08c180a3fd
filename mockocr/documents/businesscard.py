"""Finds the fields of a business card in recognised text, in Chinese and English.

A line is identified by a label, by its form (a number, an address with `@`), or by a word that is
typical of one kind of line (公司, 经理). Other lines are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from mockocr.core.recognition import Recognition
from mockocr.documents.address import address_within
from mockocr.documents.char_map import NOTHING, CharMap, Value, line_char_map
from mockocr.documents.kinds import Kind, find_document
from mockocr.documents.person import looks_like_a_name, name_after_label, without_title
from mockocr.documents.phone import phones

ORDER = (
    *("姓名", "英文姓名", "职位", "英文职位", "部门", "公司", "英文公司", "地址", "英文地址"),
    *("邮编", "邮箱", "网址", "手机", "电话", "传真", "QQ", "微信", "微博"),
)
"""The kinds of field, in the order of the result."""

_REACHED_BY = frozenset({"邮箱", "手机", "电话", "传真", "QQ", "微信", "微博"})
"""One of these makes a page a card. Companies, titles and addresses stand on other pages too."""
_WORKS_AS = frozenset({"职位", "部门", "公司"})
"""One of these makes a page a card together with a Chinese name."""
_LONGEST, _LONGEST_LATIN = 30, 60
"""Characters of a title, a company or a department without a label; a longer line is running text.
"""

_LABELS: Mapping[str, str] = {
    "姓名": "姓名|名字|联系人|Name",
    "职位": "职位|职务|职称|Title",
    "部门": "部门|Department|Dept",
    "公司": "公司|单位|Company",
    "地址": "公司地址|联系地址|地址|Address|Addr|Add",
    "邮编": "邮政编码|邮编|Postcode|Zip|P\\.?C",
    "邮箱": "电子邮箱|电子邮件|邮箱|邮件|E-?mail|Mail",
    "网址": "公司网址|网址|网站|Website|Web|Http",
    "手机": "手机号码|手机号|手机|移动电话|Mobile|Cellphone|Cell|Mob|M|MP",
    "传真": "传真|Fax|F",
    "电话": "联系电话|办公电话|电话|座机|Telephone|Phone|Tel|T",
    "QQ": "QQ",
    "微信": "微信号|微信|Wechat|Weixin",
    "微博": "新浪微博|微博|Weibo",
}
_LABEL = (
    r"(?i)^\W*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + r")(?:\s*[/(]\s*[A-Za-z .\-]{1,12}\)?)?\.?(?:\s*[::]\s*|\s+(?=[\d+(\u3400-\u9fff]))"
)
"""Compiled when it is used: it is long, and few servers read cards."""
# the lookbehind keeps the search linear: a run of letters without @ is tried only once
_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", re.ASCII)
_SITE = re.compile(r"(?:https?://|www\.)[\w\-./?=&%~]+", re.ASCII | re.IGNORECASE)
_QQ = re.compile(r"(?<!\d)[1-9]\d{4,10}(?!\d)")
_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_HANDLE = re.compile(r"@?[\w\-.]{2,40}")
_COMPANY = re.compile(r"公司|集团|事务所|研究院|研究所|大学|银行$|工作室|酒店$|医院$|学校$|出版社")
_DEPARTMENT = re.compile(r"(?:部|中心|事业群|事业部|办公室|实验室|处|科)$")
_TITLE = re.compile(
    r"经理|总监|总裁|董事|工程师|主任|主管|顾问|教授|架构师|律师|会计师?|助理|代表|专员|设计师|主席|秘书|"
    r"店长|厂长|院长|校长|部长|处长|科长|医师|医生|编辑|合伙人|创始人|经纪人|销售$|总工"
)
_LATIN_COMPANY = re.compile(
    r"\b(?:Co\.?,?\s*Ltd|Ltd|Inc|Corp|Corporation|Limited|LLC|GmbH|Group|University|Institute|Bank)"
    r"\b",
    re.IGNORECASE,
)
_LATIN_TITLE = re.compile(
    r"\b(?:Manager|Director|Engineer|President|Officer|CEO|CTO|CFO|COO|Consultant|Professor|Lawyer|"
    r"Assistant|Representative|Designer|Architect|Secretary|Editor|Sales|Partner|Founder|Developer|"
    r"Supervisor|Specialist|Analyst|Accountant)\b",
    re.IGNORECASE,
)
_LATIN_ADDRESS = re.compile(
    r"\b(?:Road|Rd|Street|St|Avenue|Ave|Building|Floor|District|Room|Plaza|Tower)\b\.?", re.I
)
_LICENCE = re.compile(r"营业执照|统一社会信用代码")
_OTHERS = (Kind.ID_CARD_FRONT, Kind.ID_CARD_BACK)
_LATIN_NAME = re.compile(r"[A-Z][a-z]+(?:[ \-][A-Z][a-z]+|[ ][A-Z]\.?|[ ][A-Z]+){1,2}")


class Field(msgspec.Struct, frozen=True):
    """One field: its kind, one of `ORDER`, and its value."""

    kind: str
    value: Value


def business_card_of(recognition: Recognition) -> list[Field]:
    """The card's fields in the order of `ORDER`, possibly several of one kind; empty if the picture
    does not look like a card: if it tells no way to reach a person and no person with an
    occupation, or if it is an identity card or a business licence.
    """
    if find_document(recognition, _OTHERS) or _LICENCE.search(recognition.text):
        return []
    lines = [line_char_map(line, spaces=True) for line in recognition.lines]
    found = [field for line in lines for field in _fields(line)]
    found += _name_without_label(lines, {field.kind for field in found})
    kinds = {field.kind for field in found}
    if not kinds & _REACHED_BY and not ("姓名" in kinds and kinds & _WORKS_AS):
        return []
    unique = {(field.kind, field.value.text): field for field in reversed(found)}
    ordered = sorted(found, key=lambda field: ORDER.index(field.kind))
    return [field for field in ordered if unique[field.kind, field.value.text] is field]


def _fields(line: CharMap) -> Iterator[Field]:
    label = re.match(_LABEL, line.text)
    kind = label.lastgroup if label else None
    start = label.end() if label else 0
    rest = line.text[start:]
    shaped = list(_by_form(line, start, kind or ""))
    yield from shaped
    if kind in {"姓名", "职位", "部门", "公司", "地址"}:
        yield from _labelled(kind, line, start)
    elif kind is None and not shaped and rest.strip():
        yield from _by_word(line)


def _by_form(line: CharMap, start: int, label: str) -> Iterator[Field]:
    """Fields identified by their form, or by a label and their form."""
    for pattern, kind in ((_EMAIL, "邮箱"), (_SITE, "网址")):
        for match in pattern.finditer(line.text, start):
            yield Field(kind, line.group(match, 0))
    for kind, pattern in (("QQ", _QQ), ("邮编", _POSTCODE), ("微信", _HANDLE), ("微博", _HANDLE)):
        labelled = pattern.search(line.text, start) if label == kind else None
        if labelled:
            yield Field(kind, line.group(labelled, 0))
    if label in {"QQ", "微信", "微博", "邮编", "邮箱", "网址"}:
        return
    for phone in phones(line.text):
        if phone.start < start:
            continue
        before = line.text[: phone.start]
        kind = "手机" if phone.mobile else "电话"
        if re.search(r"(?:传真|Fax|F)\s*[.::]?\s*$", before, re.IGNORECASE):
            kind = "传真"
        yield Field(kind, line.cut(phone.start, phone.end))


def _labelled(kind: str, line: CharMap, start: int) -> Iterator[Field]:
    value = line.cut(start, len(line.text))
    if kind == "姓名":
        name = name_after_label(value.text)
        value = (
            line.cut(start, start + len(value.text)) if name == value.text else _only(value, name)
        )
    if value.text:
        latin = value.text.isascii() and kind in {"姓名", "职位", "公司", "地址"}
        yield Field(f"英文{kind}" if latin else kind, value)


def _only(value: Value, text: str) -> Value:
    return Value(text, value.characters[: len(text.replace(" ", ""))]) if text else NOTHING


def _by_word(line: CharMap) -> Iterator[Field]:
    """A line identified by a word in it; the most reliable words are checked first."""
    text = line.text.strip()
    whole = line.cut(0, len(line.text))
    long = len(text) > (_LONGEST_LATIN if text.isascii() else _LONGEST)
    if text.isascii():
        tests = (
            (_LATIN_COMPANY, "英文公司"),
            (_LATIN_TITLE, "英文职位"),
            (_LATIN_ADDRESS, "英文地址"),
        )
        for pattern, kind in tests:
            if pattern.search(text) and (kind == "英文地址" or not long):
                yield Field(kind, whole)
                return
        return
    bare = text.replace(" ", "")
    if address_within(bare) and not bare.endswith("公司"):
        yield Field("地址", whole)
    elif long:
        return
    elif _COMPANY.search(bare):
        yield Field("公司", whole)
    elif _TITLE.search(bare):
        yield from _titled(line)
    elif _DEPARTMENT.search(bare) and len(bare) > 2:
        yield Field("部门", whole)


def _titled(line: CharMap) -> Iterator[Field]:
    """A title, with the name or department that may precede it."""
    head, blank, _ = line.text.partition(" ")
    if blank and looks_like_a_name(head):
        yield Field("姓名", line.cut(0, len(head)))
        yield Field("职位", line.cut(len(head), len(line.text)))
    elif blank and _DEPARTMENT.search(head) and not _TITLE.search(head):
        yield Field("部门", line.cut(0, len(head)))
        yield Field("职位", line.cut(len(head), len(line.text)))
    else:
        yield Field("职位", line.cut(0, len(line.text)))


def _name_without_label(lines: Sequence[CharMap], known: set[str]) -> Iterator[Field]:
    """The first line that looks like a name; `known` are the kinds of the other fields."""
    for line in lines:
        bare = line.text.replace(" ", "")
        if "姓名" not in known and looks_like_a_name(without_title(bare)):
            known = {*known, "姓名"}
            yield Field("姓名", Value(bare, line.cut(0, len(line.text)).characters))
        elif "英文姓名" not in known and _is_latin_name(line.text.strip()):
            known = {*known, "英文姓名"}
            yield Field("英文姓名", line.cut(0, len(line.text)))


def _is_latin_name(text: str) -> bool:
    words = (_LATIN_COMPANY, _LATIN_TITLE, _LATIN_ADDRESS)
    return bool(_LATIN_NAME.fullmatch(text)) and not any(word.search(text) for word in words)
