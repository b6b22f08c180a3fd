"""Fresh accounts work at once, are identified by their credentials, and are deleted completely."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockocr.core.account import Account, Credential
from tests.control.acme import Client, mock


async def code(client: Client) -> Any:
    return (await client.read()).json["code"]


def test_a_fresh_account_has_credentials_for_every_vendor_and_they_work() -> None:
    async def go() -> tuple[Any, Any]:
        to = mock()
        made = await Client(to).control("POST", "/accounts", None, 201)
        await Client(to, made["credentials"]["acme"]).read()
        return made, (await Client(to).control("GET", "/requests"))["requests"][0]

    made, entry = asyncio.run(go())
    assert set(made["credentials"]["acme"]) == {"key", "secret"}
    assert (entry["account"], entry["status"]) == (made["name"], 200)


def test_two_fresh_accounts_share_nothing() -> None:
    async def go() -> tuple[Any, Any]:
        client = Client(mock())
        return await client.control("POST", "/accounts"), await client.control("POST", "/accounts")

    one, two = asyncio.run(go())
    assert one["name"] != two["name"]
    assert not set(one["credentials"]["acme"].values()) & set(two["credentials"]["acme"].values())


@pytest.mark.parametrize(
    ("state", "answer"),
    [("active", 0), ("disabled", 23), ("unsubscribed", 23), ("expired", 25), ("arrears", 24)],
)
def test_a_key_in_a_bad_state_gets_the_vendors_own_refusal(state: str, answer: int) -> None:
    async def go() -> Any:
        to = mock()
        made = await Client(to).control("POST", "/accounts", {"state": state}, 201)
        return await code(Client(to, made["credentials"]["acme"]))

    assert asyncio.run(go()) == answer


def test_a_key_expires_on_the_tests_clock() -> None:
    async def go() -> list[Any]:
        to = mock()
        made = await Client(to).control("POST", "/accounts", {"until": "2026-01-02T04:00:00Z"}, 201)
        client = Client(to, made["credentials"]["acme"])
        before = await code(client)
        await client.control("PUT", "/clock", {"advance": 3600})
        return [before, await code(client)]

    assert asyncio.run(go()) == [0, 25]


def test_an_account_may_have_several_keys_each_with_a_state() -> None:
    async def go() -> list[Any]:
        to = mock()
        keys = {"acme": [{"values": {"key": "old"}, "state": "disabled"}, {"values": {"key": "n"}}]}
        made = await Client(to).control("POST", "/accounts", {"name": "two", "keys": keys}, 201)
        return [await code(Client(to, key["values"])) for key in made["keys"]]

    assert asyncio.run(go()) == [23, 0]


def test_a_deleted_account_is_unknown_and_its_rules_are_deleted() -> None:
    async def go() -> list[Any]:
        to = mock()
        client = Client(to)
        made = await client.control("POST", "/accounts", {"name": "gone"}, 201)
        await client.control("POST", "/faults", {"fault": "reset", "account": "gone"}, 201)
        await client.control("POST", "/answers", {"lines": [], "account": "gone"}, 201)
        await client.control("PUT", "/quotas/gone/acme.read", {"left": 1})
        await client.control("PUT", "/clock", {"now": "2030-01-01T00:00:00Z", "account": "gone"})
        await client.control("DELETE", "/accounts/gone", status=204)
        return [
            await code(Client(to, made["credentials"]["acme"])),
            (await client.control("GET", "/faults"))["faults"],
            (await client.control("GET", "/answers"))["answers"],
            (await client.control("GET", "/quotas"))["quotas"],
            to.clock.now("gone") == to.clock.now(),
            (await client.refusal("DELETE", "/accounts/gone"))[0],
            (await client.refusal("GET", "/accounts/gone"))[0],
        ]

    assert asyncio.run(go()) == [21, [], [], [], True, 404, 404]


def test_accounts_of_the_settings_exist_beside_dev_and_cannot_be_deleted() -> None:
    async def go() -> list[Any]:
        key = Credential("acme", {"key": "k1", "secret": "s1"})
        to = mock(accounts=[Account("team", (key,))])
        client = Client(to)
        await client.control("POST", "/reset")
        names = [a["name"] for a in (await client.control("GET", "/accounts"))["accounts"]]
        status, _ = await client.refusal("DELETE", "/accounts/team")
        return [names, status, await code(Client(to, key.values)), await code(client)]

    assert asyncio.run(go()) == [["dev", "team"], 409, 0, 0]


@pytest.mark.parametrize(
    ("value", "status", "part"),
    [
        ({"name": "dev"}, 409, "already an account 'dev'"),
        ({"name": "a/b"}, 400, "letters, digits"),
        ({"name": 5}, 400, "letters, digits"),
        ({"state": "rich"}, 400, "one of active, arrears, disabled, expired, unsubscribed"),
        ({"until": "soon"}, 400, "a time like"),
        ({"keys": {"globex": [{}]}}, 400, "there are acme"),
        ({"keys": {"acme": {}}}, 400, "keys.acme of an account must be a list, not an object"),
        ({"keys": {"acme": [{"values": {"pin": "1"}}]}}, 400, "it has key, secret"),
        (
            {"keys": {"acme": [{"values": {"key": 1}}]}},
            400,
            "keys.acme[0]: values.key of a key",
        ),
        ({"keys": {"acme": [5]}}, 400, "keys.acme[0] of an account must be an object, not 5"),
        ({"keys": 5}, 400, "keys of an account must be an object, not 5"),
        ({"nme": "x"}, 400, "no field 'nme' (did you mean 'name'?); it has name, state"),
        ([], 400, "JSON object"),
    ],
)
def test_a_wrong_account_is_refused_with_one_sentence(value: Any, status: int, part: str) -> None:
    found, sentence = asyncio.run(Client(mock()).refusal("POST", "/accounts", value))
    assert found == status
    assert part in sentence


def test_lenient_auth_accepts_a_wrong_signature_and_journals_what_strict_auth_says() -> None:
    async def go() -> tuple[Any, Any, Any]:
        client = Client(mock(auth="lenient"), {"key": "acme-dev-key", "secret": "wrong"})
        unknown_client = Client(client.mock, {"key": "nobody", "secret": "wrong"})
        codes = await code(client), await code(unknown_client)
        return *codes, (await client.control("GET", "/requests"))["requests"][1]

    known, unknown, entry = asyncio.run(go())
    assert (known, unknown) == (0, 0)
    assert entry["why"].startswith("strict auth would refuse: the signature does not match")
