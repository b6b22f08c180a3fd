"""Words that only one kind of document has, so that a page is not taken for another kind with the
same labels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mockocr.core.recognition import Recognition

_WORDS: Mapping[str, str] = {
    "id_card": "居民身份证",
    "business_licence": "营业执照|统一社会信用代码|注册号|法定代表人|经营范围",
    "driving_licence": "驾驶证|准驾车型|初次领证",
    "vehicle_licence": "行驶证|号牌号码|车辆识别代号|所有人|检验记录",
    "passport": r"护照|PASSPORT|P[<O]?CHN",
    "household_register": "户口|常住人口|户主|户别",
    "invoice": "发票|税额|价税|购买方|销售方|车票|行程单",
}
_CHECKED = 20_000
"""Characters of a page that are searched."""


def shows_another(recognition: Recognition, own: str) -> bool:
    """True if the page has a word that a document other than `own` has."""
    return any(name != own for name in recognition.cached(_titles, ""))


def shows(recognition: Recognition, own: str) -> bool:
    """True if the page has a word that only a document `own` has."""
    return own in recognition.cached(_titles, "")


def _titles(recognition: Recognition, _: str) -> frozenset[str]:
    text = re.sub(r"[^\S\n]", "", recognition.text[:_CHECKED]).upper()
    return frozenset(name for name, words in _WORDS.items() if re.search(words, text))
