"""Whose path it is, where no operation's path fits."""

from __future__ import annotations

import pytest

from mockocr.serving.routing import Router
from tests.conformance import OPERATIONS, VENDORS

ROUTER = Router(tuple(VENDORS.values()))
LONG = [
    (vendor.name, operation.path)
    for vendor, operation in OPERATIONS
    if operation.path.count("/") > 1 and not operation.path.endswith("}")
]


@pytest.mark.parametrize(("vendor", "path"), LONG)
def test_a_slip_in_the_last_segment_leaves_a_path_with_its_vendor(vendor: str, path: str) -> None:
    slip = path.replace("{project_id}", "0123456789abcdef0123456789abcdef")[:-1]
    assert ROUTER.find("127.0.0.1:8080", slip).fallback.name == vendor


@pytest.mark.parametrize("path", ["/", "/nothing", "/x/ocr/general"])
def test_a_path_like_no_other_belongs_to_nobody(path: str) -> None:
    assert ROUTER.find("127.0.0.1:8080", path).fallback.name == ""


@pytest.mark.parametrize(
    ("host", "vendor"),
    [
        ("recognition.image.myqcloud.com", "tencent"),
        ("service.image.myqcloud.com:80", "tencent"),
        ("ocr.tencentcloudapi.com", "tencent_cloud"),
        ("OCR.ap-guangzhou.tencentcloudapi.com", "tencent_cloud"),
        ("ocr.cn-north-4.myhuaweicloud.com", "huawei"),
        ("iam.myhuaweicloud.com", "huawei"),
        ("iam.ap-southeast-1.myhuaweicloud.com:443", "huawei"),
        ("ocrimg.market.alicloudapi.com", "aliyun_market"),
        ("tysbgpu.market.alicloudapi.com", "aliyun_market"),
        ("gjbsb.market.alicloudapi.com", "aliyun_market"),
        ("tupu.apistd.com", "tupu"),
        ("api.open.tuputech.com", "tupu"),
        ("api-us.open.tuputech.com", "tupu"),
        ("api-oversea.open.tuputech.com", "tupu"),
    ],
)
def test_a_documented_host_leads_to_its_vendor_whatever_is_asked(host: str, vendor: str) -> None:
    owner = ROUTER.owner(host)
    assert owner is not None
    assert owner.name == vendor
    assert ROUTER.find(host, "/nothing").fallback.name == vendor


@pytest.mark.parametrize("host", ["example.com", "myqcloud.com", "x.ocr.tencentcloudapi.com.evil"])
def test_any_other_host_is_nobodys(host: str) -> None:
    assert ROUTER.owner(host) is None
