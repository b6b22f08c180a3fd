"""HTTP 666 and large forms over a real connection, with both HTTP parsers of the server."""

from __future__ import annotations

import base64
import json
from urllib.parse import urlencode

import pytest

from tests.exchange import picture
from tests.sockets import ask, served
from tests.vendors.aliyun_market.harness import APPCODE, FORM, Market

PARSERS = ("h11", "httptools")


@pytest.mark.parametrize("parser", PARSERS)
def test_a_failure_of_the_service_arrives_as_666_with_its_body(parser: str) -> None:
    with served(WithLifespan(Market()), parser) as address:
        status, headers, body = ask(address, "POST", "/ocr", [FORM, APPCODE], b"ver=0")
    assert status == 666
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["x-ca-request-id"]
    assert body.decode() == '{"ok":0,"msg":"img或url必传一个"}'


@pytest.mark.parametrize("parser", PARSERS)
def test_a_picture_of_a_megabyte_in_a_form_is_read(parser: str) -> None:
    raw = picture("hello.png")
    whole = raw + b"\0" * (1024 * 1024 - len(raw))
    body = urlencode({"img": base64.b64encode(whole).decode(), "ver": "1"}).encode()
    with served(WithLifespan(Market()), parser) as address:
        status, headers, answer = ask(address, "POST", "/ocr", [FORM, APPCODE], body)
    assert status == 200
    assert headers["x-ca-market-billing-result"] == "1"
    assert json.loads(answer)["data"][0] == {"words": "发票 Invoice 2026"}


@pytest.mark.parametrize("parser", PARSERS)
def test_an_error_of_the_gateway_has_an_empty_body(parser: str) -> None:
    with served(WithLifespan(Market(gateway="vpc")), parser) as address:
        request = [("X-Ca-Key", "203753385"), ("X-Ca-Signature", "eA==")]
        status, headers, body = ask(address, "GET", "/thumb/ocr?url=%E5%9B%BE", request)
    assert (status, headers["content-length"], body) == (403, "0", b"")
    assert headers["server"].startswith("Kaede/")
    shown = headers["x-ca-error-message"].encode("latin-1").decode()
    assert shown == "Invalid Signature, Server StringToSign:`GET#####/thumb/ocr?url=图`"


class WithLifespan:
    """The market's app with the lifespan that a server expects."""

    def __init__(self, market: Market) -> None:
        self._market = market

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def] # ASGI
        if scope["type"] == "http":
            await self._market.app(scope, receive, send)
            return
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
