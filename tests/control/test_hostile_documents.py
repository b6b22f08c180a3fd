"""Control documents that would break later requests are refused with a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import pytest

from mockocr.app import build
from mockocr.control.state.clock import Clock
from tests.conformance import CASES, signed_request
from tests.recognitions import Reader
from tests.sockets import ask, served

Address = tuple[str, int]
JSON = (("Content-Type", "application/json"),)
MANY = "1" * 400


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    with served(build(engine=Reader()).asgi) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("faults", f'{{"fault":"reset","times":{MANY}}}', "an integer has 400 digits"),
        ("faults", f'{{"fault":"reset","seed":{MANY}}}', "an integer has 400 digits"),
        ("faults", '{"fault":"reset","seed":"\\ud800"}', "seed must be valid Unicode"),
        ("answers", '{"lines":["a"],"seed":"\\ud800"}', "seed must be valid Unicode"),
        ("answers", json.dumps({"lines": ["1" * 1_000_000]}), "1000000 characters; the limit is"),
        ("answers", json.dumps({"lines": [{"text": "1" * 1001}]}), "1001 characters"),
    ],
)
def test_it_is_refused_and_later_requests_are_answered(
    address: Address, path: str, body: str, reason: str
) -> None:
    status, _, got = ask(address, "POST", f"/_mockocr/{path}", JSON, body.encode())
    assert (status, reason in json.loads(got)["error"]) == (400, True), got
    request = signed_request(CASES["tencent.general"])
    answer = ask(address, request.method, request.target, request.headers, request.body)
    assert answer[1]["content-type"].startswith("application/json"), answer


def test_a_request_body_with_an_integer_of_400_digits_is_the_vendors_bad_body(
    address: Address,
) -> None:
    body = f'{{"auth":{MANY}}}'.encode()
    status, headers, _ = ask(address, "POST", "/v3/auth/tokens", JSON, body)
    row = json.loads(ask(address, "GET", f"/_mockocr/requests/{headers['x-mockocr-request']}")[2])
    assert (status, row["problem"]) == (400, "bad_body")


def test_a_defect_around_the_pipeline_is_answered_by_the_vendor() -> None:
    broken: list[bool] = []

    class BreakingClock(Clock):
        def now(self, account: str = "") -> datetime:
            if broken and broken.pop():
                return super().now(account)
            if broken:
                raise RuntimeError("a defect")
            return super().now(account)

    mock = build(engine=Reader(), clock=BreakingClock())
    request = signed_request(CASES["tencent.general"])
    with served(mock.asgi) as address:
        broken += [False, True]
        status, headers, body = ask(
            address, request.method, request.target, request.headers, request.body
        )
        broken.clear()
    assert status >= 400
    assert "code" in json.loads(body)
    assert headers["x-mockocr-request"]
