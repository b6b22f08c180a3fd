"""Whatever a control route gets, it answers with JSON and never with a defect."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mockocr.app import Mock
from mockocr.core.account import Credential
from mockocr.core.http import Request
from tests.asgi import ask_async, run
from tests.control.acme import ACME, NOW, dumped, mock, sign

LIKELY = some.sampled_from(
    ["*", "dev", "acme.read", "reset", "error=9", "fade=0.5", "active", "2026-01-01T00:00:00Z"]
)
SCALARS = (
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8) | LIKELY
)
VALUES = some.recursive(
    SCALARS,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(LIKELY, inner, max_size=3),
    max_leaves=6,
)


GOOD: dict[str, some.SearchStrategy[Any]] = {
    "operation": some.sampled_from(["*", "acme.*", "acme.read"]),
    "fault": some.sampled_from(
        ["reset", "truncated", "status=599", "error=9, truncated", "confuse=0.5, shift=9, fade=1"]
    ),
    "account": some.sampled_from([None, "dev"]),
    "probability": some.floats(0, 1),
    "confidence": some.floats(0, 1),
    "angle": some.floats(-180, 180),
    "text": some.text(max_size=8),
    "box": some.lists(some.floats(-1e6, 1e6), min_size=4, max_size=4),
    "now": some.datetimes().map(lambda at: at.isoformat()),
    "until": some.datetimes().map(lambda at: at.isoformat()),
    "advance": some.floats(-1e9, 1e9),
    "name": some.text("abc._-", min_size=1, max_size=5),
    "state": some.sampled_from(["active", "disabled", "expired", "arrears"]),
}
COUNT = some.integers(0, 5)


def like(*names: str) -> some.SearchStrategy[dict[str, Any]]:
    """Objects with some of these fields, most of them good."""
    fields = {}
    for name in names:
        good = GOOD.get(name, COUNT)
        fields[name] = some.one_of(good, good, good, good, good, good, VALUES)
    return some.fixed_dictionaries({}, optional=fields)


LINE = SCALARS | like("text", "box", "corners", "confidence", "block")
ORDER = ("operation", "times", "after", "account", "probability", "seed")
FAULT = some.builds(lambda a, b: {**a, **b}, like("fault", *ORDER), like("fault"))
ANSWER = some.builds(
    lambda rest, lines: {**rest, "lines": lines},
    like("image_sha256", "angle", *ORDER),
    some.lists(LINE, max_size=4) | some.lists(some.text(), max_size=4) | VALUES,
)
KEYS = some.dictionaries(some.sampled_from(["acme", "x"]), some.lists(like("state")))
ACCOUNT = some.builds(
    lambda rest, keys: {**rest, "keys": keys}, like("name", "state", "until"), KEYS | some.none()
)
CLOCK = like("now", "advance", "account")
QUOTA = like("left", "per_second", "per_day")
SCENARIO = some.fixed_dictionaries(
    {},
    optional={
        "account": SCALARS,
        "clock": CLOCK | SCALARS,
        "accounts": some.lists(ACCOUNT, max_size=2) | SCALARS,
        "faults": some.lists(FAULT, max_size=2) | SCALARS,
        "answers": some.lists(ANSWER, max_size=2) | SCALARS,
        "quotas": some.lists(like("operation", "account", "left"), max_size=2) | SCALARS,
    },
)
ROUTES: dict[tuple[str, str], some.SearchStrategy[Any]] = {
    ("POST", "/accounts"): ACCOUNT,
    ("POST", "/faults"): FAULT,
    ("POST", "/answers"): ANSWER,
    ("POST", "/scenario"): SCENARIO,
    ("PUT", "/clock"): CLOCK,
    ("PUT", "/quotas/dev/acme.read"): QUOTA,
}
KEY = Credential("acme", ACME.credentials)
MOCK = mock()


async def as_new() -> Mock:
    """One mock for all documents, after a reset."""
    await MOCK.reset()
    MOCK.clock.freeze(NOW)
    return MOCK


@pytest.mark.parametrize(("method", "path"), ROUTES)
@settings(max_examples=200, deadline=None, derandomize=True)
@given(data=some.data())
@pytest.mark.slow
def test_any_document_is_accepted_or_refused(method: str, path: str, data: some.DataObject) -> None:
    document = data.draw(ROUTES[method, path] | VALUES)

    async def go() -> None:
        to = await as_new()
        answer = await ask_async(to.asgi, method, f"/_mockocr{path}", (), dumped(document))
        assert answer.status < 500, answer.body
        if answer.status >= 400:
            assert list(answer.json) == ["error"]
        request = sign(Request("POST", "/read", body=b"x"), KEY)
        # in process there is no socket to break
        with contextlib.suppress(ConnectionResetError, StopIteration):
            read = await ask_async(to.asgi, "POST", "/read", request.headers, b"x")
            assert b'"code":99' not in read.body, "a defect, or a refusal without a reason"
        for shown in ("accounts", "faults", "answers", "quotas", "clock", "requests", "bill"):
            answer = await ask_async(to.asgi, "GET", f"/_mockocr/{shown}")
            assert answer.status == 200, (shown, answer.body)

    run(go())


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=some.text(max_size=40))
def test_any_fault_in_the_header_is_applied_or_refused(text: str) -> None:
    async def go() -> None:
        headers = [("X-Mockocr-Fault", text.encode("utf-8", "replace").decode("latin-1"))]
        answer = await ask_async((await as_new()).asgi, "POST", "/read", headers, b"x")
        assert answer.status in (400, 401)

    run(go())
