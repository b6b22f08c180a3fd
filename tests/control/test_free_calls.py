"""The free calls of a new customer: a scenario that runs out, and a bill that knows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mockocr.app import Mock
from mockocr.client.sender import forms
from mockocr.core.http import dump_json
from mockocr.core.request_example import SampleImage
from tests.asgi import ask
from tests.conformance import VENDORS, key, mock
from tests.exchange import picture

SCENARIO = Path(__file__).parents[2] / "fixtures/scenarios/tupu-free-calls.toml"
TUPU = VENDORS["tupu"]


def read(to: Mock) -> int:
    form = forms(TUPU)[0]
    request = TUPU.sign(form.build(SampleImage(picture("hello.png")), TUPU.credentials), key(TUPU))
    return ask(to.asgi, request.method, request.target, request.headers, request.body).status


def test_fifty_calls_are_free_and_the_next_one_is_refused() -> None:
    to = mock()
    kind = ("Content-Type", "application/toml")
    played = ask(to.asgi, "POST", "/_mockocr/scenario", [kind], SCENARIO.read_bytes())
    assert played.json["quotas"][0]["left"] == 50
    assert [read(to) for _ in range(51)] == [200] * 50 + [403]
    row: Any = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
    assert (row["problem"], row["why"]) == (
        "quota_exceeded",
        "dev has used up all 50 calls of tupu.general_ocr",
    )
    (line,) = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    assert (line["calls"], line["billable"], line["free"], line["cost"]) == (51, 50, 50, 0)
    assert line["price_source"].startswith("doc: tupu.apistd.com")


def test_without_the_scenario_nobody_counts() -> None:
    to = mock()
    assert ask(to.asgi, "GET", "/_mockocr/quotas").json == {"quotas": []}
    assert read(to) == 200


def test_a_price_says_where_it_is_stated() -> None:
    to = mock()
    market = VENDORS["aliyun_market"]
    (price,) = (o.price for o in market.operations if o.name == "ocr")
    assert price is not None
    form = next(f for f in forms(market) if f.operation == "ocr")
    request = market.sign(
        form.build(SampleImage(picture("hello.png")), market.credentials), key(market)
    )
    assert ask(to.asgi, request.method, request.target, request.headers, request.body).status == 200
    document = ask(to.asgi, "GET", "/_mockocr/bill").json
    (line,) = document["rows"]
    assert (line["price"], line["cost"]) == (0.02, 0.02)
    assert "20000 yuan for a million calls" in line["price_source"]
    assert dump_json(document["total"]) == b'{"calls":1,"billable":1,"cost":0.02}'
