"""Chinese identity cards, front and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mockocr.core.recognition import Recognition
from mockocr.documents.char_map import Value
from mockocr.documents.idcard import back_of, front_of
from mockocr.documents.kinds.document import Document, Kind


def find_fronts(recognition: Recognition) -> Iterable[Document]:
    """The front that the page shows."""
    front = front_of(recognition)
    if front is not None:
        fields = {
            "name": front.name,
            "sex": front.sex,
            "nation": front.nation,
            "birth": _iso(front.birth),
            "address": front.address,
            "number": front.id,
        }
        yield Document.of(Kind.ID_CARD_FRONT, fields)


def find_backs(recognition: Recognition) -> Iterable[Document]:
    """The back that the page shows."""
    back = back_of(recognition)
    if back is not None:
        start, _, end = back.valid_date.text.partition("-")
        fields = {
            "authority": back.authority,
            "valid_from": replace(back.valid_date, text=start.replace(".", "-")),
            "valid_to": replace(back.valid_date, text=end.replace(".", "-")),
        }
        yield Document.of(Kind.ID_CARD_BACK, fields)


def _iso(birth: Value) -> Value:
    found = re.fullmatch(r"(\d+)/(\d+)/(\d+)", birth.text)
    if found is None:
        return birth
    return replace(birth, text=f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")
