"""`mockocr.running()` is a real server, controlled by attributes."""

from __future__ import annotations

import asyncio
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

import mockocr
from mockocr.core.account import Credential
from mockocr.core.http import Request
from mockocr.testing.running import Running
from mockocr.testing.session import ControlError, EvictedError, Session
from tests.asgi import ask
from tests.control.acme import ACME, PICTURE, Eyes, load, sign


@pytest.fixture
def mock() -> Iterator[Running]:
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load) as server:
        yield server


def read(session: Session, operation: str = "read", body: bytes = PICTURE) -> tuple[int, Any]:
    """Status and body of one signed request over a socket."""
    call = Request("POST", f"/{operation}", body=body)
    signed = sign(call, Credential("acme", session.vendor("acme").credentials))
    url = urlsplit(session.vendor("acme").operation(operation).url)
    connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=10)
    try:
        connection.request("POST", url.path, body, dict(signed.headers))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_server_answers_with_the_credentials_that_it_shows(mock: Running) -> None:
    assert mock.vendor("acme").credentials == ACME.credentials
    assert read(mock)[0] == 200
    (entry,) = mock.requests("acme.read")
    assert (entry["account"], entry["status"]) == ("dev", 200)
    assert mock.request(entry["id"])["billed"] is True


def test_an_injected_fault_fails_an_operation_and_then_ends(mock: Running) -> None:
    mock.vendor("acme").operation("read").fail("error=9", times=2)
    assert [read(mock)[0] for _ in range(3)] == [403, 403, 200]
    mock.vendor("acme").fail("error=10")
    assert [read(mock, "scan")[0], read(mock)[0]] == [429, 200]
    mock.fail("error=10", after=1)
    assert [read(mock)[0], read(mock)[0]] == [200, 429]


def test_an_operation_returns_scripted_lines(mock: Running) -> None:
    mock.vendor("acme").operation("read").answers(["第一行", "line 2"])
    assert "第一行".encode() in read(mock)[1]
    assert "第一行".encode() not in read(mock)[1]
    mock.answers(["anything"])
    assert b"anything" in read(mock, "scan")[1]


def test_a_quota_ends_after_its_last_call(mock: Running) -> None:
    assert mock.vendor("acme").operation("read").quota(left=2)["left"] == 2
    assert [read(mock)[0] for _ in range(3)] == [200, 200, 403]
    assert mock.bill()["total"]["billable"] == 2
    assert [row["problem"] for row in mock.refusals()] == ["quota_exceeded"]


def test_fresh_accounts_do_not_affect_each_other(mock: Running) -> None:
    one, two = mock.account_of_its_own(), mock.account_of_its_own(name="two")
    one.vendor("acme").operation("read").fail("error=9")
    one.vendor("acme").operation("scan").quota(left=0)
    two.vendor("acme").operation("read").answers(["for two"])
    assert (read(one)[0], read(two)[0], read(mock)[0]) == (403, 200, 200)
    assert (read(one, "scan")[0], read(two, "scan")[0]) == (403, 200)
    assert (len(one.requests()), len(two.requests()), len(mock.requests())) == (2, 2, 5)
    assert two.bill()["total"]["calls"] == 2
    one.close()
    assert read(one)[0] == 401


def test_an_account_has_its_own_clock(mock: Running) -> None:
    one = mock.account_of_its_own()
    one.freeze("2030-01-01T00:00:00Z")
    one.advance(86400)
    read(one)
    read(mock)
    assert one.requests()[0]["at"].startswith("2030-01-02")
    assert not mock.requests(account="dev")[0]["at"].startswith("2030")


def test_a_scenario_applies_to_its_account_alone(mock: Running) -> None:
    one = mock.account_of_its_own()
    one.scenario({"faults": [{"fault": "error=10"}]})
    assert (read(mock)[0], read(one)[0]) == (200, 429)


def test_a_scenario_of_the_package_has_a_name(mock: Running) -> None:
    one = mock.account_of_its_own()
    one.scenario("quota-runs-out")
    assert [read(one)[0] for _ in range(6)] == [200] * 5 + [403]
    with pytest.raises(
        KeyError, match="no scenario 'quota-run-out'; did you mean 'quota-runs-out'"
    ):
        one.scenario("quota-run-out")


def test_a_refusal_without_a_neutral_kind_is_unexpected_too() -> None:
    with mockocr.running(engine="scripted") as mock:
        market = mock.aliyun_market
        request = urllib.request.Request(
            market.ocr.url,
            b"img=eA==&url=http://x/&ver=1",
            {"Authorization": f"APPCODE {market.credentials['appcode']}"},
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        refused.value.close()
        (row,) = mock.refusals()
        assert (row["code"], row["problem"]) == ("img或url只能传入一个", "other")
        assert mock.unexpected() == [row]
        mock.expect("other")
        assert mock.unexpected() == []


def test_an_unknown_name_lists_the_known_ones(mock: Running) -> None:
    with pytest.raises(AttributeError, match="no vendor 'globex'; there are acme"):
        _ = mock.vendor("globex")
    with pytest.raises(AttributeError, match="no operation 'write'; there are read, scan"):
        _ = mock.vendor("acme").operation("write")
    with pytest.raises(ControlError, match="no fault 'explode'"):
        mock.vendor("acme").operation("read").fail("explode")


def test_requests_raises_if_the_journal_evicted_any() -> None:
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load, journal_bytes=1) as mock:
        assert mock.requests() == []
        read(mock)
        with pytest.raises(EvictedError, match="evicted 1 requests"):
            mock.requests("acme.scan")
        mock.reset()
        assert mock.requests() == []


def test_requests_raises_if_another_client_cleared_the_journal(mock: Running) -> None:
    one, two = mock.account_of_its_own(), mock.account_of_its_own()
    read(one)
    two.clear_requests()
    assert two.requests() == []
    with pytest.raises(EvictedError, match="cleared by another client"):
        one.requests()
    two.reset()
    with pytest.raises(EvictedError, match="cleared by another client"):
        mock.requests()


def test_the_same_server_answers_in_process(mock: Running) -> None:
    answer = ask(mock.asgi, "GET", "/_mockocr/vendors")
    assert answer.json["vendors"][0]["name"] == "acme"


def test_the_port_is_free_again_after_the_block() -> None:
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load) as mock:
        port = urlsplit(mock.url).port or 0
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load, port=port) as again:
        assert urlsplit(again.url).port == port


def test_a_proxy_in_the_environment_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load) as mock:
        assert mock.requests() == []


def test_an_unknown_attribute_of_the_package_raises() -> None:
    with pytest.raises(AttributeError, match="walking"):
        _ = mockocr.walking


def test_an_httpx_client_sends_requests_without_a_socket(mock: Running) -> None:
    assert mock.asgi is not None
    app = mock.asgi

    async def go() -> int:
        transport = httpx2.ASGITransport(app=app)
        key = Credential("acme", mock.vendor("acme").credentials)
        call = sign(Request("POST", "/read", body=PICTURE), key)
        async with httpx2.AsyncClient(transport=transport, base_url="http://acme") as client:
            answer = await client.post("/read", content=PICTURE, headers=dict(call.headers))
            return answer.status_code

    assert asyncio.run(go()) == 200


def test_many_tasks_send_requests_in_process_at_once(mock: Running) -> None:
    session = mock.account_of_its_own()
    session.vendor("acme").operation("read").quota(left=5)
    session.vendor("acme").operation("scan").fail("reset")
    assert session.asgi is not None
    app = session.asgi

    async def go() -> tuple[list[int], str]:
        transport = httpx2.ASGITransport(app=app)
        key = Credential("acme", session.vendor("acme").credentials)
        async with httpx2.AsyncClient(transport=transport, base_url="http://acme") as client:

            async def post(path: str) -> int:
                call = sign(Request("POST", path, body=PICTURE), key)
                headers = dict(call.headers)
                return (await client.post(path, content=PICTURE, headers=headers)).status_code

            found = await asyncio.gather(*(post("/read") for _ in range(20)))
            with pytest.raises(ConnectionResetError, match="there is no socket"):
                await post("/scan")
            return sorted(found), (await client.get("/_mockocr/health")).json()["status"]

    assert asyncio.run(go()) == ([200] * 5 + [403] * 15, "ok")
    assert len(session.requests("acme.read")) == 20


def test_connect_controls_a_server_by_its_url(mock: Running) -> None:
    session = mockocr.connect(mock.url)
    assert session.asgi is None
    assert read(session)[0] == 200
    own = session.account_of_its_own()
    own.vendor("acme").operation("read").fail("error=9")
    assert (read(session)[0], read(own)[0]) == (200, 403)
    own.close()
    with pytest.raises(OSError, match="refused"):
        mockocr.connect("http://127.0.0.1:9")


@pytest.mark.slow
def test_a_quota_of_100_allows_exactly_100_requests_of_8_clients(mock: Running) -> None:
    mock.vendor("acme").operation("read").quota(left=100)

    def send_20(_: int) -> list[int]:
        return [read(mock)[0] for _ in range(20)]

    with ThreadPoolExecutor(8) as clients:
        found = [status for statuses in clients.map(send_20, range(8)) for status in statuses]
    assert (found.count(200), found.count(403)) == (100, 60)


def test_a_misspelt_name_does_not_seem_to_prove_that_no_request_came(mock: Running) -> None:
    read(mock)
    with pytest.raises(ControlError, match=r"no operation 'acme.raed'; did you mean 'acme.read'\?"):
        mock.requests("acme.raed")
    with pytest.raises(ControlError, match=r"no vendor 'amce'; did you mean 'acme'\?"):
        mock.requests(vendor="amce")


def test_a_misspelt_argument_of_a_fault_is_refused(mock: Running) -> None:
    with pytest.raises(ControlError, match="tims"):
        mock.vendor("acme").operation("read").fail("error=9", tims=3)  # type: ignore[call-arg] # what is tested
    with pytest.raises(ControlError, match="tims"):
        mock.fail("error=9", tims=3)  # type: ignore[call-arg] # what is tested
    with pytest.raises(ControlError, match="lfet"):
        mock.vendor("acme").operation("read").quota(lfet=3)  # type: ignore[call-arg] # what is tested
    assert read(mock)[0] == 200
