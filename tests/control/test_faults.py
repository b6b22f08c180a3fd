"""Every fault has its effect on the right requests as often as it should; others are refused."""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any

import pytest

from mockocr.control.faults.fault_spec import parse_fault
from tests.asgi import Answer
from tests.control.acme import NAMED, Client, mock


def run(fault: Any, calls: int = 1, **order: Any) -> list[Answer]:
    """Queue a fault and send `calls` requests."""

    async def go() -> list[Answer]:
        client = Client(mock())
        await client.control("POST", "/faults", {"fault": fault, **order}, 201)
        return [await client.read() for _ in range(calls)]

    return asyncio.run(go())


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row.message)
def test_an_error_is_chosen_by_the_message_of_its_entry(row: Any) -> None:
    (answer,) = run(f"error={row.message}")
    assert (answer.status, answer.json["code"]) == (row.status, row.code)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [("-9003", 666, -9003), ("9", 403, 9), ("50", 500, 50)],
)
def test_an_error_is_chosen_by_the_vendors_code(error: str, status: int, code: int) -> None:
    (answer,) = run(f"error={error}")
    assert (answer.status, answer.json["code"]) == (status, code)


@pytest.mark.parametrize(
    ("problem", "code"),
    [("quota_exceeded", 9), ("rate_limited", 10), ("bad_signature", 20), ("busy", 99)],
)
def test_an_error_is_chosen_by_a_neutral_kind(problem: str, code: int) -> None:
    (answer,) = run(f"error={problem}")
    assert answer.json["code"] == code


def test_an_injected_error_has_its_fields_filled() -> None:
    (answer,) = run("error=20")
    assert answer.json["message"] == "bad signature for some-key"


def test_a_message_with_a_comma_and_a_fault_name_in_it_is_one_error() -> None:
    start = time.perf_counter()
    (answer,) = run("error=odd, reset by peer, delay=0.05")
    assert answer.json["code"] == -9003
    assert time.perf_counter() - start >= 0.05


def test_a_fault_is_used_for_so_many_requests_and_the_next_one_is_answered() -> None:
    answers = run("error=9", calls=4, times=2)
    assert [answer.status for answer in answers] == [403, 403, 200, 200]


def test_a_fault_is_used_once_by_default() -> None:
    assert [answer.status for answer in run("error=9", calls=2)] == [403, 200]


def test_a_fault_without_a_limit_is_used_for_every_request() -> None:
    assert {answer.status for answer in run("error=9", calls=5, times=None)} == {403}


def test_after_skips_the_first_requests() -> None:
    answers = run("error=9", calls=4, after=2)
    assert [answer.status for answer in answers] == [200, 200, 403, 200]


def test_queued_faults_are_used_one_after_the_other() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        for fault in ("error=9", "error=10"):
            await client.control("POST", "/faults", {"fault": fault})
        return [(await client.read()).status for _ in range(3)]

    assert asyncio.run(go()) == [403, 429, 200]


def test_requests_count_for_a_fault_behind_another() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        await client.control("POST", "/faults", {"fault": "error=9", "times": 2})
        await client.control("POST", "/faults", {"fault": "error=10", "after": 3})
        return [(await client.read()).status for _ in range(5)]

    assert asyncio.run(go()) == [403, 403, 200, 429, 200]


def test_a_probability_draws_the_same_with_the_same_seed() -> None:
    order = {"times": None, "probability": 0.5, "seed": "s"}
    first = [answer.status for answer in run("error=9", calls=40, **order)]
    again = [answer.status for answer in run("error=9", calls=40, **order)]
    assert first == again
    assert 8 <= first.count(403) <= 32


@pytest.mark.parametrize(("pattern", "hit"), [("acme.scan", False), ("acme.*", True), ("*", True)])
def test_a_fault_applies_to_one_operation_or_to_a_pattern(pattern: str, hit: bool) -> None:
    (answer,) = run("error=9", operation=pattern)
    assert (answer.status == 403) is hit


def test_a_fault_of_one_account_does_not_affect_others() -> None:
    async def go() -> list[int]:
        to = mock()
        made = await Client(to).control("POST", "/accounts", {"name": "mine"}, 201)
        mine = Client(to, made["credentials"]["acme"])
        await mine.control("POST", "/faults", {"fault": "error=9", "account": "mine"}, 201)
        return [(await Client(to).read()).status, (await mine.read()).status]

    assert asyncio.run(go()) == [200, 403]


def test_a_fault_in_the_header_leaves_the_queue_unchanged() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        await client.control("POST", "/faults", {"fault": "error=9"})
        header = [("X-Mockocr-Fault", "error=10")]
        answers = [await client.read(headers=header), await client.read(), await client.read()]
        return [answer.status for answer in answers]

    assert asyncio.run(go()) == [429, 403, 200]


def test_an_unknown_fault_in_the_header_is_reported_and_journaled() -> None:
    async def go() -> tuple[Answer, Any]:
        client = Client(mock())
        answer = await client.read(headers=[("X-Mockocr-Fault", "explode")])
        return answer, (await client.control("GET", "/requests"))["requests"][0]

    answer, entry = asyncio.run(go())
    assert answer.status == 400
    assert "there is no fault 'explode'; there are error=" in answer.json["error"]
    assert "explode" in entry["why"]


@pytest.mark.parametrize("wrong", ["-0.1", "nan", "1e9", "soon", "lognormal:1", "lognormal:0:1"])
def test_a_wrong_delay_is_refused_when_it_is_queued(wrong: str) -> None:
    assert "delay" in refused({"fault": f"delay={wrong}"})


@pytest.mark.parametrize(
    ("order", "part"),
    [
        ({"fault": "explode"}, "drop_lines=<share>"),
        ({"fault": "error=" + "x" * 100_000}, "at most 2000 characters"),
        ({"fault": "reset", "operation": "x" * 100_000}, "… (1000"),
        ({"fault": "error=4711"}, "acme has the codes 9, 10, 20"),
        ({"fault": "error=4711"}, "rate_limited"),
        ({"fault": "status=42"}, "from 200 to 999"),
        ({"fault": "status=200.5"}, "whole number"),
        ({"fault": "drip=0"}, "drip"),
        ({"fault": "fade=2"}, "from 0 to 1"),
        ({"fault": "reset, empty"}, "exclude"),
        ({"fault": "error=9, status=500"}, "exclude each other"),
        ({"fault": "error=9, fade=0.5"}, "nothing is read"),
        ({"fault": "reset, drip=10"}, "no answer"),
        ({"fault": "drip=10, truncated"}, "drip and truncated exclude each other"),
        ({"fault": "delay=1, delay=2"}, "twice"),
        ({"fault": 7}, "fault of a fault must be a string, not 7"),
        ({}, "needs fault"),
        ({"fault": "reset", "times": 0}, "times"),
        ({"fault": "reset", "times": "2"}, "times of a fault must be a whole number"),
        ({"fault": "reset", "times": True}, "times"),
        ({"fault": "reset", "after": -1}, "after"),
        ({"fault": "reset", "probability": 1.5}, "from 0 to 1"),
        ({"fault": "reset", "time": 1}, "no field 'time' (did you mean 'times'?); it has"),
        ({"fault": "reset", "operation": "acme.write"}, "acme.read, acme.scan"),
        (
            {"fault": "reset", "operation": ["x"]},
            "operation of a fault must be a string",
        ),
        ({"fault": "reset", "account": "nobody"}, "there are dev"),
        ([], "must be a JSON object, not a list"),
        (b"{", "not JSON"),
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[" * 200_000, "not JSON"),
    ],
)
def test_a_wrong_fault_is_refused_with_one_sentence(order: Any, part: str) -> None:
    assert part in refused(order)


def test_faults_show_used_and_left_and_can_be_deleted() -> None:
    async def go() -> None:
        client = Client(mock())
        order = {"fault": "error=9", "times": 3, "operation": "acme.read"}
        id = (await client.control("POST", "/faults", order, 201))["id"]
        await client.read()
        (shown,) = (await client.control("GET", "/faults"))["faults"]
        assert (shown["id"], shown["seen"], shown["used"], shown["left"]) == (id, 1, 1, 2)
        await client.control("DELETE", f"/faults/{id}", status=204)
        await client.control("DELETE", f"/faults/{id}", status=404)
        assert (await client.read()).status == 200
        await client.control("POST", "/faults", order, 201)
        await client.control("DELETE", "/faults", status=204)
        assert (await client.read()).status == 200

    asyncio.run(go())


def test_times_holds_for_concurrent_requests() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        await client.control("POST", "/faults", {"fault": "error=9", "times": 7})
        answers = await asyncio.gather(*(client.read() for _ in range(40)))
        return [answer.status for answer in answers]

    assert asyncio.run(go()).count(403) == 7


def test_an_injected_error_is_journaled_and_not_billed() -> None:
    async def go() -> tuple[Any, Any]:
        client = Client(mock())
        await client.control("POST", "/faults", {"fault": "error=9"})
        await client.read()
        return (
            (await client.control("GET", "/requests"))["requests"][0],
            (await client.control("GET", "/bill"))["total"],
        )

    entry, total = asyncio.run(go())
    assert (entry["fault"], entry["why"]) == ("error=9", "a fault: error=9")
    assert (total["calls"], total["billable"]) == (1, 0)


def test_a_status_replaces_the_answer() -> None:
    (answer,) = run("status=502")
    assert (answer.status, answer.body) == (502, b"")


def test_a_random_delay_is_the_same_with_the_same_seed() -> None:
    delay = parse_fault("delay=lognormal:0.2:0.5", ()).delay
    drawn = [delay(random.Random(seed)) for seed in range(200)]
    assert drawn == [delay(random.Random(seed)) for seed in range(200)]
    assert 0.15 < sorted(drawn)[100] < 0.27
    assert max(drawn) > 0.3


def refused(order: Any) -> str:
    """The sentence with which a fault is refused."""
    return asyncio.run(Client(mock()).refusal("POST", "/faults", order))[1]


def test_every_kind_of_fault_comes_with_examples_that_can_be_queued() -> None:
    async def go() -> None:
        client = Client(mock())
        kinds = (await client.control("GET", "/faults"))["kinds"]
        assert len(kinds) > 10
        for kind in kinds:
            assert kind["help"]
            assert kind["syntax"]
            assert kind["examples"]
            for fault in kind["examples"]:
                await client.control("POST", "/faults", {"fault": fault}, 201)

    asyncio.run(go())
