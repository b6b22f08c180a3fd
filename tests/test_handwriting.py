"""Every operation for handwriting asks for the reader of handwriting, which is PP-OCR's recogniser
where it is installed (tests/recognition/test_reader.py).
"""

from __future__ import annotations

import pytest

from mockocr.app import Mock
from tests.conformance import CASES, mock_for, sample, send, signed
from tests.recognitions import Reader

OPERATIONS = (
    "aliyun.recognize_handwriting",
    "aliyun_market.handwriting",
    "baidu.handwriting",
    "huawei.handwriting",
    "tencent.handwriting",
    "tencent_cloud.general_handwriting",
)


def asked(to: Mock) -> list[bool]:
    reader = to.engine
    assert isinstance(reader, Reader)
    return [options.handwriting for options in reader.asked]


def test_these_are_all_operations_for_handwriting() -> None:
    assert sorted(id for id in CASES if "handwriting" in id) == sorted(OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_for_handwriting_asks_for_its_reader(operation: str) -> None:
    to = mock_for(CASES[operation])
    assert send(to, signed(sample(operation))).status == 200
    assert set(asked(to)) == {True}
