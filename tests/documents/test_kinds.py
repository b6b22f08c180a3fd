"""Documents of a page: found by kind, scripted by a test, and told to the journal."""

from __future__ import annotations

import pytest

from mockocr.core.recognition import Recognition, ScriptedFields
from mockocr.documents.char_map import Value
from mockocr.documents.formats import (
    chinese_date,
    compact_date,
    dotted_date,
    month_first,
    period,
    slashed_date,
)
from mockocr.documents.kinds import Document, Kind, find_document, what_is_shown
from mockocr.documents.kinds.document import FIELDS
from tests.documents.cards import card


def test_a_page_shows_the_kinds_that_are_asked_for_only() -> None:
    shown = card(
        "姓名 张三", "性别 男 民族 汉", "出生 1990年1月2日", "公民身份号码 110101199001020011"
    )
    document = find_document(shown, (Kind.ID_CARD_FRONT,))
    assert document is not None
    assert document.kind is Kind.ID_CARD_FRONT
    assert document.text("name") == "张三"
    assert document.text("birth") == "1990-01-02"
    assert find_document(shown, (Kind.BANK_CARD,)) is None
    assert what_is_shown(shown) == (
        "the picture shows an ID card (front) (name, sex, nation, birth, number)"
    )


def test_scripted_fields_make_a_document_of_the_first_kind_that_has_them() -> None:
    scripted = Recognition(scripted=ScriptedFields({"name": "张三", "number": "1"}))
    document = find_document(scripted, (Kind.BANK_CARD, Kind.ID_CARD_FRONT))
    assert document is not None
    assert document.kind is Kind.ID_CARD_FRONT
    assert document["name"] == Value("张三", (), 1.0)
    assert document["name"].confidence == 1.0
    assert document["name"].quad is None
    assert document.read == ("name", "number")
    assert document.text("address") == ""


def test_scripted_fields_of_another_kind_are_not_the_document_that_is_asked_for() -> None:
    scripted = Recognition(scripted=ScriptedFields({"number": "6222"}, kind="bank_card"))
    assert find_document(scripted, (Kind.ID_CARD_FRONT,)) is None
    assert what_is_shown(scripted) == "the picture shows a bank card (number)"


def test_scripted_rows_are_the_items_of_the_document() -> None:
    fields = ScriptedFields({"total": "12.50"}, ({"name": "餐费", "amount": "12.50"},))
    document = find_document(Recognition(scripted=fields), (Kind.VAT_INVOICE,))
    assert document is not None
    assert [item["name"].text for item in document.items] == ["餐费"]
    assert document.items[0]["spec"].text == ""


def test_a_field_that_the_kind_lacks_is_an_error() -> None:
    with pytest.raises(KeyError, match="id_card_back has no field 'name'"):
        Document.of(Kind.ID_CARD_BACK, {"name": Value("张三")})


def test_every_kind_has_fields_and_a_name() -> None:
    assert set(FIELDS) == set(Kind)
    assert Kind.VAT_ROLL_INVOICE.words == "VAT roll invoice"
    assert Kind.VEHICLE_LICENCE_BACK.words == "vehicle licence (back)"


def test_an_empty_page_shows_no_known_document() -> None:
    assert what_is_shown(Recognition()) == "the picture shows no known document"


@pytest.mark.parametrize(
    ("written", "slashed", "dotted", "compact", "chinese"),
    [
        ("1995-05-03", "1995/5/3", "1995.05.03", "19950503", "1995年05月03日"),
        ("1998-11", "1998/11", "1998.11", "199811", "1998年11月"),
        ("长期", "长期", "长期", "长期", "长期"),
        ("", "", "", "", ""),
    ],
)
def test_dates_have_the_forms_of_the_vendors(
    written: str, slashed: str, dotted: str, compact: str, chinese: str
) -> None:
    assert slashed_date(written) == slashed
    assert dotted_date(written) == dotted
    assert compact_date(written) == compact
    assert chinese_date(written) == chinese


def test_a_month_a_period_and_an_unpadded_date_have_their_forms() -> None:
    assert month_first("2023-07") == "07/2023"
    assert month_first("") == ""
    assert period("2018.08.12", "长期") == "2018.08.12-长期"
    assert period("", "2020") == "2020"
    assert chinese_date("1995-05-03", padded=False) == "1995年5月3日"
