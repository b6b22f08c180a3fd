"""Which service a path or a host belongs to, also where no operation's path fits."""

from __future__ import annotations

import pytest

from mockocr.serving.routing import Router
from tests.conformance import CASES, VENDORS

ROUTER = Router(tuple(VENDORS.values()))
LONG = [
    (case.vendor.name, case.service.name, case.operation.path)
    for case in CASES.values()
    if case.operation.path.count("/") > 1
    and not case.operation.path.endswith("}")
    # next to /v3/recognition/general-ocr, any last segment is an id on Tupu's platform
    and case.id != "tupu.general_ocr"
]


@pytest.mark.parametrize(("vendor", "service", "path"), LONG)
def test_a_typing_error_in_the_last_segment_leaves_a_path_with_its_service(
    vendor: str, service: str, path: str
) -> None:
    misspelt = path.replace("{project_id}", "0123456789abcdef0123456789abcdef")[:-1]
    found_vendor, found = ROUTER.find("127.0.0.1:8080", misspelt).fallback
    assert (found_vendor.name, found.name) == (vendor, service)


@pytest.mark.parametrize("path", ["/", "/nothing", "/x/ocr/general"])
def test_a_path_that_resembles_no_other_belongs_to_no_vendor(path: str) -> None:
    assert ROUTER.find("127.0.0.1:8080", path).fallback[0].name == ""


@pytest.mark.parametrize(
    ("host", "vendor", "service"),
    [
        ("recognition.image.myqcloud.com", "tencent", "legacy"),
        ("service.image.myqcloud.com:80", "tencent", "legacy"),
        ("ocr.tencentcloudapi.com", "tencent", "cloud"),
        ("OCR.ap-guangzhou.tencentcloudapi.com", "tencent", "cloud"),
        ("ocr.cn-north-4.myhuaweicloud.com", "huawei", "ocr"),
        ("iam.myhuaweicloud.com", "huawei", "iam"),
        ("iam.ap-southeast-1.myhuaweicloud.com:443", "huawei", "iam"),
        ("ocrimg.market.alicloudapi.com", "aliyun_market", "thumb"),
        ("tysbgpu.market.alicloudapi.com", "aliyun_market", "official"),
        ("gjbsb.market.alicloudapi.com", "aliyun_market", "official"),
        ("tupu.apistd.com", "tupu", "hosted"),
        ("api.open.tuputech.com", "tupu", "platform"),
        ("api-us.open.tuputech.com", "tupu", "platform"),
        ("api-oversea.open.tuputech.com", "tupu", "platform"),
    ],
)
def test_a_documented_host_leads_to_its_service_whatever_the_path(
    host: str, vendor: str, service: str
) -> None:
    owner = ROUTER.owner(host)
    assert owner is not None
    assert owner.name == service
    found_vendor, found = ROUTER.find(host, "/nothing").fallback
    assert (found_vendor.name, found.name) == (vendor, service)


@pytest.mark.parametrize("host", ["example.com", "myqcloud.com", "x.ocr.tencentcloudapi.com.evil"])
def test_any_other_host_belongs_to_no_service(host: str) -> None:
    assert ROUTER.owner(host) is None


def test_two_services_never_share_an_operation_id_or_a_host() -> None:
    services = [service for vendor in VENDORS.values() for service in vendor.services]
    ids = [s.operation_id(o) for s in services for o in s.operations]
    hosts = [host for s in services for host in s.hosts]
    assert len(ids) == len(set(ids))
    assert len(hosts) == len(set(hosts))
