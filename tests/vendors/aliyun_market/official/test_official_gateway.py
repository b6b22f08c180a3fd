"""The gateway in front of Aliyun's own services: its errors, its headers and its signature."""

from __future__ import annotations

import json

import pytest

from mockocr.vendors.aliyun_market.gateway.signature import content_md5
from tests.vendors.aliyun_market.harness import AT, Market, post, sign
from tests.vendors.aliyun_market.official.client import ADVANCED, GENERAL, IMAGE, JSON, send


@pytest.mark.parametrize("option", ["classic", "vpc"])
@pytest.mark.parametrize("target", [GENERAL, ADVANCED])
def test_the_gateway_is_in_front_of_both_services(target: str, option: str) -> None:
    market = Market(gateway=option)
    bare = market.send(post(target, b"{}", JSON, form=False))
    assert (bare.status, bare.body) == (400, b"")
    assert bool(bare.header("x-ca-error-code")) == (option == "vpc")
    debug = send(market, target, {}, ("X-Ca-Request-Mode", "debug"))
    assert debug.status == 461
    assert "TotalLatency" in debug.header("x-ca-debug-info")
    assert not debug.header("x-ca-error-message")


def test_nonce_timestamp_and_digest_are_checked_for_json_bodies() -> None:
    body = json.dumps({"image": IMAGE}).encode()
    request = post(
        GENERAL, body, JSON, ("X-Ca-Key", ""), ("Content-MD5", content_md5(body)), form=False
    )
    market = Market()
    signed = sign(request.replaced(at=AT, id="e" * 32))
    assert market.send(signed).status == 200
    assert market.send(signed).header("x-ca-error-message") == "Nonce Used"
    other = signed.replaced(body=body + b" ")
    assert Market().send(other).header("x-ca-error-message") == "Invalid Content-MD5"
    late = sign(request.replaced(at=AT.replace(hour=21), id="d" * 32))
    assert Market().send(late).header("x-ca-error-message") == "Timestamp Expired"
