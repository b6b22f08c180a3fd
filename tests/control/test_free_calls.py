"""The free requests of a new customer: a scenario in which they run out, and their cost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mockocr.core.http import dump_json
from tests.asgi import ask
from tests.conformance import CASES, mock, send, signed_request

SCENARIO = Path(__file__).parents[2] / "fixtures/scenarios/tupu-free-calls.toml"
TUPU = "tupu.general_ocr"
MARKET = "aliyun_market.ocr"


def status(to: Any, id: str) -> int:
    return int(send(to, signed_request(CASES[id])).status)


def test_fifty_requests_are_free_and_the_next_one_is_refused() -> None:
    to = mock()
    kind = ("Content-Type", "application/toml")
    played = ask(to.asgi, "POST", "/_mockocr/scenario", [kind], SCENARIO.read_bytes())
    assert played.json["quotas"][0]["left"] == 50
    assert [status(to, TUPU) for _ in range(51)] == [200] * 50 + [403]
    row: Any = ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]
    assert (row["problem"], row["why"]) == (
        "quota_exceeded",
        "dev has used up all 50 requests for tupu.general_ocr",
    )
    (line,) = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    assert (line["calls"], line["billable"], line["free"], line["cost"]) == (51, 50, 50, 0)
    assert line["price_source"].startswith("doc: tupu.apistd.com")


def test_without_the_scenario_there_is_no_quota() -> None:
    to = mock()
    assert ask(to.asgi, "GET", "/_mockocr/quotas").json == {"quotas": []}
    assert status(to, TUPU) == 200


def test_a_price_names_its_source() -> None:
    to = mock()
    assert CASES[MARKET].operation.price is not None
    assert status(to, MARKET) == 200
    document = ask(to.asgi, "GET", "/_mockocr/bill").json
    (line,) = document["rows"]
    assert (line["price"], line["cost"]) == (0.02, 0.02)
    assert "20000 yuan for a million calls" in line["price_source"]
    assert dump_json(document["total"]) == (
        b'{"calls":1,"billable":1,"cost":0.02,"costs":{"CNY":0.02}}'
    )
