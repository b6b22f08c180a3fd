"""Refusals that a vendor words in its own way have a neutral problem for journal and metrics."""

from __future__ import annotations

import pytest

from mockocr.core.errors import ErrorKind
from tests.conformance import VENDORS

NEUTRAL = {
    ("tencent", -1301): ErrorKind.NO_IMAGE,
    ("tencent", -1304): ErrorKind.BAD_PARAMETER,
    ("tencent", -1505): ErrorKind.DOWNLOAD_FAILED,
    ("tencent", 18): ErrorKind.NO_IMAGE,
    ("tencent", 19): ErrorKind.BAD_PARAMETER,
    ("tencent", 20): ErrorKind.IMAGE_TOO_LARGE,
    ("tencent", -9011): ErrorKind.NOTHING_FOUND,
    ("huawei", 400): ErrorKind.BAD_BODY,
    ("huawei", "ModelArts.4601"): ErrorKind.DOWNLOAD_FAILED,
    ("huawei", "ModelArts.4705"): ErrorKind.IMAGE_TOO_LARGE,
    ("aliyun_market", "460 no json"): ErrorKind.BAD_BODY,
    ("aliyun_market", "461 missing key"): ErrorKind.NO_IMAGE,
    ("aliyun_market", "461 configure format"): ErrorKind.BAD_PARAMETER,
    ("aliyun_market", "462 download"): ErrorKind.DOWNLOAD_FAILED,
}


@pytest.mark.parametrize(("place", "problem"), NEUTRAL.items())
def test_a_row_of_its_own_has_a_neutral_problem(
    place: tuple[str, int | str], problem: ErrorKind
) -> None:
    vendor, code = VENDORS[place[0]], place[1]
    (row,) = (row for row in vendor.catalogue if row.code == code)
    assert row.problems == (problem,)


@pytest.mark.parametrize(
    ("vendor", "problem", "code"),
    [
        ("tencent", ErrorKind.NO_IMAGE, -1300),
        ("tencent", ErrorKind.BAD_PARAMETER, 21),
        ("tencent", ErrorKind.DOWNLOAD_FAILED, -1308),
        ("tencent", ErrorKind.IMAGE_TOO_LARGE, -1408),
        ("huawei", ErrorKind.DOWNLOAD_FAILED, "ModelArts.4603"),
        ("aliyun_market", ErrorKind.BAD_BODY, "Invalid Request Body"),
    ],
)
def test_the_row_that_answers_a_problem_is_the_first(
    vendor: str, problem: ErrorKind, code: int | str
) -> None:
    assert VENDORS[vendor].row(problem).code == code
