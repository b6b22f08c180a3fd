"""The journal has every request within its limit, says why it was refused, and redacts secrets."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mockocr.control.journal.entry import MAX_BODY, iso
from mockocr.control.journal.request_detail import difference
from mockocr.core.errors import ApiError, ErrorKind
from tests.asgi import ask_async
from tests.control.acme import ACME, PICTURE, Client, Eyes, mock


async def entries(client: Client, query: str = "") -> list[Any]:
    return list((await client.control("GET", f"/requests{query}"))["requests"])


def test_a_request_is_journaled_with_every_field_of_its_row() -> None:
    async def go() -> tuple[Any, str]:
        client = Client(mock())
        answer = await client.read()
        return (await entries(client))[0], answer.header("x-mockocr-request")

    entry, id = asyncio.run(go())
    seconds = entry.pop("seconds")
    assert 0 < seconds < 5
    assert entry == {
        "id": id,
        "at": "2026-01-02T03:04:05.000Z",
        "vendor": "acme",
        "operation": "read",
        "account": "dev",
        "method": "POST",
        "target": "/read",
        "status": 200,
        "code": "0",
        "why": "",
        "problem": "",
        "fault": "",
    }


def test_an_unknown_path_is_journaled_too() -> None:
    async def go() -> list[Any]:
        client = Client(mock())
        await ask_async(client.mock.asgi, "GET", "/favicon.ico")
        await ask_async(client.mock.asgi, "GET", "/acme/read?x=1")
        return await entries(client)

    method, unknown = asyncio.run(go())
    assert (unknown["vendor"], unknown["operation"], unknown["status"]) == ("", "", 404)
    assert (method["vendor"], method["target"]) == ("acme", "/acme/read?x=1")
    assert method["why"] == "GET /read"


def test_the_newest_requests_come_first_and_filters_select_them() -> None:
    async def go() -> None:
        client = Client(mock())
        await client.read()
        await client.read("scan", b"broken")
        await client.control("PUT", "/clock", {"advance": 60})
        await Client(client.mock, {"key": "nobody", "secret": "x"}).read()
        for query, count in (
            ("", 3),
            ("?vendor=acme", 3),
            ("?operation=read", 2),
            ("?operation=acme.scan", 1),
            ("?account=dev", 2),
            ("?status=400", 1),
            ("?refused=true", 2),
            ("?refused=true&limit=1", 1),
            ("?refused=false", 1),
            ("?code=0", 1),
            ("?since=2026-01-02T03:05:00Z", 1),
            ("?since=2026-01-02T03:05:00%2B00:00", 1),
            ("?limit=2", 2),
            ("?limit=0", 0),
            ("?operation=read&status=401", 1),
        ):
            assert len(await entries(client, query)) == count, query
        assert [e["status"] for e in await entries(client)] == [401, 400, 200]

    asyncio.run(go())


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("?state=1", "status, refused, console, search, before, since, limit"),
        ("?status=ok", "whole number"),
        ("?limit=-1", "whole number"),
        ("?since=yesterday", "a time like"),
        ("?refused=maybe", "refused must be true or false, not 'maybe'"),
        ("?vendor=acmee", "there is no vendor 'acmee'; did you mean 'acme'?"),
        ("?operation=acme.raed", "there is no operation 'acme.raed'; did you mean 'acme.read'?"),
        ("?operation=raed", "there is no operation 'raed'; did you mean 'read'?"),
        (
            "?operation=zzz",
            "there is no operation 'zzz'; there are acme.read, acme.scan, read, scan",
        ),
        ("?account=dve", "there is no account 'dve'; did you mean 'dev'?"),
    ],
)
def test_a_wrong_filter_is_refused_with_one_sentence(query: str, part: str) -> None:
    assert part in asyncio.run(Client(mock()).refusal("GET", f"/requests{query}"))[1]


async def whole(client: Client, answer: Any) -> Any:
    return await client.control("GET", f"/requests/{answer.header('x-mockocr-request')}")


def test_a_wrong_signature_is_explained_with_both_strings_and_their_first_difference() -> None:
    async def go() -> Any:
        client = Client(mock(), {"key": "acme-dev-key", "secret": "wrong"})
        text = [("X-Text", "POST\n/scan\nabc")]
        return await whole(client, await client.read(headers=text))

    document = asyncio.run(go())
    assert document["why"] == "the signature does not match: wrong secret or changed body"
    assert document["problem"] == "bad_signature"
    evidence = document["evidence"]
    assert evidence["expected"].startswith("POST\n/read\n")
    assert evidence["received"] == "POST\n/scan\nabc"
    assert evidence["difference"]["byte"] == 6
    assert evidence["difference"]["received"].startswith("POST\n/scan")
    assert evidence["signature"] != evidence["expected_signature"]


def test_a_difference_is_counted_in_bytes() -> None:
    assert difference("abc", "abc") is None
    for expected, received, byte in (("发a", "发b", 3), ("abc", "ab", 2)):
        found = difference(expected, received)
        assert found is not None
        assert found["byte"] == byte


def test_a_request_in_full_shows_headers_parameters_picture_and_response() -> None:
    async def go() -> Any:
        client = Client(mock())
        return await whole(client, await client.read())

    document = asyncio.run(go())
    assert ["x-key", "acme…(12)"] in document["headers"]
    assert document["parameters"] == {"text": PICTURE.decode()}
    assert document["body"]["size"] == len(PICTURE)
    (picture,) = document["pictures"]
    assert (picture["width"], picture["height"], picture["size"]) == (640, 240, len(PICTURE))
    assert document["read"] == ["O0lO\ntwo\nthree\nfour"]
    assert document["answer"]["body"]["code"] == 0
    assert document["billed"] is True


@pytest.mark.parametrize(
    ("kind", "body", "where", "wanted"),
    [
        (
            "application/json; charset=utf-8",
            json.dumps({"image": "x" * 5000, "password": "hunter22"}).encode(),
            "json",
            {"image": "x" * 400 + "… (5000 characters)", "password": "hu…(8)"},
        ),
        (
            "application/x-www-form-urlencoded",
            b"url=a%20b&key=topsecretkey&url=c",
            "form",
            [["url", "a b"], ["key", "tops…(12)"], ["url", "c"]],
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'
            b"\xff\xd8\x00\r\n--b--\r\n",
            "multipart",
            [{"name": "image", "filename": "a.jpg", "type": "", "size": 3, "value": None}],
        ),
        ("multipart/form-data", b"x", "unreadable", "the Content-Type names no multipart boundary"),
        ("image/png", b"\x89PNG\x00", "binary", "5 bytes"),
    ],
)
def test_parameters_are_shown_with_long_values_cut_and_secrets_redacted(
    kind: str, body: bytes, where: str, wanted: Any
) -> None:
    async def go() -> Any:
        client = Client(mock())
        return await whole(client, await client.read(body=body, headers=[("Content-Type", kind)]))

    assert asyncio.run(go())["parameters"] == {where: wanted}


def test_secrets_are_redacted_everywhere() -> None:
    secret = ACME.credentials["secret"]

    async def go() -> str:
        client = Client(mock())
        headers = [
            ("Authorization", f"APPCODE {secret}"),
            ("X-Auth-Token", "MII-token-of-somebody"),
            ("X-Note", f"my secret is {secret}"),
        ]
        answer = await client.read(body=b"secret=" + secret.encode(), headers=headers)
        target = f"/read?key={secret}"
        await ask_async(client.mock.asgi, "POST", target, [("X-Key", "acme-dev-key")])
        shown = [await whole(client, answer), await entries(client)]
        return json.dumps(shown, ensure_ascii=False)

    text = asyncio.run(go())
    assert secret not in text
    assert "token-of-somebody" not in text
    assert "APPCODE acme…" in text


def test_the_journal_stays_within_its_limit_and_counts_evicted_requests() -> None:
    async def go() -> tuple[Any, tuple[int, int]]:
        client = Client(mock(journal_bytes=200_000))
        for number in range(50):
            await client.read(body=b"%5d" % number + b"x" * 20_000)
        return await client.control("GET", "/requests"), client.mock.journal.size

    document, (count, size) = asyncio.run(go())
    assert 4 <= count < 10
    assert count + document["evicted"] == 50
    assert size <= 200_000
    assert len(document["requests"]) == count


def test_the_same_body_is_kept_once() -> None:
    async def go() -> int:
        client = Client(mock(journal_bytes=1_000_000))
        for _ in range(40):
            await client.read(body=b"x" * 100_000)
        return client.mock.journal.evicted

    assert asyncio.run(go()) == 0


def test_the_journal_frees_all_bytes_of_evicted_requests() -> None:
    async def go() -> tuple[int, int]:
        client = Client(mock(journal_bytes=1))
        for _ in range(3):
            await client.read()
        return client.mock.journal.size

    assert asyncio.run(go()) == (0, 0)


def test_two_requests_with_one_id_are_counted_once() -> None:
    async def go() -> tuple[int, int]:
        client = Client(mock(ids=lambda: "0" * 32))
        await client.read()
        count, size = client.mock.journal.size
        await client.read()
        again, bytes_again = client.mock.journal.size
        assert again == count
        assert abs(bytes_again - size) < 10  # the measured time has more or fewer digits
        return count, size

    assert asyncio.run(go())[0] == 1


def test_the_beginning_and_the_size_of_a_long_body_are_kept() -> None:
    async def go() -> Any:
        client = Client(mock())
        return await whole(client, await client.read(body=b"y" * (MAX_BODY + 10)))

    document = asyncio.run(go())
    assert document["body"]["size"] == MAX_BODY + 10
    assert f"the first {MAX_BODY}" in document["parameters"]["note"]


def test_the_error_for_an_unknown_request_says_how_many_were_evicted() -> None:
    async def go() -> tuple[tuple[int, str], tuple[int, str]]:
        client = Client(mock(journal_bytes=1))
        before = await client.refusal("GET", "/requests/nix")
        await client.read()
        return before, await client.refusal("GET", "/requests/nix")

    before, after = asyncio.run(go())
    assert before == (404, "the journal has no request 'nix'")
    assert after == (404, "the journal has no request 'nix'; 1 were evicted")


def test_the_journal_can_be_cleared() -> None:
    async def go() -> list[Any]:
        client = Client(mock())
        await client.read()
        await client.control("DELETE", "/requests", status=204)
        return await entries(client)

    assert asyncio.run(go()) == []


def test_every_request_logs_one_line_with_the_reason(caplog: pytest.LogCaptureFixture) -> None:
    async def go() -> None:
        client = Client(mock())
        await client.read()
        await client.read(body=b"broken\nline")
        await client.control("POST", "/faults", {"fault": "error=9"})
        await client.read()
        await ask_async(client.mock.asgi, "GET", "/nix")

    with caplog.at_level(logging.INFO, logger="mockocr.requests"):
        asyncio.run(go())
    lines = [record.getMessage() for record in caplog.records]
    shapes = [" ".join(line.split(" ")[:3]) for line in lines]
    assert shapes == ["acme.read 200 0", "acme.read 400 99", "acme.read 403 9", "-.- 404 no_route"]
    assert lines[1].endswith("ms — no picture at all")
    assert lines[2].endswith("ms [fault error=9] — a fault: error=9")
    assert all(" ms" in line and "\n" not in line for line in lines)


def test_a_defect_of_an_engine_is_answered_with_the_vendors_own_error() -> None:
    class Broken(Eyes):
        async def recognize(self, image: Any, options: Any) -> Any:
            raise ZeroDivisionError("on purpose")

    async def go() -> tuple[Any, Any]:
        client = Client(mock(engine=Broken()))
        return await client.read(), (await entries(client))[0]

    answer, entry = asyncio.run(go())
    assert answer.json["code"] == 99
    assert entry["problem"] == "internal"


def test_a_long_reason_is_cut() -> None:
    async def go() -> Any:
        error = ApiError(ErrorKind.ENGINE_FAILED, "z" * 100_000)
        client = Client(mock(engine=Eyes(error)))
        await client.read()
        return (await entries(client))[0]

    assert len(asyncio.run(go())["why"]) < 700


def test_a_journal_of_0_bytes_evicts_every_request(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def go() -> tuple[Any, Any, Any]:
        client = Client(mock(journal_bytes=0))
        answer = await client.read()
        await client.read(body=b"broken")
        found = await client.control("GET", "/requests")
        gone = await client.refusal("GET", f"/requests/{answer.header('x-mockocr-request')}")
        await client.control("DELETE", "/requests", status=204)
        return found, gone, await client.control("GET", "/requests")

    with caplog.at_level(logging.INFO, logger="mockocr.requests"):
        found, gone, cleared = asyncio.run(go())
    assert (found["requests"], found["evicted"]) == ([], 2)
    assert gone[1].endswith("2 were evicted")
    assert cleared["evicted"] == 0
    assert [record.getMessage().split(" ")[1] for record in caplog.records] == ["200", "400"]


def test_a_removed_account_can_be_asked_for_while_the_journal_has_its_requests() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        made = await client.control("POST", "/accounts")
        assert await entries(client, f"?account={made['name']}") == []
        await Client(client.mock, made["credentials"]["acme"]).read()
        await client.control("DELETE", f"/accounts/{made['name']}")
        queries = (f"?account={made['name']}", f"?account={made['name']}&status=400")
        return [len(await entries(client, query)) for query in queries]

    assert asyncio.run(go()) == [1, 0]


@given(st.datetimes(timezones=st.just(UTC)))
@example(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
@example(datetime(2026, 1, 2, 3, 4, 5, 999, tzinfo=UTC))
def test_a_time_is_shown_to_the_millisecond(at: datetime) -> None:
    assert iso(at) == at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
