"""Quotas and rates refuse exactly when they are used up, and follow the test's clock."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockocr.core.errors import ApiError, ErrorKind
from tests.control.acme import Client, Eyes, mock


async def statuses(client: Client, count: int, **options: Any) -> list[int]:
    return [(await client.read(**options)).status for _ in range(count)]


def test_8_concurrent_clients_get_exactly_the_100_requests_of_a_quota() -> None:
    async def go() -> tuple[list[int], Any]:
        to = mock()
        await Client(to).control("PUT", "/quotas/dev/acme.read", {"left": 100})
        gate = asyncio.Event()

        class Slow(Eyes):
            async def recognize(self, image: Any, options: Any) -> Any:
                await asyncio.sleep(0.001)
                return await super().recognize(image, options)

        slow = Client(mock(engine=Slow(), store=to.store))

        async def one() -> list[int]:
            await gate.wait()
            return await statuses(slow, 20)

        clients = [asyncio.create_task(one()) for _ in range(8)]
        gate.set()
        found = [status for client in clients for status in await client]
        return found, await slow.control("GET", "/quotas/dev/acme.read")

    found, quota = asyncio.run(go())
    assert (found.count(200), found.count(403)) == (100, 60)
    assert (quota["left"], quota["used"]) == (0, 100)


def test_a_request_that_is_not_billed_is_given_back() -> None:
    async def go() -> tuple[list[int], int]:
        client = Client(mock())
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 2})
        bad = await statuses(client, 3, body=b"broken")
        left = (await client.control("GET", "/quotas/dev/acme.read"))["left"]
        return bad + await statuses(client, 3), left

    assert asyncio.run(go()) == ([400, 400, 400, 200, 200, 403], 2)


def test_a_used_up_quota_is_answered_in_the_vendors_words_and_journaled() -> None:
    async def go() -> tuple[Any, Any]:
        client = Client(mock())
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 0})
        answer = await client.read()
        return answer.json, (await client.control("GET", "/requests"))["requests"][0]

    answer, entry = asyncio.run(go())
    assert answer == {"code": 9, "message": "no calls left, buy more"}
    assert entry["why"] == "dev has used up all 0 requests for acme.read"
    assert entry["problem"] == "quota_exceeded"


def test_a_rate_counts_per_second_of_the_tests_clock() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        await client.control("PUT", "/quotas/dev/acme.read", {"per_second": 2})
        found = await statuses(client, 3)
        await client.control("PUT", "/clock", {"advance": 1})
        return found + await statuses(client, 3)

    assert asyncio.run(go()) == [200, 200, 429, 200, 200, 429]


def test_a_rate_also_counts_requests_that_are_not_billed() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        await client.control("PUT", "/clock", {"now": "2026-01-02T03:04:05Z"})
        await client.control("PUT", "/quotas/dev/acme.read", {"per_second": 2})
        return await statuses(client, 2, body=b"broken") + await statuses(client, 1)

    assert asyncio.run(go()) == [400, 400, 429]


def test_a_daily_quota_is_renewed_on_the_next_day_of_the_tests_clock() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        await client.control("PUT", "/quotas/dev/acme.read", {"per_day": 1})
        found = await statuses(client, 2)
        await client.control("PUT", "/clock", {"now": "2026-01-02T23:59:59Z"})
        found += await statuses(client, 1)
        await client.control("PUT", "/clock", {"advance": 1})
        return found + await statuses(client, 2)

    assert asyncio.run(go()) == [200, 403, 403, 200, 403]


def test_a_request_over_the_rate_uses_no_quota() -> None:
    async def go() -> Any:
        client = Client(mock())
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 5, "per_second": 1})
        await statuses(client, 3)
        return await client.control("GET", "/quotas/dev/acme.read")

    assert asyncio.run(go())["left"] == 4


def test_a_new_limit_keeps_the_others_and_null_removes_one() -> None:
    async def go() -> tuple[Any, Any]:
        client = Client(mock())
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 5})
        both = await client.control("PUT", "/quotas/dev/acme.read", {"per_second": 3})
        return both, await client.control("PUT", "/quotas/dev/acme.read", {"left": None})

    both, lifted = asyncio.run(go())
    assert (both["left"], both["per_second"]) == (5, 3)
    assert (lifted["left"], lifted["per_second"]) == (None, 3)


def test_a_new_limit_does_not_restart_the_others() -> None:
    async def go() -> Any:
        client = Client(mock())
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 5})
        await statuses(client, 2)
        return await client.control("PUT", "/quotas/dev/acme.read", {"per_day": 50})

    assert asyncio.run(go())["left"] == 3


def test_a_request_in_flight_is_not_given_back_to_a_newer_quota() -> None:
    async def go() -> int:
        started, go_on = asyncio.Event(), asyncio.Event()

        class Waiting(Eyes):
            async def recognize(self, image: Any, options: Any) -> Any:
                started.set()
                await go_on.wait()
                raise ApiError(ErrorKind.ENGINE_FAILED, "on purpose")

        client = Client(mock(engine=Waiting()))
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 5})
        request = asyncio.create_task(client.read())
        await started.wait()
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 1})
        go_on.set()
        await request
        return int((await client.control("GET", "/quotas/dev/acme.read"))["left"])

    assert asyncio.run(go()) == 1


@pytest.mark.parametrize(("pattern", "scan"), [("acme.read", 200), ("acme.*", 403), ("*", 403)])
def test_a_quota_applies_to_one_operation_or_to_a_pattern(pattern: str, scan: int) -> None:
    async def go() -> list[int]:
        client = Client(mock())
        await client.control("PUT", f"/quotas/dev/{pattern}", {"left": 0})
        return [(await client.read()).status, (await client.read("scan")).status]

    assert asyncio.run(go()) == [403, scan]


def test_a_quota_applies_to_its_account_only() -> None:
    async def go() -> list[int]:
        to = mock()
        made = await Client(to).control("POST", "/accounts", {}, 201)
        other = Client(to, made["credentials"]["acme"])
        await other.control("PUT", f"/quotas/{made['name']}/acme.read", {"left": 0})
        return [(await other.read()).status, (await Client(to).read()).status]

    assert asyncio.run(go()) == [403, 200]


@pytest.mark.parametrize(
    ("path", "value", "status", "part"),
    [
        ("nobody/acme.read", {"left": 1}, 404, "there are dev"),
        ("dev/acme.write", {"left": 1}, 404, "acme.read, acme.scan"),
        ("dev/acme.read", {"left": -1}, 400, "left"),
        ("dev/acme.read", {"left": "3"}, 400, "left of a quota must be a whole number"),
        ("dev/acme.read", {"left": 1.5}, 400, "whole"),
        ("dev/acme.read", {}, 400, "left"),
        ("dev/acme.read", {"right": 1}, 400, "left"),
        ("dev/acme.read", {"left": 1, "right": 1}, 400, "no field 'right'"),
        ("dev/acme.read", [1], 400, "a list"),
        ("dev/acme.read", b"left=1", 400, "not JSON"),
    ],
)
def test_a_wrong_quota_is_refused_with_one_sentence(
    path: str, value: Any, status: int, part: str
) -> None:
    found, sentence = asyncio.run(Client(mock()).refusal("PUT", f"/quotas/{path}", value))
    assert found == status
    assert part in sentence


def test_an_unknown_quota_is_not_found_and_a_deleted_one_has_no_effect() -> None:
    async def go() -> tuple[int, int]:
        client = Client(mock())
        status, _ = await client.refusal("GET", "/quotas/dev/acme.read")
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 0})
        await client.control("DELETE", "/quotas/dev/acme.read", status=204)
        return status, (await client.read()).status

    assert asyncio.run(go()) == (404, 200)
