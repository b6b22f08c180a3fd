"""What the actions for invoices answer beside the exchanges: types, marks, pages, places."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from PIL import Image as Pillow
from tencentcloud.ocr.v20181119 import models

from mockocr.core.image import Image
from mockocr.core.recognition import Quad, Recognition, ScriptedFields, spread_characters
from mockocr.documents.char_map import Value
from mockocr.documents.kinds import Document, Kind
from mockocr.vendors.tencent.cloud.invoice_items import Page, invoice_item
from tests.document_readings import document
from tests.exchange import picture
from tests.recognitions import HELLO, ID_FRONT, NOTHING
from tests.vendors.tencent.cloud.caller import HELLO as PICTURE
from tests.vendors.tencent.cloud.caller import Server, code, fields, form, posted, server

GENERAL = "RecognizeGeneralInvoice"
KEYS = (
    *("AirTransport", "BankSlip", "BusInvoice", "CustomsDeclaration", "CustomsPaymentReceipt"),
    *("ElectronicFlightTicketFull", "ElectronicTollSummary", "ElectronicTrainTicketFull"),
    *("MachinePrintedInvoice", "MedicalHospitalizedInvoice", "MedicalOutpatientInvoice"),
    *("MotorVehicleSaleInvoice", "MotorVehicleSaleInvoiceElectronic"),
    *("NonTaxIncomeElectronicBill", "NonTaxIncomeGeneralBill", "OnlineTaxiItinerary"),
    *("OtherInvoice", "OverseasInvoice", "QuotaInvoice", "SaleInventory", "ShippingInvoice"),
    *("ShoppingReceipt", "TaxPayment", "TaxiTicket", "TollInvoice", "TrainTicket"),
    *("UsedCarPurchaseInvoice", "UsedCarPurchaseInvoiceElectronic", "VatCommonInvoice"),
    *("VatElectronicCommonInvoice", "VatElectronicInvoiceBlockchain"),
    *("VatElectronicInvoiceFull", "VatElectronicInvoiceToll", "VatElectronicSpecialInvoice"),
    *("VatElectronicSpecialInvoiceFull", "VatInvoiceRoll", "VatSalesList", "VatSpecialInvoice"),
)


def reading(recognition: Recognition) -> Server:
    to = server()
    to.engine.recognition = recognition
    return to


def invoice(
    type: str, items: Sequence[Mapping[str, str]] = (), kind: str = "vat_invoice", **more: str
) -> Recognition:
    values = {"title": type, "type": type, **more} if kind == "vat_invoice" else more
    return Recognition(engine="scripted", scripted=ScriptedFields(values, tuple(items), kind))


def said(recognition: Recognition, action: str = GENERAL, **parameters: Any) -> dict[str, Any]:
    answer = posted({**PICTURE, **parameters}, action, to=reading(recognition))
    assert code(answer) == "", answer.body
    response: dict[str, Any] = answer.json["Response"]
    return response


def only(recognition: Recognition, **parameters: Any) -> dict[str, Any]:
    """The one item of the answer."""
    (item,) = said(recognition, **parameters)["MixedInvoiceItems"]
    return dict(item)


def made(recognition: Recognition) -> dict[str, Any]:
    """The object of the one item."""
    item = only(recognition)
    return dict(item["SingleInvoiceInfos"][item["SubType"]])


TOLL = {"name": "*经营租赁*通行费", "plate": "浙A00001", "tax_rate": "3%", "tax": "1.10"}
TOLL |= {"start": "2023-06-12", "end": "2023-06-13", "vehicle_type": "客车", "amount": "12.23"}


@pytest.mark.parametrize(
    ("recognition", "number", "key", "description", "sub_description"),
    [
        (invoice("增值税专用发票"), 3, "VatSpecialInvoice", "增值税发票", "增值税专用发票"),
        (invoice("增值税普通发票"), 3, "VatCommonInvoice", "增值税发票", "增值税普通发票"),
        (
            invoice("增值税电子普通发票"),
            3,
            "VatElectronicCommonInvoice",
            "增值税发票",
            "增值税电子普通发票",
        ),
        (
            invoice("增值税电子普通发票", [TOLL]),
            3,
            "VatElectronicInvoiceToll",
            "增值税发票",
            "增值税电子普通发票(通行费)",
        ),
        (
            invoice("增值税电子普通发票", [{**TOLL, "tax_rate": "不征税"}]),
            3,
            "VatElectronicCommonInvoice",
            "增值税发票",
            "增值税电子普通发票",
        ),
        (
            invoice("增值税电子专用发票"),
            3,
            "VatElectronicSpecialInvoice",
            "增值税发票",
            "增值税电子专用发票",
        ),
        (
            invoice("电子发票(普通发票)"),
            16,
            "VatElectronicInvoiceFull",
            "全电发票",
            "电子发票(普通发票)",
        ),
        (
            invoice("电子发票(增值税专用发票)"),
            16,
            "VatElectronicSpecialInvoiceFull",
            "全电发票",
            "电子发票(专用发票)",
        ),
        (
            invoice("", number="24332000000012345678"),
            16,
            "VatElectronicInvoiceFull",
            "全电发票",
            "电子发票(普通发票)",
        ),
        (
            invoice("", number="2433200000001"),
            16,
            "VatElectronicInvoiceFull",
            "全电发票",
            "电子发票(普通发票)",
        ),
        (
            invoice("", code="033001", number="0123", machine_number="499", check_code="0299"),
            3,
            "VatElectronicCommonInvoice",
            "增值税发票",
            "增值税电子普通发票",
        ),
        (
            invoice("", [TOLL], code="033001", machine_number="499", check_code="0299"),
            3,
            "VatElectronicInvoiceToll",
            "增值税发票",
            "增值税电子普通发票(通行费)",
        ),
        (
            invoice("", code="033001", machine_number="9", check_code="0299", copy="第二联:发票联"),
            3,
            "VatCommonInvoice",
            "增值税发票",
            "增值税普通发票",
        ),
        (document("train_ticket"), 2, "TrainTicket", "火车票", "火车票"),
        (
            invoice("", kind="train_ticket", invoice_number="24329116000012345678"),
            16,
            "ElectronicTrainTicketFull",
            "全电发票",
            "电子发票(铁路电子客票)",
        ),
        (document("taxi_receipt"), 0, "TaxiTicket", "出租车发票", "出租车发票"),
        (document("quota_invoice"), 1, "QuotaInvoice", "定额发票", "定额发票"),
        (document("air_itinerary"), 5, "AirTransport", "机票行程单", "机票行程单"),
        (document("toll_receipt"), 13, "TollInvoice", "过路过桥费发票", "过路过桥费发票"),
        (document("bus_ticket"), 9, "BusInvoice", "汽车票", "汽车票"),
        (
            document("vat_roll_invoice"),
            11,
            "VatInvoiceRoll",
            "增值税发票(卷票)",
            "增值税普通发票(卷票)",
        ),
        (document("machine_invoice"), 8, "MachinePrintedInvoice", "通用机打发票", "通用机打发票"),
        (HELLO, -1, "OtherInvoice", "其他发票", "其他发票"),
    ],
)
def test_an_invoice_has_the_type_that_it_shows(
    recognition: Recognition, number: int, key: str, description: str, sub_description: str
) -> None:
    item = only(recognition)
    assert item["Code"] == "OK"
    assert (item["Type"], item["SubType"]) == (number, key)
    assert (item["TypeDescription"], item["SubTypeDescription"]) == (description, sub_description)
    infos = item["SingleInvoiceInfos"]
    assert tuple(infos) == KEYS
    assert [name for name, info in infos.items() if info is not None] == [key]
    assert list(infos[key]) == sorted(infos[key])


@pytest.mark.parametrize(("angle", "written"), [(0.0, "0"), (0.5, "0.5"), (-2.0, "-2")])
def test_a_whole_angle_is_written_without_a_point(angle: float, written: str) -> None:
    item = only(invoice("电子发票(普通发票)").replaced(angle=angle))
    assert json.dumps(item["Angle"]) == written


def test_the_members_of_an_item_are_in_the_order_of_real_answers() -> None:
    answer = said(invoice("电子发票(普通发票)"))
    assert list(answer) == ["MixedInvoiceItems", "RequestId", "TotalPDFCount"]
    (item,) = answer["MixedInvoiceItems"]
    assert list(item) == [
        *("Code", "Type", "SubType", "TypeDescription", "SubTypeDescription", "Polygon"),
        *("Angle", "SingleInvoiceInfos", "Page", "CutImage", "ItemPolygon", "QRCode"),
        "InvoiceSealInfo",
    ]
    assert list(item["Polygon"]) == ["LeftBottom", "LeftTop", "RightBottom", "RightTop"]


def test_a_fully_digital_invoice_has_the_forms_of_real_answers() -> None:
    row = {"name": "*餐饮服务*餐费", "amount": "120.00", "tax_rate": "免税", "tax": "*"}
    found = made(
        invoice(
            "电子发票(普通发票)",
            [row],
            number="24332000000012345678",
            date="2026-01-02",
            amount="120.00",
            tax="*",
            total="120.00",
            total_in_words="壹佰贰拾圆整",
            remark="订单 1\n店铺: 甲",
            drawer="张三",
        )
    )
    items = found.pop("VatElectronicItems")
    assert found == {
        "Buyer": "",
        "BuyerTaxID": "",
        "CompanySealMark": 0,
        "Date": "2026年01月02日",
        "InvoicePageIndex": "",
        "Issuer": "张三",
        "Number": "24332000000012345678",
        "PretaxAmount": "120.00",
        "PretaxAmountMark": "¥",
        "Remark": "订单1,店铺:甲",
        "Seller": "",
        "SellerTaxID": "",
        "ServiceTypeLabel": "",
        "SubTax": "",
        "SubTotal": "",
        "Tax": "*",
        "TaxMark": "",
        "Title": "电子发票(普通发票)",
        "Total": "120.00",
        "TotalCn": "壹佰贰拾圆整",
        "TotalCnMark": "⊗",
        "TotalMark": "¥",
    }
    assert list(items[0]) == [
        *("AreaUnit", "ArrivalPlace", "BuildingName", "DeparturePlace", "EstateNumber", "Name"),
        *("PlaceOfBuildingService", "Price", "Quantity", "Specification", "Tax", "TaxRate"),
        *("Total", "TransportItemsName", "TravelDate", "TravelLevel", "Traveler"),
        *("TravelerID", "Unit", "VehicleBrand", "VehicleType"),
    ]
    read = {name: value for name, value in items[0].items() if value}
    assert read == {"Name": row["name"], "Tax": "*", "TaxRate": "免税", "Total": "120.00"}


def test_a_toll_has_marks_and_dates_of_eight_digits() -> None:
    found = made(invoice("增值税电子普通发票", [TOLL], title="浙江增值税电子普通发票"))
    assert found["SubType"] == "增值税电子普通发票（通行费）"
    marks = {name: value for name, value in found.items() if name.endswith("Mark")}
    assert marks == {
        "AcquisitionMark": 0,
        "AgentMark": 0,
        "BlockChainMark": 0,
        "CompanySealMark": 1,
        "ElectronicFullMark": 0,
        "OilMark": 0,
        "QRCodeMark": 1,
        "TransitMark": 1,
    }
    (row,) = found["VatInvoiceItemInfos"]
    assert (row["DateStart"], row["DateEnd"]) == ("20230612", "20230613")
    assert (row["LicensePlate"], row["VehicleType"]) == ("浙A00001", "客车")


def test_a_city_with_its_own_tax_office_is_named() -> None:
    assert made(invoice("增值税电子普通发票", title="深圳增值税电子普通发票"))["City"] == "深圳市"
    assert made(invoice("增值税电子普通发票", title="浙江增值税电子普通发票"))["City"] == ""


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("浙江", "浙江省"),
        ("上海", "上海市"),
        ("深圳", "广东省"),
        ("内蒙古", "内蒙古自治区"),
        ("浙江省", "浙江省"),
        ("样例", "样例"),
        ("", ""),
    ],
)
def test_a_province_has_its_full_name(printed: str, expected: str) -> None:
    vat = invoice("增值税普通发票", province=printed)
    assert made(vat)["Province"] == expected
    named = said(vat, "VatInvoiceOCR")["VatInvoiceInfos"]
    assert {f["Value"] for f in named if f["Name"] == "省"} == {expected}


def test_stations_lose_their_last_character() -> None:
    stations = ScriptedFields({"from": "杭州东站", "to": "延平"}, kind="train_ticket")
    ticket = Recognition(engine="scripted", scripted=stations)
    assert (made(ticket)["StationGetOn"], made(ticket)["StationGetOff"]) == ("杭州东", "延平")


def test_a_single_type_leaves_out_the_others() -> None:
    vat = document("vat_invoice")
    assert only(vat, Types=[3])["SubType"] == "VatSpecialInvoice"
    assert only(vat, Types=[2, 3])["SubType"] == "VatSpecialInvoice"
    to = reading(vat)
    item = posted({**PICTURE, "Types": [2]}, GENERAL, to=to).json["Response"]
    assert item["MixedInvoiceItems"][0]["Code"] == "FailedOperation.UnsupportedInvoice"
    assert to.audits[-1].why.startswith(
        "no invoice that was asked for; the picture shows a VAT invoice (title, type,"
    )
    assert not to.audits[-1].billed


@pytest.mark.parametrize("types", [[4], [-2], [99], [3, 4]])
def test_the_number_of_no_type_is_refused(types: list[int]) -> None:
    answer = posted({**PICTURE, "Types": types}, GENERAL)
    assert code(answer) == "InvalidParameterValue.InvalidParameterValueLimit"


@pytest.mark.parametrize("types", ["3", 3, ["a"], [True], {"0": 3}, [1.5]])
def test_types_must_be_a_list_of_whole_numbers(types: Any) -> None:
    assert code(posted({**PICTURE, "Types": types}, GENERAL)) == "InvalidParameter"


def test_a_form_numbers_the_items_of_a_list() -> None:
    given = fields(**PICTURE, Action=GENERAL, **{"Types.0": "3"})
    (item,) = form(given).json["Response"]["MixedInvoiceItems"]
    assert item["Code"] == "FailedOperation.UnsupportedInvoice"
    wrong = fields(**PICTURE, Action=GENERAL, **{"Types.0": "x"})
    assert code(form(wrong)) == "InvalidParameter"
    unknown = fields(**PICTURE, Action=GENERAL, **{"Kinds.0": "3"})
    assert code(form(unknown)) == "UnknownParameter"


def test_a_paper_of_another_kind_is_no_other_invoice() -> None:
    item = only(ID_FRONT)
    assert (item["Code"], item["Type"]) == ("FailedOperation.UnsupportedInvoice", -1)
    assert set(item["SingleInvoiceInfos"].values()) == {None}
    assert only(HELLO, EnableOther=False)["Code"] == "FailedOperation.UnsupportedInvoice"


def test_a_picture_without_text_is_refused() -> None:
    assert code(posted(PICTURE, GENERAL, to=reading(NOTHING))) == "FailedOperation.ImageNoText"


def pdf() -> dict[str, str]:
    """A document of two pages."""
    return {"ImageBase64": base64.b64encode(picture("two-pages.pdf")).decode()}


@pytest.mark.slow
def test_all_pages_of_a_document_are_read_on_demand() -> None:
    for parameters, pages in (
        ({}, [1]),
        ({"PdfPageNumber": 2}, [1]),
        ({"EnableMultiplePage": True}, [1, 2]),
        ({"EnableMultiplePage": True, "EnablePdf": False, "PdfPageNumber": 2}, [1, 2]),
    ):
        to = reading(document("taxi_receipt"))
        response = posted({**pdf(), **parameters}, GENERAL, to=to).json["Response"]
        assert [item["Page"] for item in response["MixedInvoiceItems"]] == pages
        assert response["TotalPDFCount"] == 2
    refused = posted({**pdf(), "EnablePdf": False}, GENERAL)
    assert code(refused) == "FailedOperation.ImageDecodeFailed"


def test_the_invoice_is_cut_out_on_demand() -> None:
    cut = only(document("taxi_receipt"), EnableCutImage=True)["CutImage"]
    assert Pillow.open(io.BytesIO(base64.b64decode(cut))).size == (640, 240)


def value(text: str, left: int, top: int) -> Value:
    place = Quad.upright(left, top, left + 20 * len(text), top + 30)
    return Value(text, spread_characters(text, place, 0.9))


def test_the_places_of_the_members_are_those_in_the_cut() -> None:
    """`Row` counts the rows of an invoice from 0; other members have -1."""
    rows = ({"name": value("茶", 110, 300)}, {"name": value("杯", 110, 340)})
    one = Document.of(Kind.VAT_INVOICE, {"number": value("1234", 110, 60)}, rows)
    image = Image(b"", 640, 480, 3, "PNG", "d", "s", 1)
    page = Page(image, Recognition(), 1, {"EnableItemPolygon"})

    def places(alone: bool) -> list[tuple[str, int, dict[str, int], dict[str, int]]]:
        found = invoice_item(page, one, alone=alone)["ItemPolygon"]
        return [
            (p["Key"], p["Row"], p["Polygon"]["LeftTop"], p["Polygon"]["RightBottom"])
            for p in found
        ]

    assert places(alone=True) == [
        ("Number", -1, {"X": 110, "Y": 60}, {"X": 190, "Y": 90}),
        ("Name", 0, {"X": 110, "Y": 300}, {"X": 130, "Y": 330}),
        ("Name", 1, {"X": 110, "Y": 340}, {"X": 130, "Y": 370}),
    ]
    assert places(alone=False)[0] == ("Number", -1, {"X": 0, "Y": 0}, {"X": 80, "Y": 30})
    plain = Page(image, Recognition(), 1, frozenset())
    assert invoice_item(plain, one, alone=True)["ItemPolygon"] == []
    outline = invoice_item(plain, one, alone=False)["Polygon"]
    assert (outline["LeftTop"], outline["RightBottom"]) == (
        {"X": 110, "Y": 60},
        {"X": 190, "Y": 370},
    )


def test_a_vat_invoice_has_its_rows_under_repeated_names() -> None:
    rows = [{"name": "茶", "amount": "1.00"}, {"name": "杯", "amount": "2.00"}]
    found = said(invoice("增值税普通发票", rows, number="1234567890"), "VatInvoiceOCR")
    named = [(f["Name"], f["Value"]) for f in found["VatInvoiceInfos"] if f["Value"]]
    assert named == [
        ("发票名称", "增值税普通发票"),
        ("发票号码", "1234567890"),
        ("货物或应税劳务、服务名称", "茶"),
        ("金额", "1.00"),
        ("货物或应税劳务、服务名称", "杯"),
        ("金额", "2.00"),
        ("是否有公司印章", "0"),
        ("二维码", "0"),
        ("发票类型", "增值税普通发票"),
    ]
    assert [(item["LineNo"], item["Name"]) for item in found["Items"]] == [("1", "茶"), ("2", "杯")]


def test_the_password_area_has_up_to_four_lines() -> None:
    def lines(password: str) -> list[tuple[str, str]]:
        found = said(invoice("增值税普通发票", password=password), "VatInvoiceOCR")
        return [
            (f["Name"], f["Value"])
            for f in found["VatInvoiceInfos"]
            if f["Name"].startswith("密码区")
        ]

    assert lines("a\nb\nc\nd") == [(f"密码区{n}", text) for n, text in enumerate("abcd", 1)]
    assert lines("a" * 28 + "b" * 28) == [("密码区1", "a" * 28), ("密码区2", "b" * 28)]
    assert lines("") == []


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("vat_roll_invoice", "Number", "87654321"),
        ("taxi_receipt", "Mileage", "12.3"),
        ("quota_invoice", "Total", "100.00"),
        ("air_itinerary", "AirDevelopmentFund", "50.00"),
        ("toll_receipt", "Entrance", "样例东站"),
        ("bus_ticket", "DateGetOn", "2021年03月04日"),
        ("machine_invoice", "TotalCn", "捌拾捌圆整"),
        ("train_ticket", "SeatNumber", "05车06F号"),
    ],
)
def test_the_vendors_own_model_reads_the_answer(kind: str, name: str, expected: str) -> None:
    """It warns of members that it does not know, and warnings are errors."""
    response = models.RecognizeGeneralInvoiceResponse()
    response.from_json_string(json.dumps(said(document(kind))))
    (item,) = response.MixedInvoiceItems
    assert getattr(getattr(item.SingleInvoiceInfos, item.SubType), name) == expected


def test_a_vat_invoice_has_one_member_beside_the_vendors_own_model() -> None:
    """`SubType` is in every real answer, and the model does not know it."""
    response = models.RecognizeGeneralInvoiceResponse()
    with pytest.warns(UserWarning, match=r"^SubType fileds are useless\.$"):
        response.from_json_string(json.dumps(said(document("vat_invoice"))))
    assert response.MixedInvoiceItems[0].SingleInvoiceInfos.VatSpecialInvoice.Tax == "13.00"
