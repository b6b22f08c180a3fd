"""docs/control.md is correct: its requests work, and it names every route, fault and state."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from mockocr.control.api.read_routes import FILTERS
from mockocr.control.documents.requests import STATES
from mockocr.control.faults.fault_spec import table_rows
from mockocr.testing import plugin
from mockocr.vendors import discover
from tests.asgi import ask_async
from tests.control.acme import Eyes, load, mock

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/control.md").read_text("utf-8")
REQUEST = re.compile(r"^(POST|PUT) (/_mockocr\S+)\n((?:[{ ].*\n)+)", re.MULTILINE)


def test_every_request_of_the_page_works() -> None:
    found = REQUEST.findall(PAGE)
    assert len(found) > 10

    async def go() -> None:
        to = mock(engine=Eyes(), vendors=discover(), load=load)
        for method, path, body in found:
            answer = await ask_async(to.asgi, method, path, (), body.encode())
            assert answer.status in (200, 201), (path, body, answer.body)

    asyncio.run(go())


def test_the_fault_table_is_the_one_of_the_registry() -> None:
    table = PAGE.partition("| fault |")[2].partition("\n\n")[0].splitlines()[2:]
    assert table == list(table_rows())
    assert len(table) > 10


def test_every_route_is_named() -> None:
    answer = asyncio.run(ask_async(mock().asgi, "GET", "/_mockocr/nothing"))
    paths = re.findall(r"/_mockocr/(\w+)", answer.json["error"].partition("there are")[2])
    assert len(set(paths)) >= 12
    for path in paths:
        assert f"/_mockocr/{path}" in PAGE


def test_every_state_and_filter_is_named() -> None:
    for name in (*STATES, *(parameter.name for parameter in FILTERS)):
        assert f"`{name}`" in PAGE


def test_every_scenario_and_setting_of_the_plugin_is_named() -> None:
    for path in (ROOT / "fixtures/scenarios").iterdir():
        assert f"`{path.stem}`" in PAGE
    source = Path(plugin.__file__).read_text("utf-8")
    for name in re.findall(r'"(mockocr_\w+)"', source):
        assert name in PAGE
