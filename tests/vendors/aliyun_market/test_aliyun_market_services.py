"""The three services of Aliyun's market: what they share, and which one gets a request."""

from __future__ import annotations

import pytest

from mockocr.serving.routing import Router
from mockocr.vendors.aliyun_market import VENDOR
from tests.vendors.aliyun_market.harness import OFFICIAL, PLATFORM, THUMB, Market, get

ROUTER = Router([VENDOR])


def test_every_option_is_declared_once_for_the_whole_namespace() -> None:
    names = [option.name for service in VENDOR.services for option in service.options]
    assert names == ["appcode_in_query", "gateway", "ver", "data_prefix", "advanced_errors"]
    assert list(VENDOR.default_options("aliyun_market")) == names


def test_the_operations_keep_their_names_and_paths() -> None:
    paths = {
        service.operation_id(operation): operation.path
        for service in VENDOR.services
        for operation in service.operations
    }
    assert paths == {
        "aliyun_market.ocr": "/ocr",
        "aliyun_market.accurate": "/thumb/ocr",
        "aliyun_market.handwriting": "/thumb/handwriting",
        "aliyun_market.platform": "/thumb/platform/ocr",
        "aliyun_market.ocr_general": "/api/predict/ocr_general",
        "aliyun_market.advanced": "/ocrservice/advanced",
        "aliyun_market.ocr_idcard": "/rest/160601/ocr/ocr_idcard.json",
        "aliyun_market.ocr_business_license": "/rest/160601/ocr/ocr_business_license.json",
        "aliyun_market.ocr_vehicle": "/rest/160601/ocr/ocr_vehicle.json",
        "aliyun_market.ocr_vehicle_plate": "/rest/160601/ocr/ocr_vehicle_plate.json",
        "aliyun_market.ocr_bank_card": "/rest/160601/ocr/ocr_bank_card.json",
        "aliyun_market.ocr_driver_license": "/rest/160601/ocr/ocr_driver_license.json",
        "aliyun_market.ocr_train_ticket": "/api/predict/ocr_train_ticket",
        "aliyun_market.ocr_table_parse": "/api/predict/ocr_table_parse",
        "aliyun_market.invoice": "/ocrservice/invoice",
    }


@pytest.mark.parametrize(
    ("host", "service"),
    [
        ("ocrimg.market.alicloudapi.com", THUMB),
        ("tysbgpu.market.alicloudapi.com", OFFICIAL),
        ("dm-51.data.aliyun.com", OFFICIAL),
        ("ocrcp.market.alicloudapi.com", OFFICIAL),
        ("ocrapi-document.taobao.com", OFFICIAL),
        ("ocrapi-invoice.taobao.com", OFFICIAL),
        ("gjbsb.market.alicloudapi.com", OFFICIAL),
    ],
)
def test_a_host_belongs_to_the_service_behind_it(host: str, service: object) -> None:
    assert ROUTER.owner(host) is service


def test_an_unknown_path_under_the_prefix_is_answered_by_the_gateway() -> None:
    market = Market()
    answer = market.send(get("/aliyun_market/no/such"))
    assert (answer.status, answer.header("x-ca-error-message")) == (400, "Invalid Url")
    assert market.exchange.service is THUMB


def test_a_path_like_the_platforms_is_answered_by_the_platform() -> None:
    market = Market()
    answer = market.send(get("/thumb/platform/other"))
    assert answer.status == 666
    assert market.exchange.service is PLATFORM
