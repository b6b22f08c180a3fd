"""The official SDKs' models read every response without loss, and each of their fields that is
never sent is listed here with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import metadata
from typing import Any

import pytest

from clients.programs import version
from mockocr.core.errors import ErrorEntry
from mockocr.core.service import Service
from tests.asgi import Answer
from tests.clients import never_sent_huawei
from tests.clients.models import SDKS, all_fields, complaints, without_nulls
from tests.conformance import (
    CASES,
    EXCHANGES,
    SERVICES,
    request_of,
    sample,
    send,
    signed,
)
from tests.exchange import Exchange
from tests.exchange_server import server_of

_LANGUAGE = "doc: a line's language comes with ConfigID MulOCR, which GeneralAccurateOCR alone has"
_WORDS = "doc: characters come with IsWords, which this action does not have"
_CHARACTERS = (
    "DetectedWords.Character",
    "DetectedWords.Confidence",
    "DetectedWordCoordPoint.WordCoordinate",
)
_OF_ELECTRONIC = "doc: only of an electronic vehicle licence, whose layout is not read"
_WITHOUT_PLACE = "the documents of the exchanges are scripted, and have no places"
_UNANSWERED: Mapping[str, tuple[str, ...]] = {
    "invoices of this type are not read": (
        *("BankSlip", "BankSlipInfo", "CustomsDeclaration", "CustomsPaymentReceipt"),
        *("ElectronicTollSummary", "ElectronicTollSummaryItem", "ElectronicTollSummaryList"),
        *("MedicalInvoice", "MotorVehicleSaleInvoice", "NonTaxIncomeBill", "NonTaxItem"),
        *("OnlineTaxiItinerary", "OnlineTaxiItineraryInfo", "OverseasInvoice"),
        *("SaleInventory", "ShippingInvoice", "ShoppingReceipt", "TaxPayment"),
        "UsedCarPurchaseInvoice",
    ),
    _WITHOUT_PLACE: ("ItemPolygonInfo", "Rect"),
}
"""Models of RecognizeGeneralInvoice that no response holds, by the reason."""


def _never_sent_of_invoices() -> dict[str, str]:
    sdk = SDKS["tencent_cloud"]
    return {
        f"tencent_cloud.recognize_general_invoice: {field.full}": reason
        for reason, models in _UNANSWERED.items()
        for model in models
        for field in sdk.fields(sdk.model(model))
    }


NEVER_SENT = {
    **never_sent_huawei.NEVER_SENT,
    **_never_sent_of_invoices(),
    **{
        f"tencent_cloud.recognize_general_invoice: VatElectronicItemInfo.{name}": "observed: no "
        "real answer to a fully digital invoice has it"
        for name in ("DateStart", "DateEnd", "VinNo")
    },
    **{
        f"tencent_cloud.vehicle_license: {name}": _OF_ELECTRONIC
        for name in (
            *("TextVehicleFront.StateElectronic", "TextVehicleFront.GenerationTimeElectronic"),
            "TextVehicleFront.InspectionValidityTimeElectronic",
            *("TextVehicleBack.AddressElectronic", "TextVehicleBack.CarBodyColor"),
            "TextVehicleBack.IssueAuthorityElectronic",
        )
    },
    "tencent_cloud.recognize_table: TableTitle.Text": "doc and sample: Titles is null",
    **{
        f"tencent_cloud.{operation}: TextDetection.Language": _LANGUAGE
        for operation in ("general_basic", "general_efficient", "general_fast")
    },
    **{
        f"tencent_cloud.{operation}: {name}": _WORDS
        for operation in ("general_efficient", "general_fast")
        for name in _CHARACTERS
    },
}
"""Fields of an SDK's model that no response of that operation has, and why."""

ANSWERS = [exchange for exchange in EXCHANGES if exchange.namespace in SDKS]
ENTRIES = [
    (service, entry)
    for _, service in SERVICES
    if service.namespace in SDKS
    for entry in service.errors
]


BESIDE_THE_MODELS = {"VatInvoiceInfo knows no SubType"}
"""Members that real answers have and that no model knows."""


def without_unknown(value: Any) -> Any:
    """The value without the members of `BESIDE_THE_MODELS`."""
    if isinstance(value, dict):
        unknown = {"SubType"} if "VatInvoiceItemInfos" in value else set()
        return {n: without_unknown(v) for n, v in value.items() if n not in unknown}
    return [without_unknown(item) for item in value] if isinstance(value, list) else value


_ANSWERED: dict[str, Answer] = {}


def answered(exchange: Exchange) -> Answer:
    """The server's response to the exchange's request, cached."""
    if exchange.name not in _ANSWERED:
        _ANSWERED[exchange.name] = send(server_of(exchange), signed(exchange))
    return _ANSWERED[exchange.name]


def model_of(exchange: Exchange) -> type:
    found = SDKS[exchange.namespace].response(exchange.operation)
    assert found is not None, exchange.name
    return found


@pytest.mark.parametrize("exchange", ANSWERS, ids=lambda exchange: exchange.name)
@pytest.mark.slow
def test_an_sdk_reads_every_response_without_loss(exchange: Exchange) -> None:
    sdk, answer, model = SDKS[exchange.namespace], answered(exchange), model_of(exchange)
    if answer.status >= 400 or sdk.refusal(answer) is not None:
        code, message = sdk.refusal(answer) or ("", "")
        assert code in answer.body.decode()
        assert code and message
        return
    document = sdk.document(answer)
    assert set(complaints(sdk, model, document, set())) <= BESIDE_THE_MODELS
    read = sdk.read(answer, model)
    assert {name: read.get(name) for name in document if document[name] is not None} == (
        without_nulls(without_unknown(document))
    )


@pytest.mark.parametrize(
    ("service", "entry"), ENTRIES, ids=[f"{s.namespace}-{s.name}-{e.id}" for s, e in ENTRIES]
)
def test_an_sdk_raises_every_error_with_its_code_and_message(
    service: Service, entry: ErrorEntry
) -> None:
    raised = set()
    for operation in service.operations:
        request = request_of(sample(service.operation_id(operation)))
        rendered = service.render_error(request, entry.filled({}))
        response = service.add_headers(request, rendered)
        found = SDKS[service.namespace].refusal(
            Answer(response.status, response.headers, response.body)
        )
        assert found is not None
        assert found[1], "an error without a message"
        raised.add(found[0])
    assert str(entry.code) in raised


def test_fields_that_are_never_sent_are_listed_with_a_reason() -> None:
    sent: set[str] = set()
    known: set[str] = set()
    for exchange in ANSWERS:
        sdk, answer, model = SDKS[exchange.namespace], answered(exchange), model_of(exchange)
        headers = {name.lower() for name, _ in answer.headers}
        fields = list(all_fields(sdk, model, set()))
        seen = {field.full for field in fields if field.header and field.name.lower() in headers}
        if answer.status < 400 and sdk.refusal(answer) is None:
            list(complaints(sdk, model, sdk.document(answer), seen))
        place = f"{exchange.namespace}.{exchange.operation}"
        known |= {f"{place}: {field.full}" for field in fields}
        sent |= {f"{place}: {name}" for name in seen}
    assert known - sent == set(NEVER_SENT)


def test_every_operation_of_these_vendors_has_a_model() -> None:
    for id, case in CASES.items():
        sdk = SDKS.get(case.service.namespace)
        assert sdk is None or sdk.response(case.operation.name) is not None, id


@pytest.mark.parametrize(
    "package", ["huaweicloudsdkiam", "huaweicloudsdkocr", "tencentcloud-sdk-python-ocr"]
)
def test_the_models_are_those_of_the_pinned_clients(package: str) -> None:
    assert metadata.version(package) == version("python", package)


def test_unknown_fields_and_wrong_types_are_reported() -> None:
    sdk = SDKS["tencent_cloud"]
    model = sdk.response("text_detect")
    assert model is not None
    found = list(complaints(sdk, model, {"HasTxt": True, "HasText": "yes"}, set()))
    assert found == [
        "TextDetectResponse knows no HasTxt",
        "TextDetectResponse.HasText is bool, not 'yes'",
    ]
    assert re.fullmatch(r"\S+ is an object, not \[\]", next(complaints(sdk, model, [], set())))
