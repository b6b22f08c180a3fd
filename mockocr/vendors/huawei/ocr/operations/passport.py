"""passport: the page of a passport with the photo."""

from __future__ import annotations

from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.huawei.ocr.documents import (
    Asked,
    Json,
    Rules,
    confidences,
    document_operation,
)

_NAMES = {
    "passport_type": "type",
    "country_code": "country",
    "passport_number": "number",
    "nationality": "nationality",
    "surname": "surname",
    "given_name": "given_names",
    "sex": "sex",
    "date_of_birth": "birth",
    "date_of_expiry": "expiry_date",
    "date_of_issue": "issue_date",
    "place_of_birth": "birth_place",
    "place_of_issue": "issue_place",
    "issuing_authority": "authority",
}
_BILINGUAL = ("nationality", "sex", "place_of_birth", "place_of_issue")
_AUTHORITY = "P.R.China"
"""sdk: every Chinese authority is shortened so."""
_CHINA = "CHN"
RULES = Rules(sides=("GENERAL", "CHN"), side_field="country_code")


def fields(passport: Document, asked: Asked, image: Image, recognition: Recognition) -> Json:
    """sdk: the values are English; `extra_info` has the Chinese name and places. With
    `country_code=GENERAL` the machine-readable lines alone are read: what they lack is empty.
    """
    result: Json = passport.texts(_NAMES)
    chinese = {"name": passport.text("name")}
    for name in _BILINGUAL:
        local, _, english = result[name].partition("/")
        result[name] = english or local
        if english and name.startswith("place"):
            chinese[name] = local
    if result["country_code"] == _CHINA and result["issuing_authority"]:
        result["issuing_authority"] = _AUTHORITY
    if asked.side == "GENERAL":
        for name in ("date_of_issue", "place_of_birth", "place_of_issue", "issuing_authority"):
            result[name] = ""
    result["confidence"] = confidences(passport, _NAMES)
    result["extra_info"] = {} if asked.side == "GENERAL" else chinese
    return result


OPERATION = document_operation(
    "passport", "doc: passport page (护照识别)", RULES, lambda asked: (Kind.PASSPORT,), fields
)
