"""The fields of invoices, receipts and identity documents, with their values and places."""

from __future__ import annotations

from typing import Any

import pytest
from azure.ai.documentintelligence import models as sdk

from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.vendors.azure.document_intelligence.fields.values import value
from tests.recognitions import ID_BACK, ID_FRONT, NOTHING
from tests.vendors.azure.calls import V4, VERSION, analyzed, blank
from tests.vendors.azure.test_azure_results import by_code_points, reading
from tests.vendors.azure.test_azure_sdk import unknown_members


def placed(*cells: tuple[int, int, str]) -> Recognition:
    """Lines of 30 pixels at x and y, 15 pixels a character."""
    return Recognition(
        tuple(
            line_of_text(text, Quad.upright(x, y, x + 15 * len(text), y + 30), 0.9)
            for x, y, text in cells
        ),
        engine="scripted",
    )


INVOICE = placed(
    (20, 100, "Invoice No: INV-100"),
    (20, 160, "Invoice Date: 2026-01-31"),
    (20, 300, "Description"),
    (400, 300, "Quantity"),
    (700, 300, "Amount"),
    (20, 350, "Tea"),
    (400, 350, "2"),
    (700, 350, "$7.00"),
    (20, 400, "Milk"),
    (400, 400, "1"),
    (700, 400, "$1.20"),
    (20, 600, "Total: $8.20"),
)


def document(recognition: Recognition, model: str) -> Any:
    """The document of the result, each of whose fields stands where its spans say."""
    target = f"{V4}/{model}:analyze?{VERSION}&stringIndexType=unicodeCodePoint"
    result = analyzed(reading(recognition), target, blank(1000, 800))
    assert list(unknown_members(sdk.AnalyzeResult(result), result)) == []
    (found,) = result["documents"]
    for field in found["fields"].values():
        if field["type"] != "array":
            assert field["spans"], field
            text = by_code_points(result["content"], field["spans"][0])
            assert text.replace("\n", "")[0] == field["content"][0]
    return found


def test_an_invoice_has_labelled_fields_and_items() -> None:
    found = document(INVOICE, "prebuilt-invoice")
    fields = found["fields"]
    assert found["docType"] == "invoice"
    assert fields["InvoiceId"]["valueString"] == "INV-100"
    assert fields["InvoiceDate"]["valueDate"] == "2026-01-31"
    assert fields["InvoiceTotal"]["valueCurrency"] == {
        "currencySymbol": "$",
        "amount": 8.2,
        "currencyCode": "USD",
    }
    items = [item["valueObject"] for item in fields["Items"]["valueArray"]]
    shown = [(i["Description"]["content"], i["Quantity"]["valueNumber"]) for i in items]
    assert shown == [("Tea", 2), ("Milk", 1)]
    assert items[1]["Amount"]["valueCurrency"]["amount"] == 1.2
    assert "DueDate" not in fields


def test_a_receipt_has_date_total_and_rows_without_a_header() -> None:
    receipt = placed(
        (20, 100, "2026-01-02 08:15:30"),
        (20, 300, "Tea"),
        (400, 300, "2"),
        (700, 300, "7.00"),
        (20, 350, "Milk"),
        (400, 350, "1"),
        (700, 350, "1.20"),
        (20, 400, "Bread"),
        (400, 400, "3"),
        (700, 400, "9.30"),
        (20, 600, "Total: 17.50"),
    )
    fields = document(receipt, "prebuilt-receipt")["fields"]
    assert fields["TransactionDate"]["valueDate"] == "2026-01-02"
    assert fields["TransactionTime"]["valueTime"] == "08:15:30"
    assert fields["Total"]["valueCurrency"] == {"amount": 17.5}
    items = [item["valueObject"] for item in fields["Items"]["valueArray"]]
    assert [i["Description"]["valueString"] for i in items] == ["Tea", "Milk", "Bread"]
    assert items[0]["TotalPrice"]["valueCurrency"] == {"amount": 7}


def test_an_identity_card_has_the_fields_of_its_front() -> None:
    found = document(ID_FRONT, "prebuilt-idDocument")
    fields = found["fields"]
    assert found["docType"] == "idDocument.nationalIdentityCard"
    assert {name: field["content"] for name, field in fields.items()} == {
        "FirstName": "张三",
        "DocumentNumber": "110101199001121233",
        "DateOfBirth": "1990/1/12",
        "Sex": "男",
        "Address": "北京市东城区样例街道1号院2号楼",
    }
    assert fields["DateOfBirth"]["valueDate"] == "1990-01-12"
    assert fields["Sex"]["valueString"] == "M"


def test_the_back_of_an_identity_card_has_its_dates() -> None:
    fields = document(ID_BACK, "prebuilt-idDocument")["fields"]
    assert fields["DateOfIssue"]["valueDate"] == "2012-01-01"
    assert fields["DateOfExpiration"]["valueDate"] == "2022-01-01"


def test_a_driver_licence_has_its_fields_in_their_places() -> None:
    licence = placed(
        (300, 40, "DRIVER LICENSE"),
        (10, 80, "1 GARCIA"),
        (10, 110, "2 MARIA"),
        (10, 150, "8 100 MARKET STREET"),
        (10, 180, "BIGTOWN, NY 02801"),
        (10, 220, "DOB 03/18/2001"),
    )
    found = document(licence, "prebuilt-idDocument")
    assert found["docType"] == "idDocument.driverLicense"
    assert {name: field["content"] for name, field in found["fields"].items()} == {
        "FirstName": "MARIA",
        "LastName": "GARCIA",
        "DateOfBirth": "03/18/2001",
        "Address": "100 MARKET STREET",
        "Region": "NY",
    }
    assert found["fields"]["DateOfBirth"]["valueDate"] == "2001-03-18"
    (region,) = found["fields"]["Region"]["boundingRegions"]
    left, top = region["polygon"][:2]
    assert (left > 10, top) == (True, 180)


def test_a_passport_is_one_by_its_machine_readable_lines() -> None:
    passport = placed(
        (10, 400, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"),
        (10, 440, "L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
    )
    found = document(passport, "prebuilt-idDocument")
    assert found["docType"] == "idDocument.passport"
    assert found["fields"]["LastName"]["valueString"] == "ERIKSSON"
    assert found["fields"]["FirstName"]["valueString"] == "ANNA"
    assert found["fields"]["DocumentNumber"]["valueString"] == "L898902C3"


@pytest.mark.parametrize("model", ["prebuilt-invoice", "prebuilt-receipt", "prebuilt-idDocument"])
def test_a_blank_page_is_no_document(model: str) -> None:
    result = analyzed(reading(NOTHING), f"{V4}/{model}:analyze?{VERSION}", blank())
    assert result["documents"] == []


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("date", "03/04/2026", {"valueDate": "2026-03-04"}),
        ("date", "January 31, 2026", {"valueDate": "2026-01-31"}),
        ("date", "5 Feb 2026", {"valueDate": "2026-02-05"}),
        ("date", "2026年1月2日", {"valueDate": "2026-01-02"}),
        ("date", "31/12/2026", {}),
        ("date", "soon", {}),
        ("time", "1:05 pm", {"valueTime": "13:05:00"}),
        ("time", "12:00 AM", {"valueTime": "00:00:00"}),
        ("time", "25:00", {}),
        ("number", "1,234.5 kg", {"valueNumber": 1234.5}),
        ("currency", "9", {"valueCurrency": {"amount": 9}}),
        ("currency", "none", {}),
    ],
)
def test_a_value_is_found_in_a_text_of_its_type(kind: str, text: str, expected: Any) -> None:
    assert value(kind, text) == expected
