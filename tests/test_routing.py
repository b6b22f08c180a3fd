"""Whose path it is, where no operation's path fits."""

from __future__ import annotations

import pytest

from mockocr.routing import Router
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
