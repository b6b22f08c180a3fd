"""Licences, plates and invoices of the legacy API beside the exchanges: types, limits, journal."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from mockocr.core.http import Response
from mockocr.core.recognition import Recognition, ScriptedFields
from tests.document_readings import document
from tests.recognitions import BANK_CARD, HELLO, ID_FRONT
from tests.vendors.tencent.legacy.harness import APPID, PICTURE, Harness, code, posted

IMAGE = {"appid": APPID, "image": base64.b64encode(PICTURE).decode()}


def items(response: Response) -> dict[str, str]:
    assert response.code == "0", response.body
    found: list[dict[str, Any]] = json.loads(response.body)["data"]["items"]
    return {item["item"]: item["itemstring"] for item in found}


@pytest.mark.parametrize(
    ("operation", "fields", "recognition", "expected", "why"),
    [
        (
            "drivinglicence",
            {"type": 1},
            document("vehicle_licence"),
            -9002,
            "no driving licence; the picture shows a vehicle licence (plate, type, owner,",
        ),
        (
            "drivinglicence",
            {"type": 2},
            document("vehicle_licence"),
            -9002,
            "no vehicle licence (back); the picture shows a vehicle licence (plate,",
        ),
        ("plate", {}, HELLO, -9702, "no licence plate; the picture shows no known document"),
        (
            "bizlicense",
            {},
            ID_FRONT,
            -9502,
            "no business licence; the picture shows an ID card (front) (name, sex,",
        ),
        (
            "invoice",
            {},
            BANK_CARD,
            -1400,
            "no VAT invoice; the picture shows a bank card (number,",
        ),
        ("bankcard", {}, ID_FRONT, -9011, "no bank card; the picture shows an ID card (front)"),
    ],
)
def test_the_journal_says_what_a_picture_shows_instead(
    operation: str, fields: dict[str, Any], recognition: Recognition, expected: int, why: str
) -> None:
    at = Harness(recognition, operation=operation)
    response = at.ask(posted({**IMAGE, **fields}))
    assert code(response)[:2] == (200, expected)
    assert at.audit.why.startswith(why)
    assert not at.audit.billed


@pytest.mark.parametrize(
    ("type", "expected"),
    [(None, -1301), ("", -1301), (3, -9001), ("a", -9001), (True, -9001), ([1], -9001)],
)
def test_a_licence_needs_one_of_three_types(type: Any, expected: int) -> None:
    at = Harness(document("driving_licence"), operation="drivinglicence")
    fields = IMAGE if type is None else {**IMAGE, "type": type}
    assert code(at.ask(posted(fields)))[1] == expected


def test_the_type_may_be_a_number_or_a_text() -> None:
    for kind in (1, "1", " 1 "):
        at = Harness(document("driving_licence"), operation="drivinglicence")
        assert items(at.ask(posted({**IMAGE, "type": kind})))["姓名"] == "张三"


def test_an_invoice_may_have_four_megabytes_and_the_others_six() -> None:
    for operation, most in (("invoice", 4 * 1024 * 1024), ("bizlicense", 6 * 1024 * 1024)):
        at = Harness(document("vat_invoice"), operation=operation)
        at.ask(posted(IMAGE))
        assert at.limits[0].max_bytes == most


def test_an_invoice_lists_only_what_was_read() -> None:
    few = ScriptedFields({"number": "12345678", "total": "9.50"}, kind="vat_invoice")
    at = Harness(Recognition(scripted=few), operation="invoice")
    assert items(at.ask(posted(IMAGE))) == {"发票号码": "No12345678", "小写金额": "¥9.50"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"valid_from": "1998-11-11", "valid_to": "长期"}, "自1998年11月11日至长期"),
        ({"valid_to": "长期"}, "长期"),
        ({}, ""),
    ],
)
def test_the_period_of_a_licence_is_one_text(fields: dict[str, str], expected: str) -> None:
    licence = Recognition(scripted=ScriptedFields(fields, kind="business_licence"))
    at = Harness(licence, operation="bizlicense")
    assert items(at.ask(posted(IMAGE)))["营业期限"] == expected


def test_scripted_fields_are_those_of_an_identity_card_too() -> None:
    at = Harness(document("id_card_front"), operation="idcard")
    response = at.ask(posted({"appid": APPID, "url_list": ["http://a.example/1.png"]}))
    (entry,) = json.loads(response.body)["result_list"]
    assert entry["data"]["birth"] == "1990/1/12"
    assert entry["data"]["name_confidence_all"] == [100, 100]
