"""An analysis runs for a settable time, lives for 24 hours, can be deleted, and fails in words."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockocr.app import Mock, build
from mockocr.control.state.clock import Clock
from mockocr.control.state.store.redis import Redis
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.image import Image
from mockocr.core.recognition import Recognition
from tests.asgi import ask, ask_async
from tests.conformance import mock
from tests.exchange import DEFAULT_TIME
from tests.recognitions import HELLO, Reader
from tests.redis_server import redis_server
from tests.vendors.azure.calls import HOST, KEY, LAYOUT, OCTETS, READ, blank, call, location

DELAYED = {"azure": {"async_delay": "3"}}
READ_32 = "/vision/v3.2/read/analyze"
HEADERS = (("Host", HOST), ("Ocp-Apim-Subscription-Key", KEY), ("Content-Type", OCTETS))
SUBMITS = pytest.mark.parametrize("submit", [READ, READ_32], ids=["analysis", "read"])


class Failing:
    """An engine that cannot read."""

    name = "failing"

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition:
        raise ApiError(ErrorKind.ENGINE_FAILED, "the engine is broken")


def failing() -> Mock:
    clock = Clock()
    clock.freeze(DEFAULT_TIME)
    return build(engine=Failing(), clock=clock)


@SUBMITS
def test_an_operation_is_running_until_its_time_has_passed_on_the_tests_clock(submit: str) -> None:
    to = mock(options=DELAYED)
    path = location(call(to, "POST", submit, blank()))
    to.clock.advance(2.9)
    running = call(to, "GET", path)
    assert running.json["status"] == "running"
    assert "analyzeResult" not in running.json
    to.clock.advance(0.2)
    done = call(to, "GET", path)
    assert done.json["status"] == "succeeded"
    assert done.json["createdDateTime"] == "2026-01-02T03:04:05Z"
    assert done.json["lastUpdatedDateTime"] == "2026-01-02T03:04:08Z"
    assert done.header("retry-after") == ""


def test_a_running_analysis_says_when_to_ask_again() -> None:
    to = mock(options=DELAYED)
    accepted = call(to, "POST", READ, blank())
    assert accepted.header("retry-after") == "1"
    assert call(to, "GET", location(accepted)).header("retry-after") == "1"


@pytest.mark.parametrize(("submit", "hours"), [(READ, 24), (READ_32, 48)], ids=["analysis", "read"])
def test_a_result_is_kept_for_the_documented_time(submit: str, hours: int) -> None:
    to = mock()
    path = location(call(to, "POST", submit, blank()))
    to.clock.advance(hours * 3600 - 1)
    assert call(to, "GET", path).status == 200
    to.clock.advance(1)
    assert call(to, "GET", path).status == 404


def test_a_deleted_result_is_gone() -> None:
    to = mock()
    path = location(call(to, "POST", READ, blank()))
    assert call(to, "DELETE", path).status == 204
    assert call(to, "GET", path).json["error"]["innererror"]["code"] == "OperationNotFound"
    assert call(to, "DELETE", path).status == 404


def test_a_result_belongs_to_its_model_and_its_account() -> None:
    to = mock()
    path = location(call(to, "POST", READ, blank()))
    assert call(to, "GET", path.replace("prebuilt-read", "prebuilt-layout")).status == 404
    made = ask(to.asgi, "POST", "/_mockocr/accounts", body=b"{}").json
    other = made["credentials"]["azure"]
    assert call(to, "GET", path, key=other["key"]).status == 404
    assert call(to, "GET", path, key="mockocrdev" * 8 + "key2").status == 200


def test_the_id_of_an_operation_is_that_of_its_request() -> None:
    accepted = call(mock(), "POST", LAYOUT, blank())
    id = accepted.header("apim-request-id")
    assert f"/analyzeResults/{id}?" in location(accepted)
    assert id.replace("-", "") == accepted.header("x-mockocr-request")


def test_an_analysis_that_cannot_be_read_fails_with_the_services_error() -> None:
    to = failing()
    answer = call(to, "GET", location(call(to, "POST", READ, blank())))
    assert (answer.status, answer.json["status"]) == (200, "failed")
    assert answer.json["error"] == {
        "code": "InternalServerError",
        "message": "An unexpected error occurred.",
        "innererror": {"code": "Unknown", "message": "Unknown error."},
    }


def test_a_read_that_cannot_be_read_fails_with_an_error_in_its_result() -> None:
    to = failing()
    answer = call(to, "GET", location(call(to, "POST", READ_32, blank())))
    assert (answer.status, answer.json["status"]) == (200, "failed")
    assert answer.json["analyzeResult"] == {
        "version": "3.2.0",
        "readResults": [],
        "errors": [{"code": "FailedToProcess", "message": "The image could not be processed."}],
    }


def test_a_fault_makes_an_operation_fail() -> None:
    to = mock()
    path = location(call(to, "POST", READ, blank()))
    fault = b'{"operation":"azure.analyze_document_result","fault":"error=failed_InvalidContent"}'
    assert ask(to.asgi, "POST", "/_mockocr/faults", body=fault).status == 201
    answer = call(to, "GET", path)
    assert (answer.status, answer.json["status"]) == (200, "failed")
    assert answer.json["error"]["innererror"]["code"] == "InvalidContent"
    assert call(to, "GET", path).json["status"] == "succeeded"


def test_another_replica_with_the_same_redis_answers_the_polls() -> None:
    async def go(address: str) -> Any:
        first, second = (build(engine=Reader(HELLO), store=Redis(address)) for _ in range(2))
        accepted = await ask_async(first.asgi, "POST", READ, HEADERS, blank())
        await first.finish_jobs()
        answer = await ask_async(second.asgi, "GET", location(accepted), HEADERS)
        for one in (first, second):
            await one.store.aclose()  # type: ignore[attr-defined]  # Redis has it
        return answer.json

    with redis_server() as server:
        answer = asyncio.run(go(server.address))
    assert answer["status"] == "succeeded"
    assert answer["analyzeResult"]["content"] == "发票 Invoice 2026\n合计:1280.50"


def test_a_searchable_document_is_made_with_the_result_and_deleted_with_it() -> None:
    to = mock()
    path = location(call(to, "POST", f"{READ}&output=pdf", blank()))
    document, query = path.split("?")
    made = call(to, "GET", f"{document}/pdf?{query}")
    assert (made.status, made.header("content-type")) == (200, "application/pdf")
    assert made.body.startswith(b"%PDF-")
    assert call(to, "DELETE", path).status == 204
    assert call(to, "GET", f"{document}/pdf?{query}").status == 404
