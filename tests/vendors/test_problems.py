"""Refusals that a vendor words in its own way have a neutral problem for journal and metrics."""

from __future__ import annotations

import pytest

from mockocr.core.problem import Problem
from tests.conformance import VENDORS

NEUTRAL = {
    ("tencent", -1301): Problem.NO_IMAGE,
    ("tencent", -1304): Problem.BAD_PARAMETER,
    ("tencent", -1505): Problem.DOWNLOAD_FAILED,
    ("tencent", 18): Problem.NO_IMAGE,
    ("tencent", 19): Problem.BAD_PARAMETER,
    ("tencent", 20): Problem.IMAGE_TOO_LARGE,
    ("tencent", -9011): Problem.NOTHING_FOUND,
    ("huawei", 400): Problem.BAD_BODY,
    ("huawei", "ModelArts.4601"): Problem.DOWNLOAD_FAILED,
    ("huawei", "ModelArts.4705"): Problem.IMAGE_TOO_LARGE,
    ("aliyun_market", "460 no json"): Problem.BAD_BODY,
    ("aliyun_market", "461 missing key"): Problem.NO_IMAGE,
    ("aliyun_market", "461 configure format"): Problem.BAD_PARAMETER,
    ("aliyun_market", "462 download"): Problem.DOWNLOAD_FAILED,
}


@pytest.mark.parametrize(("place", "problem"), NEUTRAL.items())
def test_a_row_of_its_own_has_a_neutral_problem(
    place: tuple[str, int | str], problem: Problem
) -> None:
    vendor, code = VENDORS[place[0]], place[1]
    (row,) = (row for row in vendor.catalogue if row.code == code)
    assert row.problems == (problem,)


@pytest.mark.parametrize(
    ("vendor", "problem", "code"),
    [
        ("tencent", Problem.NO_IMAGE, -1300),
        ("tencent", Problem.BAD_PARAMETER, 21),
        ("tencent", Problem.DOWNLOAD_FAILED, -1308),
        ("tencent", Problem.IMAGE_TOO_LARGE, -1408),
        ("huawei", Problem.DOWNLOAD_FAILED, "ModelArts.4603"),
        ("aliyun_market", Problem.BAD_BODY, "Invalid Request Body"),
    ],
)
def test_the_row_that_answers_a_problem_is_the_first(
    vendor: str, problem: Problem, code: int | str
) -> None:
    assert VENDORS[vendor].row(problem).code == code
