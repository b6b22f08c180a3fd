"""The error table: complete, each entry with its source, each code as the page lists it."""

from __future__ import annotations

import json

import pytest

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.vendors.tencent.legacy.service import SERVICE
from tests.vendors.tencent.legacy.harness import good

DOCUMENTED = {3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 21, 23, 24, 25, 107, 108, 213} | {
    -1102,
    -1300,
    -1301,
    -1304,
    -1308,
    -9021,
    -9003,
}

CARDS = {17, 18, 19, 20, -5103, -5201, -5206, -5207, -7001, -7003, -7004, -9011}
"""What the pages of the cards and of handwriting add."""

OBSERVED = {
    (400, 3, "invalid request"),
    (400, 3, "invalid request: parsing error - check content-type and body"),
    (400, 3, "donot find appid"),
    (400, 3, "appid is illegal"),
    (401, 9, "sign expired"),
    (401, 11, "secretid not exist"),
    (401, 12, "appid not match"),
    (401, 14, "sign no pass"),
    (200, -1308, "ERROR_DOWNLOAD_IMAGE_FAILED"),
}
"""What real responses held; every other entry is documented, or marked as a guess."""


def test_the_table_holds_the_pages_26_codes() -> None:
    assert len(DOCUMENTED) == 26
    assert {entry.code for entry in SERVICE.errors} >= DOCUMENTED | CARDS


def test_the_entries_marked_observed_are_those_that_were_seen() -> None:
    rows = {
        (entry.status, entry.code, entry.message)
        for entry in SERVICE.errors
        if entry.source.startswith("observed")
    }
    assert rows == OBSERVED


@pytest.mark.parametrize(
    "entry", tuple(SERVICE.errors), ids=lambda entry: f"{entry.code} {entry.message}"
)
def test_every_entry_can_be_sent_and_negative_codes_come_with_200(entry: ErrorEntry) -> None:
    response = SERVICE.add_headers(good(), SERVICE.render_error(good(), entry))
    value = json.loads(response.body)
    assert (value["code"], value["message"]) == (entry.code, entry.message)
    assert response.status == entry.status
    assert (entry.status == 200) == (isinstance(entry.code, int) and entry.code < 0)
    assert entry.source.split(":")[0].split(" ")[0] in {"doc", "sdk", "observed", "guess"}


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ErrorKind.NO_CREDENTIALS, 4),
        (ErrorKind.BAD_CREDENTIALS, 5),
        (ErrorKind.UNKNOWN_ACCOUNT, 11),
        (ErrorKind.BAD_SIGNATURE, 14),
        (ErrorKind.EXPIRED, 9),
        (ErrorKind.REPLAYED, 13),
        (ErrorKind.FORBIDDEN, 24),
        (ErrorKind.QUOTA_EXCEEDED, 25),
        (ErrorKind.RATE_LIMITED, 15),
        (ErrorKind.BUSY, 15),
        (ErrorKind.ARREARS, 3),
        (ErrorKind.BODY_TOO_LARGE, 23),
        (ErrorKind.BAD_PARAMETER, 21),
        (ErrorKind.NOTHING_FOUND, -9021),
        (ErrorKind.INTERNAL, 213),
        (ErrorKind.UNAVAILABLE, 108),
        (ErrorKind.WRONG_METHOD, 424),
        (ErrorKind.NO_SUCH_OPERATION, 404),
    ],
)
def test_a_neutral_kind_has_the_documented_code(kind: ErrorKind, code: int) -> None:
    assert SERVICE.errors.by_kind(kind).code == code


def test_every_kind_has_an_entry() -> None:
    for kind in ErrorKind:
        assert SERVICE.errors.by_kind(kind)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("-1301", ErrorKind.NO_IMAGE),
        ("-1304", ErrorKind.BAD_PARAMETER),
        ("-1505", ErrorKind.DOWNLOAD_FAILED),
        ("18", ErrorKind.NO_IMAGE),
        ("19", ErrorKind.BAD_PARAMETER),
        ("20", ErrorKind.IMAGE_TOO_LARGE),
        ("-9011", ErrorKind.NOTHING_FOUND),
    ],
)
def test_an_entry_that_is_raised_itself_has_a_neutral_kind(code: str, kind: ErrorKind) -> None:
    entry = SERVICE.errors.find(code)
    assert entry is not None
    assert entry.kinds == (kind,)


@pytest.mark.parametrize("code", ["3", "11", "-9011"])
def test_the_code_of_several_entries_finds_the_first(code: str) -> None:
    entry = SERVICE.errors.find(code)
    assert entry is next(entry for entry in SERVICE.errors if str(entry.code) == code)
