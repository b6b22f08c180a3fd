"""Aliyun's own services answer every error with its literal status, body and headers.

Nothing here is taken from the error table: a change of a text, a code or a status fails a test.
"""

from __future__ import annotations

import pytest

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from tests.vendors.aliyun_market.gateway.literals import (
    CLASSIC,
    IDS,
    LATER,
    assert_classic,
    assert_later,
    every_entry_of_both,
    every_later_entry,
    response_of,
)
from tests.vendors.aliyun_market.harness import OFFICIAL

FAILURES = [
    ("invalid_url", 400, "Invalid URL"),
    ("service_forbidden", 403, "Forbidden"),
    ("request_timeout", 408, "Request Timeout"),
    ("picture_too_large", 413, "Payload Too Large"),
    ("image_size_error", 421, "Invalid Input - image size error"),
    ("queue_full", 450, "Service Busy"),
    ("failed_to_parse_json", 460, "Invalid Input - failed to parse json"),
    ("missing_key", 461, "Invalid Input - json format error - missing key: image"),
    ("image_format_error", 461, "Invalid Input - json format error - image format error"),
    ("key_inputs_missing", 461, "Invalid Input - json format error - key inputs missing"),
    (
        "inputs_not_array",
        461,
        "Invalid Input - json format error - value of inputs must be a array",
    ),
    (
        "image_datavalue_format_error",
        461,
        "Invalid Input - json format error - image DataValue format error",
    ),
    ("configure_format_error", 461, "Invalid Input - json format error - configure format error"),
    (
        "failed_to_parse_config",
        461,
        "Invalid Input - json format error - failed to parse config str: xxx",
    ),
    (
        "json_parse_exception",
        461,
        "Invalid Input - json format error - json parse runtime exception",
    ),
    ("download_error", 462, "Invalid Input - image data error - download image from url error"),
    (
        "input_image_empty",
        462,
        "Invalid Input - image data error - input image empty, please check your image binary data",
    ),
    ("wrong_category", 463, "Invalid Input - wrong category"),
    ("algorithm_run_failed", 464, "Invalid Result - algorithm run failed"),
    ("algorithm_runtime_exception", 464, "Invalid Result - algorithm runtime exception"),
    ("bad_gateway", 502, "Bad Gateway"),
    ("service_unavailable", 503, "Service Unavailable"),
]
"""Id, status (the code too) and body."""

KINDS = {
    ErrorKind.NO_CREDENTIALS: "missing_credentials",
    ErrorKind.BAD_CREDENTIALS: "Invalid AppCode",
    ErrorKind.UNKNOWN_ACCOUNT: "Invalid AppCode",
    ErrorKind.BAD_SIGNATURE: "Invalid Signature",
    ErrorKind.EXPIRED: "Timestamp Expired",
    ErrorKind.REPLAYED: "Nonce Used",
    ErrorKind.FORBIDDEN: "Unauthorized",
    ErrorKind.QUOTA_EXCEEDED: "Quota Exhausted",
    ErrorKind.PACKAGE_EXPIRED: "Quota Expired",
    ErrorKind.ARREARS: "User Arrears",
    ErrorKind.RATE_LIMITED: "Throttled by API Flow Control",
    ErrorKind.BUSY: "queue_full",
    ErrorKind.BODY_TOO_LARGE: "Payload Too Large",
    ErrorKind.BAD_BODY: "Invalid Request Body",
    ErrorKind.BAD_PARAMETER: "configure_format_error",
    ErrorKind.NO_IMAGE: "missing_key",
    ErrorKind.BAD_IMAGE: "input_image_empty",
    ErrorKind.IMAGE_FORMAT: "input_image_empty",
    ErrorKind.IMAGE_TOO_LARGE: "picture_too_large",
    ErrorKind.IMAGE_SIZE: "image_size_error",
    ErrorKind.DOWNLOAD_FAILED: "download_error",
    ErrorKind.NOTHING_FOUND: "input_image_empty",
    ErrorKind.ENGINE_FAILED: "algorithm_run_failed",
    ErrorKind.NO_SUCH_OPERATION: "Invalid Url",
    ErrorKind.WRONG_METHOD: "Invalid Url",
    ErrorKind.INTERNAL: "Internal Error",
    ErrorKind.UNAVAILABLE: "Service Unavailable",
}
"""The entry that answers each kind."""


@every_entry_of_both
def test_every_entry_of_the_gateway_has_its_literal_response(
    id: str, status: int, message: str, later_status: int, later_code: str, later_message: str
) -> None:
    assert_classic(response_of(OFFICIAL, CLASSIC, id), status, message)
    assert_later(response_of(OFFICIAL, LATER, id), later_status, later_code, later_message)


@every_later_entry
def test_every_entry_of_the_later_generation_has_its_literal_response(
    id: str, status: int, message: str
) -> None:
    for request in (CLASSIC, LATER):
        assert_later(response_of(OFFICIAL, request, id), status, id, message)


@pytest.mark.parametrize(("id", "status", "body"), FAILURES, ids=[row[0] for row in FAILURES])
def test_every_failure_has_its_literal_response(id: str, status: int, body: str) -> None:
    for request in (CLASSIC, LATER):
        response = response_of(OFFICIAL, request, id)
        assert response.status == status
        assert response.body.decode() == body
        assert response.headers == (("Content-Type", "text/plain; charset=utf-8"),)
        assert response.code == str(status)


def test_the_literal_responses_are_those_of_the_whole_table() -> None:
    assert [entry.id for entry in OFFICIAL.errors] == [*IDS, *(row[0] for row in FAILURES)]


@pytest.mark.parametrize("kind", ErrorKind)
def test_every_kind_has_its_entry(kind: ErrorKind) -> None:
    assert OFFICIAL.errors.by_kind(kind).id == KINDS[kind]


@pytest.mark.parametrize(
    ("kind", "cause", "id"),
    [
        (ErrorKind.BAD_BODY, ErrorCause.NOT_JSON, "failed_to_parse_json"),
        (ErrorKind.BAD_BODY, ErrorCause.NOT_AN_OBJECT, "json_parse_exception"),
        (ErrorKind.IMAGE_TOO_LARGE, ErrorCause.TOO_LARGE, "download_error"),
    ],
)
def test_a_cause_is_answered_by_its_entry(kind: ErrorKind, cause: ErrorCause, id: str) -> None:
    assert OFFICIAL.errors.entry(ApiError(kind, cause=cause)).id == id
