"""Cards, licences and invoices of Baidu: warnings, checks, places and what the journal says."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from mockocr.app import Mock
from mockocr.core.request_example import post_form
from tests.asgi import ask
from tests.conformance import CASES, mock, send
from tests.exchange import picture
from tests.scripted_documents import script

CASE = CASES["baidu.idcard"]
IMAGE = base64.b64encode(picture("hello.png")).decode()
BLANK = base64.b64encode(picture("blank.png")).decode()


def call(to: Mock, operation: str, image: str = IMAGE, **fields: str) -> Any:
    request = post_form(f"/rest/2.0/ocr/v1/{operation}", [("image", image), *fields.items()])
    at = to.clock.now()
    return send(to, CASE.service.sign(request.replaced(at=at, id="0" * 32), CASE.credential)).json


def why(to: Mock) -> str:
    return str(ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]["why"])


@pytest.mark.parametrize(
    ("warnings", "risk", "editor"),
    [
        ((), "normal", None),
        (("copy",), "copy", None),
        (("black_and_white",), "copy", None),
        (("temporary", "copy"), "temporary", None),
        (("reshoot",), "screen", None),
        (("electronic",), "screenshot", None),
        (("tampered",), "normal", "Adobe Photoshop"),
    ],
)
def test_the_risk_of_an_id_card_is_its_first_warning(
    warnings: tuple[str, ...], risk: str, editor: str | None
) -> None:
    to = mock()
    script(to, "id_card_front", *warnings)
    answer = call(to, "idcard", id_card_side="front", detect_risk="true", detect_ps="true")
    assert answer["risk_type"] == risk
    assert answer.get("edit_tool") == editor
    assert answer["card_ps"] == (1 if editor else 0)


def test_the_quality_of_an_id_card_follows_its_warnings() -> None:
    to = mock()
    script(to, "id_card_front", "blur", "covered", "border")
    answer = call(to, "idcard", id_card_side="front", detect_quality="true")
    assert answer["image_status"] == "blurred"
    assert answer["card_quality"] == {
        "is_clear": 0,
        "is_clear_propobility": 0.01,
        "is_complete": 0,
        "is_complete_propobility": 0.01,
        "is_no_cover": 0,
        "is_no_cover_propobility": 0.01,
    }


@pytest.mark.parametrize(
    ("changed", "number_type", "number"),
    [
        ({}, 1, "110101199001121233"),
        ({"sex": "女", "birth": "1991-01-12"}, 2, "110101199001121233"),
        ({"birth": "1991-01-12"}, 3, "110101199001121233"),
        ({"sex": "女"}, 4, "110101199001121233"),
        ({"number": "110101199001121234"}, 0, ""),
    ],
)
def test_the_number_of_an_id_card_is_checked_against_sex_and_birth(
    changed: dict[str, str], number_type: int, number: str
) -> None:
    to = mock()
    script(to, "id_card_front", **changed)
    answer = call(to, "idcard", id_card_side="front")
    assert answer["idcard_number_type"] == number_type
    assert answer["words_result"]["公民身份号码"]["words"] == number


def test_card_and_photo_are_cut_out_where_the_layout_has_them() -> None:
    to = mock("id_front")
    answer = call(to, "idcard", id_card_side="front", detect_photo="1", detect_card="1")
    for name, where in (("photo", "photo_location"), ("card_image", "card_location")):
        box = answer[where]
        cut = Image.open(io.BytesIO(base64.b64decode(answer[name])))
        assert cut.format == "JPEG"
        assert abs(cut.width - box["width"]) <= 1
        assert abs(cut.height - box["height"]) <= 1
    card, photo = answer["card_location"], answer["photo_location"]
    assert card["left"] + card["width"] / 2 < photo["left"] + photo["width"] / 2
    assert photo["top"] >= card["top"]
    assert "photo" not in call(mock("id_card_back fields"), "idcard", id_card_side="back")


def test_a_bank_card_without_a_date_says_so() -> None:
    to = mock()
    script(to, "bank_card", valid_to="", card_type="")
    result = call(to, "bankcard")["result"]
    assert (result["valid_date"], result["bank_card_type"]) == ("NO VALID", 0)


@pytest.mark.parametrize(
    ("color", "named"),
    [("蓝", "blue"), ("绿", "green"), ("黄绿", "yellow_green"), ("黑", "black"), ("", "unknow")],
)
def test_the_colours_of_plates_have_the_names_of_the_sdk(color: str, named: str) -> None:
    to = mock()
    script(to, "licence_plate", "covered", "tampered", color=color)
    answer = call(to, "license_plate", detect_complete="true", detect_risk="true")
    plate = answer["words_result"]
    assert plate["color"] == named
    assert (plate["cover_info"], plate["edit_tool"]) == ("incomplete", "Adobe Photoshop")


def test_the_warnings_of_a_licence_are_for_its_main_page() -> None:
    to = mock()
    script(to, "vehicle_licence", "blur", "covered", "reshoot")
    answer = call(to, "vehicle_license", quality_warn="true", risk_warn="true")
    assert answer["warn_infos"] == ["blur", "shield"]
    assert answer["risk_type"] == "screen"
    script(to, "vehicle_licence_back", "blur")
    back = call(to, "vehicle_license", vehicle_license_side="back", quality_warn="true")
    assert "warn_infos" not in back


@pytest.mark.parametrize(
    ("printed", "shown", "verified"),
    [
        ("增值税普通发票", "普通发票", "normal_invoice"),
        ("增值税电子普通发票", "电子普通发票", "elec_normal_invoice"),
        ("电子发票(专用发票)", "电子发票(专用发票)", "elec_invoice_special"),
    ],
)
def test_the_types_of_invoices_are_those_of_the_page(
    printed: str, shown: str, verified: str
) -> None:
    to = mock()
    script(to, "vat_invoice", type=printed)
    words = call(to, "vat_invoice")["words_result"]
    assert words["InvoiceType"] == shown
    script(to, "vat_invoice", type=printed)
    (found,) = call(to, "multiple_invoice", verify_parameter="true")["words_result"]
    assert found["verify_parameter"]["invoice_type"] == verified


def test_a_bill_of_a_picture_is_paid_for() -> None:
    to = mock("taxi_receipt fields")
    assert call(to, "multiple_invoice")["words_result"][0]["type"] == "taxi_receipt"
    (row,) = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    assert (row["operation"], row["billable"]) == ("multiple_invoice", 1)


def test_an_excel_file_is_made_of_the_tables() -> None:
    answer = call(mock("table"), "table", BLANK, return_excel="true")
    book = zipfile.ZipFile(io.BytesIO(base64.b64decode(answer["excel_file"])))
    texts = [book.read(name).decode() for name in book.namelist() if name.endswith(".xml")]
    assert any("Coffee" in text for text in texts)


def test_the_journal_says_what_a_refused_picture_shows() -> None:
    to = mock("vehicle_licence fields")
    assert call(to, "driving_license")["error_code"] == 282103
    assert why(to) == (
        "the picture shows a vehicle licence (plate, type, owner, address, use, model, vin, "
        "engine, register_date, issue_date, authority); the operation is for: driving licence"
    )
    to = mock()
    assert call(to, "idcard", id_card_side="front")["error_code"] == 216633
    assert why(to) == (
        "the picture shows no known document; the operation is for: ID card (front), ID card (back)"
    )
