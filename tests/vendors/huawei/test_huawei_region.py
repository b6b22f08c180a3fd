"""A token is valid in its own region alone, a signature in every region."""

from __future__ import annotations

import pytest

from tests.asgi import Answer
from tests.vendors.huawei.harness import (
    CREDENTIAL,
    HELLO_PNG,
    OCR,
    Harness,
    error,
    harness,
    issued_token,
    request,
    send,
)

ELSEWHERE = "ocr.cn-east-3.myhuaweicloud.com"


def send_to(to: Harness, host: str, token: str) -> Answer:
    unsigned = request({"image": HELLO_PNG}, ("X-Auth-Token", token)).without_headers("host")
    return send(to, unsigned.with_headers(("Host", host)))


@pytest.mark.parametrize(
    "host",
    [
        "ocr.cn-north-4.myhuaweicloud.com",
        "OCR.CN-NORTH-4.myhuaweicloud.com:443",
        "127.0.0.1:8080",
    ],
)
def test_a_token_is_accepted_at_the_host_of_its_region_and_at_ours(host: str) -> None:
    to = harness()
    assert send_to(to, host, issued_token(to)).status == 200


def test_a_token_is_refused_at_the_host_of_another_region() -> None:
    to = harness()
    answer = send_to(to, ELSEWHERE, issued_token(to))
    assert error(answer) == (401, "APIG.0307", "The token must be updated.")
    assert to.why == "the token is for region cn-north-4, but the host is in cn-east-3"


def test_a_token_is_accepted_in_every_region_with_the_option_project_any() -> None:
    to = harness(options={"project": "any"})
    assert send_to(to, ELSEWHERE, issued_token(to)).status == 200


def test_a_signature_is_accepted_in_every_region() -> None:
    unsigned = request({"image": HELLO_PNG}).without_headers("host")
    signed = OCR.sign(unsigned.with_headers(("Host", ELSEWHERE)), CREDENTIAL)
    assert send(harness(), signed).status == 200
