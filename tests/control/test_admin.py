"""The control routes that read, scenarios, the reset, and the answers to wrong requests."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from mockocr import __version__
from mockocr.control.api.health import TEXT, picture
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import Price
from tests.asgi import ask_async
from tests.control.acme import ACME, SERVICE, Client, Eyes, mock

SCENARIOS = Path(__file__).parents[2] / "fixtures" / "scenarios"


def test_health_names_the_engine_and_what_it_read() -> None:
    document = asyncio.run(Client(mock()).control("GET", "/health", status=200))
    assert document["status"] == "ok"
    assert (document["version"], document["engine"]) == (__version__, "acme-eyes")
    assert document["languages"] == ["eng"]
    assert document["read"]


@pytest.mark.parametrize(
    ("refused", "part"),
    [
        (ApiError(ErrorKind.ENGINE_FAILED, "no tessdata for chi_sim"), "no tessdata for chi_sim"),
        (RuntimeError("segments"), "RuntimeError: segments"),
    ],
)
def test_health_fails_with_the_reason_if_recognition_does_not_work(refused: Any, part: str) -> None:
    document = asyncio.run(Client(mock(engine=Eyes(refused))).control("GET", "/health", status=503))
    assert document["status"] == "failing"
    assert part in document["why"]


def test_health_recovers_and_reuses_a_good_result() -> None:
    async def go() -> tuple[int, int]:
        eyes = Eyes(ApiError(ErrorKind.ENGINE_FAILED, "broken"))
        client = Client(mock(engine=eyes))
        await client.control("GET", "/health", status=503)
        eyes.error = None
        for _ in range(5):
            await client.control("GET", "/health", status=200)
        return eyes.count, len((await client.control("GET", "/requests"))["requests"])

    assert asyncio.run(go()) == (2, 0)


def test_a_busy_engine_is_healthy() -> None:
    eyes = Eyes(ApiError(ErrorKind.BUSY, "all workers are busy"))
    asyncio.run(Client(mock(engine=eyes)).control("GET", "/health", status=200))


@pytest.mark.tesseract
def test_the_built_in_picture_can_be_read() -> None:
    from mockocr.recognition import engines

    read = asyncio.run(engines.choose("auto").recognize(picture(), ReadOptions()))
    assert read.text == TEXT


def test_vendors_are_listed_with_services_operations_and_credentials() -> None:
    document = asyncio.run(Client(mock()).control("GET", "/vendors"))
    assert document["vendors"] == [
        {
            "name": "acme",
            "title": "Acme",
            "credentials": dict(ACME.credentials),
            "services": [
                {
                    "name": "acme",
                    "namespace": "acme",
                    "title": "Acme OCR",
                    "hosts": ["ocr.acme.test"],
                    "operations": [
                        {
                            "id": f"acme.{name}",
                            "name": name,
                            "method": "POST",
                            "path": f"/{name}",
                            "source": "guess",
                        }
                        for name in ("read", "scan")
                    ],
                }
            ],
        }
    ]


def test_the_bill_counts_what_the_vendor_bills() -> None:
    async def go() -> Any:
        client = Client(mock())
        for body in (b"one", b"two", b"broken"):
            await client.read(body=body)
        await client.read("scan")
        await client.read("scan")
        await Client(client.mock, {"key": "nobody", "secret": "x"}).read()
        return await client.control("GET", "/bill?account=dev")

    document = asyncio.run(go())
    assert document["currency"] == "CNY"
    assert [(r["operation"], r["calls"], r["billable"], r["cost"]) for r in document["rows"]] == [
        ("read", 3, 2, 0.04),
        ("scan", 2, 2, 0.02),
    ]
    assert [(r["price"], r["free"], r["price_source"]) for r in document["rows"]] == [
        (0.02, 0, "guess"),
        (0.02, 1, "guess"),
    ]
    total = {"calls": 5, "billable": 4, "cost": 0.06, "costs": {"CNY": 0.06}}
    assert document["total"] == total


def test_the_bill_counts_pages_and_keeps_currencies_apart() -> None:
    def render(request: Request, parsed: Any, results: Any) -> Response:
        return Response.of_json({}, code=0).replaced(units=3)

    read, scan = SERVICE.operations
    dollars = replace(read, render=render, price=Price("guess", 0.0015, 1, "USD"))
    vendor = replace(ACME, services=(replace(SERVICE, operations=(dollars, scan)),))

    async def go() -> Any:
        client = Client(mock(vendors=(vendor,)))
        await client.read()
        alone = await client.control("GET", "/bill")
        await client.read("scan")
        await client.read("scan")
        return alone, await client.control("GET", "/bill")

    alone, both = asyncio.run(go())
    assert (alone["currency"], alone["total"]) == (
        "USD",
        {"calls": 1, "billable": 3, "cost": 0.003, "costs": {"USD": 0.003}},
    )
    assert [(row["billable"], row["cost"], row["currency"]) for row in both["rows"]] == [
        (3, 0.003, "USD"),
        (2, 0.02, "CNY"),
    ]
    assert (both["currency"], both["total"]["cost"]) == ("", None)
    assert both["total"]["costs"] == {"USD": 0.003, "CNY": 0.02}


def test_metrics_are_in_prometheus_format_with_few_label_values() -> None:
    async def go() -> str:
        client = Client(mock())
        await client.read()
        await client.control("POST", "/faults", {"fault": "error=9"})
        await client.read()
        await client.control("POST", "/faults", {"fault": "error=same code, one"})
        await client.read()
        for number in range(5):
            await ask_async(client.mock.asgi, "GET", f"/unknown/{number}")
        answer = await ask_async(client.mock.asgi, "GET", "/_mockocr/metrics")
        assert answer.header("content-type").startswith("text/plain")
        return answer.body.decode()

    text = asyncio.run(go())
    line = 'mockocr_requests_total{operation="read",problem="%s",status="%d",vendor="acme"} 1.0'
    assert line % ("", 200) in text
    assert line % ("quota_exceeded", 403) in text
    assert line % ("other", 500) in text
    unknown = 'operation="",problem="no_such_operation",status="404",vendor=""} 5.0'
    assert unknown in text
    assert 'mockocr_faults_injected_total{operation="read",vendor="acme"} 2.0' in text
    assert "mockocr_journal_requests 8.0" in text


def test_a_reset_returns_to_the_start() -> None:
    async def go() -> None:
        client = Client(mock())
        made = await client.control("POST", "/accounts", {"name": "gone"}, 201)
        await client.control("POST", "/faults", {"fault": "reset", "after": 1}, 201)
        await client.control("POST", "/answers", {"lines": []}, 201)
        await client.control("PUT", "/quotas/dev/acme.read", {"left": 0})
        await client.control("PUT", "/clock", {"now": "2001-01-01T00:00:00Z"})
        await client.read(headers=[("X-Nonce", "once")])
        await client.control("POST", "/reset", status=200)
        assert (await client.read(headers=[("X-Nonce", "once")])).json["lines"]
        deleted = Client(client.mock, made["credentials"]["acme"])
        assert (await deleted.read()).json["code"] == 21
        assert client.mock.clock.now().year > 2001
        assert len((await client.control("GET", "/requests"))["requests"]) == 2
        assert [r["calls"] for r in (await client.control("GET", "/bill"))["rows"]] == [1, 1]
        assert [a["name"] for a in (await client.control("GET", "/accounts"))["accounts"]] == [
            "dev"
        ]

    asyncio.run(go())


def test_the_console_is_an_html_page() -> None:
    answer = asyncio.run(ask_async(mock().asgi, "GET", "/_mockocr/"))
    assert answer.status == 200
    assert answer.header("content-type").startswith("text/html")
    assert b"</html>" in answer.body


@pytest.mark.parametrize(
    ("method", "path", "status", "part"),
    [
        ("GET", "/nix", 404, "/_mockocr/faults"),
        ("POST", "/health", 405, "it takes GET"),
        ("DELETE", "/clock", 405, "PUT"),
        ("GET", "/faults/nix", 404, "no fault has the id 'nix'"),
        ("DELETE", "/answers/nix", 404, "no answer has the id 'nix'"),
        ("DELETE", "/faults?account=nobody", 404, "there are dev"),
    ],
)
def test_an_unknown_path_or_method_is_answered_with_those_that_exist(
    method: str, path: str, status: int, part: str
) -> None:
    found, sentence = asyncio.run(Client(mock()).refusal(method, path))
    assert found == status
    assert part in sentence


def test_a_body_over_the_limit_is_refused() -> None:
    status, sentence = asyncio.run(
        Client(mock()).refusal("POST", "/answers", b" " * (8 * 1024 * 1024 + 1))
    )
    assert status == 413
    assert "8388608 bytes" in sentence


async def play(client: Client, name: str) -> Any:
    """Post a scenario of fixtures/scenarios as TOML."""
    body = (SCENARIOS / f"{name}.toml").read_bytes()
    headers = [("Content-Type", "application/toml")]
    answer = await ask_async(client.mock.asgi, "POST", "/_mockocr/scenario", headers, body)
    assert answer.status == 201, answer.body
    return answer.json


def test_a_quota_is_used_up_within_a_batch_and_renewed_the_next_day() -> None:
    async def go() -> list[int]:
        client = Client(mock())
        await play(client, "quota-runs-out")
        found = [(await client.read()).status for _ in range(10)]
        await client.control("PUT", "/clock", {"advance": 86400})
        return [*found, (await client.read()).status]

    assert asyncio.run(go()) == [200] * 5 + [403] * 5 + [200]


def test_a_flaky_network_recovers() -> None:
    async def go() -> list[str]:
        client = Client(mock())
        await play(client, "flaky-network")
        faults = []
        for _ in range(5):
            # in process there is no socket to break
            with contextlib.suppress(ConnectionResetError, StopIteration):
                await client.read()
            faults.append((await client.control("GET", "/requests?limit=1"))["requests"][0])
        return [entry["fault"] for entry in faults]

    assert asyncio.run(go()) == ["reset", "truncated", "empty", "delay=0.2, drip=2000", ""]


@pytest.mark.slow
def test_a_vendor_becomes_slow_then_throttles_then_recovers() -> None:
    async def go() -> list[tuple[int, bool]]:
        client = Client(mock())
        await play(client, "slow-then-throttled")
        found = []
        for _ in range(7):
            status = (await client.read()).status
            entry = (await client.control("GET", "/requests?limit=1"))["requests"][0]
            found.append((status, entry["seconds"] > 0.08))
        return found

    assert asyncio.run(go()) == [(200, True)] * 3 + [(429, False)] * 3 + [(200, False)]


def test_every_scenario_of_the_fixtures_has_a_test() -> None:
    tests = Path(__file__).parent.glob("test_*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in tests)
    names = [path.stem for path in SCENARIOS.glob("*.toml")]
    assert len(names) >= 3
    for name in names:
        assert f'play(client, "{name}")' in text or f'scenarios/{name}.toml"' in text


def test_a_scenario_sets_up_everything_for_one_account() -> None:
    document = {
        "name": "all",
        "account": "mine",
        "clock": {"now": "2026-03-01T00:00:00Z"},
        "accounts": [{"name": "mine"}],
        "quotas": [{"operation": "acme.read", "left": 1}],
        "faults": [{"operation": "acme.scan", "fault": "error=10"}],
        "answers": [{"lines": ["x"]}],
    }

    async def go() -> None:
        client = Client(mock())
        made = await client.control("POST", "/scenario", document, 201)
        mine = Client(client.mock, made["accounts"][0]["credentials"]["acme"])
        assert [f["account"] for f in made["faults"] + made["answers"]] == ["mine", "mine"]
        assert (await client.read()).json["engine"] == "acme-eyes"
        assert (await mine.read()).json["lines"][0]["text"] == "x"
        assert [(await mine.read()).status, (await mine.read("scan")).status] == [403, 429]
        assert client.mock.clock.now("mine") == datetime(2026, 3, 1, tzinfo=UTC)
        assert client.mock.clock.now() < datetime(2026, 2, 1, tzinfo=UTC)

    asyncio.run(go())


@pytest.mark.parametrize(
    "document",
    [
        {"clock": {"now": "2030-01-01T00:00:00Z"}},
        {"account": "dev", "clock": {"now": "2030-01-01T00:00:00Z", "account": None}},
    ],
)
def test_a_scenario_without_an_account_sets_the_common_clock(document: Any) -> None:
    async def go() -> datetime:
        client = Client(mock())
        await client.control("POST", "/scenario", document, 201)
        return client.mock.clock.now()

    assert asyncio.run(go()).year == 2030


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ({"fault": []}, "no field 'fault' (did you mean 'faults'?); it has name, about, account"),
        ({"faults": {}}, "a list"),
        (
            {"faults": [{"fault": "reset"}, {"fault": "explode"}]},
            "faults[1]: there is no fault",
        ),
        ({"answers": [{"lines": 5}]}, "answers[0]: lines of an answer must be a list"),
        ({"quotas": [{"left": 1}]}, "quotas[0]: a quota needs operation, a string"),
        ({"quotas": [{"operation": "acme.read", "account": "no", "left": 1}]}, "there are dev"),
        ({"accounts": [{"name": "dev"}]}, "accounts[0]: there is already"),
        ({"clock": {"now": "x"}}, "a time like"),
        ({"account": "nobody", "clock": {"advance": 1}}, "there is no account 'nobody'"),
        ({"account": "nobody", "faults": [{"fault": "reset"}]}, "faults[0]: there is no account"),
        ([], "JSON object"),
        (b"x", "not JSON"),
    ],
)
def test_the_error_of_a_scenario_names_its_place(value: Any, part: str) -> None:
    assert part in asyncio.run(Client(mock()).refusal("POST", "/scenario", value))[1]


@pytest.mark.parametrize("body", [b"faults = [", b"\xff"])
def test_invalid_toml_is_refused_with_one_sentence(body: bytes) -> None:
    async def go() -> Any:
        headers = [("Content-Type", "application/toml; charset=utf-8")]
        return await ask_async(mock().asgi, "POST", "/_mockocr/scenario", headers, body)

    answer = asyncio.run(go())
    assert answer.status == 400
    assert "not TOML" in answer.json["error"] or "not UTF-8" in answer.json["error"]


def test_liveness_asks_only_whether_the_process_answers() -> None:
    broken = ApiError(ErrorKind.ENGINE_FAILED, "no engine")
    client = Client(mock(engine=Eyes(broken)))
    assert asyncio.run(client.control("GET", "/livez")) == {"status": "ok"}
    assert asyncio.run(client.control("GET", "/readyz", status=503))["status"] == "failing"
    ready = asyncio.run(Client(mock()).control("GET", "/readyz"))
    assert ready["status"] == "ok"
