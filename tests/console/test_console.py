"""The console: a page that loads only control routes, and the pictures under its boxes."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

import mockocr
from mockocr.console.page import page
from mockocr.testing.running import Running
from tests.asgi import ask, ask_async
from tests.control.acme import ACME, PICTURE, Client, Eyes, load
from tests.control.acme import mock as made
from tests.exchange import picture as sample
from tests.testing.test_running import read

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def test_the_page_is_complete_and_loads_nothing_from_other_hosts() -> None:
    text = page()
    assert "/* STYLE */" not in text
    assert "/* SCRIPT */" not in text
    assert "VERSION" not in text
    assert mockocr.__version__ in text
    assert not re.findall(r'(?:src|href)="(?!#|data:,)', text)
    assert set(re.findall(r"https?://[\w./]+", text)) == {"http://www.w3.org/2000/svg"}


def test_every_route_that_the_page_calls_exists() -> None:
    to = made()
    called = set(re.findall(r'ask\([`"](\w+)[`"/?]', page()))
    sent = set(re.findall(r'onSubmit\("\w+", "(\w+)"', page()))
    assert len(called | sent) >= 9
    for name in sorted(called | sent):
        assert ask(to.asgi, "GET", f"/_mockocr/{name}").status in (200, 405), name


def test_every_id_that_the_script_names_is_on_the_page() -> None:
    text = page()
    html, script = text.split("<script>")
    named = set(re.findall(r'\$\("([\w-]+)"\)', script))
    named |= set(re.findall(r'(?:fill|onSubmit)\("([\w-]+)"', script))
    assert len(named) >= 20
    for name in named:
        assert f'id="{name}"' in html, name
    views = set(re.findall(r'data-view="(\w+)"', html))
    assert views == set(re.findall(r"(\w+): show\w+", script))


async def shown(client: Client, body: bytes, kind: str, path: str = "0") -> Any:
    answer = await client.read(body=body, headers=[("Content-Type", kind)])
    id = answer.header("x-mockocr-request")
    return await ask_async(client.mock.asgi, "GET", f"/_mockocr/requests/{id}/pictures/{path}")


BASED = base64.b64encode(sample("hello.png")).decode()
BOUNDARY = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--b--\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("image/png", sample("hello.png")),
        ("application/json", json.dumps({"items": [{"image": BASED}]}).encode()),
        ("application/json", json.dumps({"img": f"data:image/png;base64,{BASED}"}).encode()),
        ("application/json", json.dumps({"img": BASED.replace("A", "A\n", 3)}).encode()),
        ("application/x-www-form-urlencoded", b"img=" + quote(BASED, safe="").encode()),
        ("application/x-www-form-urlencoded", b"img=" + quote(BASED.rstrip("="), safe="").encode()),
        ("multipart/form-data; boundary=b", BOUNDARY % (b"image", sample("hello.png"))),
        ("multipart/form-data; boundary=b", BOUNDARY % (b"image", BASED.encode())),
    ],
)
def test_a_picture_is_found_in_every_kind_of_body(kind: str, body: bytes) -> None:
    async def loading(source: Any, limits: Any) -> Any:
        return await load(type(source)(sample("hello.png")), limits)

    answer = asyncio.run(shown(Client(made(load=loading)), body, kind))
    assert answer.status == 200
    assert answer.body == sample("hello.png")
    assert answer.header("content-type") == "image/png"


def test_a_missing_picture_is_one_sentence() -> None:
    async def loading(source: Any, limits: Any) -> Any:
        return await load(type(source)(b"from elsewhere"), limits)

    answer = asyncio.run(shown(Client(made(load=loading)), b"url=http://a/b.png", "text/plain"))
    assert answer.status == 404
    assert "it came by URL" in answer.json["error"]
    answer = asyncio.run(shown(Client(made()), PICTURE, "text/plain", "1"))
    assert answer.status == 404
    assert "has 1 pictures, counted from 0" in answer.json["error"]


def test_recognised_lines_are_shown_with_their_corners() -> None:
    async def go() -> Any:
        client = Client(made())
        answer = await client.read()
        return await client.control("GET", f"/requests/{answer.header('x-mockocr-request')}")

    (picture,) = asyncio.run(go())["pictures"]
    assert [line["text"] for line in picture["lines"]] == ["O0lO", "two", "three", "four"]
    first = picture["lines"][0]
    assert first["corners"] == [[10, 10], [110, 10], [110, 30], [10, 30]]
    assert first["confidence"] == 0.8


@pytest.fixture
def mock() -> Iterator[Running]:
    with mockocr.running(engine=Eyes(), vendors=(ACME,), load=load) as server:
        yield server


def drawn(mock: Running, place: str) -> str:
    """The page after a browser ran its script."""
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += ["--virtual-time-budget=3000", f"{mock.url}/_mockocr/{place}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here to run the functions in")
@pytest.mark.parametrize(
    ("typed", "result"),
    [
        ("3", "3"),
        (" 2 ", "2"),
        ("", "null"),
        ("∞", "null"),
        ("abc", "Times must be a whole number, not abc"),
        ("-1", "Times must be a whole number, not -1"),
        ("1.5", "Times must be a whole number, not 1.5"),
    ],
)
def test_a_number_of_times_that_is_none_is_refused_and_not_endless(typed: str, result: str) -> None:
    found = re.search(r"const timesOf = .*?\n}\n", page(), re.DOTALL)
    assert found is not None
    show = "try { console.log(timesOf(process.argv[1])) } catch (e) { console.log(e.message) }"
    command = ["node", "-e", found[0] + show, "--", typed]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == result


def test_the_server_filters_refused_requests_for_the_page() -> None:
    assert 'query.set("refused", "true")' in page()


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here to run the page's script in")
def test_a_browser_shows_the_journal_and_one_request_with_its_boxes(mock: Running) -> None:
    read(mock)
    mock.vendor("acme").operation("scan").fail("error=9")
    read(mock, "scan")
    error, answered = mock.requests()
    text = drawn(mock, "")
    assert f'href="#request/{error["id"]}"' in text
    assert '<span class="bad"><b>[error=9] </b>a fault: error=9</span>' in text
    assert "ok: acme-eyes, memory store, 2 requests" in text
    text = drawn(mock, f"#request/{answered['id']}")
    assert text.count("<polygon") == 4
    assert 'points="10,10 110,10 110,30 10,30"' in text
    assert "<li>O0lO" in text
    assert 'id="trouble" role="alert" hidden=""' in text


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium here to run the page's script in")
def test_a_browser_shows_the_controls(mock: Running) -> None:
    mock.vendor("acme").operation("read").fail("delay=0.1, reset", times=3)
    mock.vendor("acme").operation("read").answers(["<b>script</b>"])
    mock.vendor("acme").operation("read").quota(left=7)
    assert "<td>delay=0.1, reset</td>" in drawn(mock, "#faults")
    assert "<td>&lt;b&gt;script&lt;/b&gt;</td>" in drawn(mock, "#answers")
    assert "key acme-dev-key" in drawn(mock, "#accounts")
    assert '<td class="number">7</td>' in drawn(mock, "#bill")
    assert "now: 20" in drawn(mock, "#clock")
