"""Cards and licences of Huawei: checks, warnings, pictures that are cut out, and the journal."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from PIL import Image

from mockocr.app import Mock
from mockocr.core.request_example import post_json
from tests.asgi import ask
from tests.conformance import CASES, mock, send
from tests.exchange import picture
from tests.scripted_documents import answer_next, script

CASE = CASES["huawei.id_card"]
PROJECT = CASE.credential.values["project_id"]
IMAGE = base64.b64encode(picture("hello.png")).decode()


def call(to: Mock, operation: str, **fields: object) -> Any:
    request = post_json(f"/v2/{PROJECT}/ocr/{operation}", {"image": IMAGE, **fields})
    at = to.clock.now()
    return send(to, CASE.service.sign(request.replaced(at=at, id="0" * 32), CASE.credential)).json


@pytest.mark.parametrize(
    ("start", "end", "valid_date", "legal"),
    [
        ("2012-01-01", "2026-01-02", True, True),
        ("2012-01-01", "2026-01-01", False, True),
        ("2026-01-03", "2046-01-03", False, True),
        ("2012-01-01", "长期", True, True),
        ("2032-01-01", "2012-01-01", False, False),
        ("", "2032-01-01", False, False),
    ],
)
def test_the_period_of_an_id_card_is_checked_on_the_clock_of_the_test(
    start: str, end: str, valid_date: bool, legal: bool
) -> None:
    to = mock()
    script(to, "id_card_back", valid_from=start, valid_to=end)
    found = call(to, "id-card", side="back", return_verification=True)["result"]
    assert found["verification_result"]["valid_date"] is valid_date
    assert found["verification_result"]["valid_validity_period"] is legal


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (True, True, True)),
        ({"birth": "1991-01-12"}, (True, False, True)),
        ({"sex": "女"}, (True, True, False)),
        ({"number": "110101199001121234"}, (False, False, False)),
        ({"number": ""}, (False, False, False)),
    ],
)
def test_the_number_of_an_id_card_is_checked_against_sex_and_birth(
    changed: dict[str, str], expected: tuple[bool, bool, bool]
) -> None:
    to = mock()
    script(to, "id_card_front", **changed)
    found = call(to, "id-card", return_verification=True)["result"]["verification_result"]
    assert (found["valid_number"], found["valid_birth"], found["valid_sex"]) == expected


@pytest.mark.parametrize(
    ("switch", "warning"),
    [
        ("detect_reproduce", "reshoot"),
        ("detect_copy", "black_and_white"),
        ("detect_tampering", "tampered"),
        ("detect_border_integrity", "border"),
        ("detect_blocking_within_border", "covered"),
        ("detect_blur", "blur"),
        ("detect_interim", "temporary"),
        ("detect_glare", "reflection"),
    ],
)
def test_each_switch_answers_its_own_warning(switch: str, warning: str) -> None:
    to = mock()
    script(to, "id_card_front", warning)
    assert call(to, "id-card", **{switch: True})["result"][f"{switch}_result"] is True
    script(to, "id_card_front", "expired")
    assert call(to, "id-card", **{switch: True})["result"][f"{switch}_result"] is False


def test_card_and_portrait_are_cut_out_where_the_layout_has_them() -> None:
    to = mock("id_front")
    found = call(
        to,
        "id-card",
        return_portrait_image=True,
        return_adjusted_image=True,
        return_portrait_location=True,
    )["result"]
    (left, top), _, (right, bottom), _ = found["portrait_location"]
    portrait = Image.open(io.BytesIO(base64.b64decode(found["portrait_image"])))
    assert (portrait.format, portrait.width) == ("JPEG", right - left)
    card = Image.open(io.BytesIO(base64.b64decode(found["adjusted_image"])))
    assert card.width > portrait.width
    assert card.height >= bottom - top
    back = call(mock("id_card_back fields"), "id-card", return_portrait_image=True)["result"]
    assert back["portrait_image"] == ""


def test_a_toll_invoice_has_the_fields_of_the_passage_in_advanced_mode() -> None:
    to = mock()
    answer = {
        "kind": "vat_invoice",
        "fields": {"type": "增值税电子普通发票"},
        "items": [{"name": "通行费", "plate": "京A12345", "start": "2021-03-04"}],
        "times": 2,
    }
    answer_next(to, answer)
    found = call(to, "vat-invoice", advanced_mode=True)["result"]
    assert found["type"] == "toll"
    assert found["item_list"][0]["license_plate_number"] == "京A12345"
    assert "license_plate_number" not in call(to, "vat-invoice")["result"]["item_list"][0]


def test_the_journal_says_what_a_refused_picture_shows() -> None:
    to = mock("bank_card fields")
    assert call(to, "passport")["error_code"] == "AIS.0104"
    (row,) = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"]
    assert row["why"] == (
        "the picture shows a bank card (number, bank, bank_code, card_type, card_name, valid_to, "
        "holder); the operation is for: passport"
    )
