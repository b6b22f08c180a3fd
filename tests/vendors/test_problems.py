"""Entries in a vendor's own words have a neutral kind, for the journal and the metrics."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mockocr.core.errors import ErrorKind
from tests.conformance import SERVICES

TABLES = {(vendor.name, service.name): service.errors for vendor, service in SERVICES}
ALL_KINDS: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent.parent / "literals" / "kinds.json").read_text("utf-8")
)
"""Vendor and service → id of an entry → its kinds; entries without a kind are left out."""

KINDS = {
    ("tencent", "legacy", "-1301"): ErrorKind.NO_IMAGE,
    ("tencent", "legacy", "-1304"): ErrorKind.BAD_PARAMETER,
    ("tencent", "legacy", "-1505"): ErrorKind.DOWNLOAD_FAILED,
    ("tencent", "legacy", "18"): ErrorKind.NO_IMAGE,
    ("tencent", "legacy", "19"): ErrorKind.BAD_PARAMETER,
    ("tencent", "legacy", "20"): ErrorKind.IMAGE_TOO_LARGE,
    ("tencent", "legacy", "-9011"): ErrorKind.NOTHING_FOUND,
    ("huawei", "iam", "400"): ErrorKind.BAD_BODY,
    ("huawei", "ocr", "ModelArts.4601"): ErrorKind.DOWNLOAD_FAILED,
    ("huawei", "ocr", "ModelArts.4705"): ErrorKind.IMAGE_TOO_LARGE,
    ("aliyun_market", "official", "460"): ErrorKind.BAD_BODY,
    ("aliyun_market", "official", "461"): ErrorKind.NO_IMAGE,
}


@pytest.mark.parametrize(("place", "kind"), KINDS.items())
def test_an_entry_of_its_own_has_a_neutral_kind(
    place: tuple[str, str, str], kind: ErrorKind
) -> None:
    vendor, service, wanted = place
    entry = TABLES[vendor, service].find(wanted)
    assert entry is not None
    assert kind in entry.kinds


@pytest.mark.parametrize(
    ("vendor", "service", "kind", "code"),
    [
        ("tencent", "legacy", ErrorKind.NO_IMAGE, -1300),
        ("tencent", "legacy", ErrorKind.BAD_PARAMETER, 21),
        ("tencent", "legacy", ErrorKind.DOWNLOAD_FAILED, -1308),
        ("tencent", "legacy", ErrorKind.IMAGE_TOO_LARGE, -1408),
        ("huawei", "ocr", ErrorKind.DOWNLOAD_FAILED, "ModelArts.4603"),
        ("aliyun_market", "thumb", ErrorKind.BAD_BODY, "Invalid Request Body"),
    ],
)
def test_a_kind_is_answered_by_the_documented_entry(
    vendor: str, service: str, kind: ErrorKind, code: int | str
) -> None:
    assert TABLES[vendor, service].by_kind(kind).code == code


@pytest.mark.parametrize("service", ALL_KINDS)
def test_every_entry_has_its_literal_kinds(service: str) -> None:
    vendor, _, name = service.partition("/")
    table = TABLES[vendor, name]
    assert {e.id: " ".join(e.kinds) for e in table if e.kinds} == ALL_KINDS[service]
