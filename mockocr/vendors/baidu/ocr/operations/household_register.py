"""户口本识别: a page of a household register, of a member or of the home."""

from __future__ import annotations

from mockocr.core.errors import ApiError
from mockocr.core.recognition import Recognition
from mockocr.documents.formats import chinese_date
from mockocr.documents.kinds import Document, Kind, why_none
from mockocr.vendors.baidu.ocr.documents import counted, document_renderer
from mockocr.vendors.baidu.ocr.errors import WRONG_TARGET
from mockocr.vendors.baidu.ocr.operations.paths import operation
from mockocr.vendors.baidu.ocr.parsing import Fields, Rules
from mockocr.vendors.baidu.ocr.prices import CARD
from mockocr.vendors.baidu.ocr.rendering import Json

_MEMBER = {
    "Name": "name",
    "Relationship": "relation",
    "Sex": "sex",
    "BirthAddress": "birth_place",
    "Nation": "nation",
    "Birthday": "birth",
    "CardNo": "number",
    "FormerName": "former_name",
    "Hometown": "native_place",
}
_HOME = {
    "HouseholdNum": "register_number",
    "HouseholdType": "register_type",
    "HouseholderName": "head",
    "Address": "address",
}
"""sdk: HouseholdRegisterResult; of its 26 keys those that the engine of documents reads."""
_PAGES = {"subpage": ("member", _MEMBER), "homepage": ("home", _HOME)}
RULES = Rules({"household_register_side": frozenset(_PAGES)}, files=False, turned=True)


def body(register: Document, recognition: Recognition, fields: Fields) -> Json:
    """`ApiError(WRONG_TARGET)` for the other page than the one that was asked for."""
    page, names = _PAGES[fields.values.get("household_register_side", "subpage")]
    shown = register.text("page")
    if shown and shown != page:
        detail = f"the register shows the page {shown}; the request asks for {page}"
        raise ApiError(WRONG_TARGET, detail)
    if not register.read:
        raise ApiError(WRONG_TARGET, why_none(recognition, (Kind.HOUSEHOLD_REGISTER,)))
    texts = {name: register.text(field) for name, field in names.items()}
    if "Birthday" in texts:
        texts["Birthday"] = chinese_date(texts["Birthday"])
    return counted({name: {"words": text} for name, text in texts.items()})


OPERATION = operation(
    "household_register",
    "",
    RULES.parse,
    document_renderer(lambda fields: (Kind.HOUSEHOLD_REGISTER,), WRONG_TARGET, body),
    price=CARD,
)
