"""The console: a page that loads only control routes, and the pictures under its boxes."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import mockocr
from mockocr.console.page import page
from mockocr.control.faults.fault_spec import KINDS
from tests.asgi import ask, ask_async
from tests.control.acme import PICTURE, Client, load
from tests.control.acme import mock as made
from tests.exchange import picture as sample

STATIC = Path(mockocr.__file__).parent / "console/static"
OWN = sorted([*STATIC.glob("app/*.js"), *STATIC.glob("views/*.js")])
SCRIPTS = "\n".join(file.read_text("utf-8") for file in OWN)


def test_the_page_is_complete_and_loads_nothing_from_other_hosts() -> None:
    text = page()
    assert "IMPORTS" not in text
    assert f'data-version="{mockocr.__version__}"' in text
    assert set(re.findall(r'(?:src|href)="([^"]*)"', text)) == {
        "data:,",
        "static/app/style.css",
        "static/app/main.js",
    }
    assert not re.findall(r"https?://", SCRIPTS)


def test_the_policy_allows_own_files_and_the_import_map_alone() -> None:
    answer = ask(made().asgi, "GET", "/_mockocr/")
    (imports,) = re.findall(r'<script type="importmap">(.*?)</script>', answer.body.decode())
    digest = base64.b64encode(hashlib.sha256(imports.encode()).digest()).decode()
    assert answer.header("content-security-policy") == (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def test_every_module_that_is_imported_is_served() -> None:
    to = made().asgi
    imports = json.loads(re.findall(r'importmap">(.*?)</script>', page())[0])["imports"]
    for file in [*OWN, *STATIC.glob("vendor/*.js")]:
        answer = ask(to, "GET", f"/_mockocr/static/{file.parent.name}/{file.name}")
        assert (answer.status, answer.body) == (200, file.read_bytes())
        assert answer.header("content-type") == "text/javascript; charset=utf-8"
        again = [("If-None-Match", answer.header("etag"))]
        path = f"/_mockocr/static/{file.parent.name}/{file.name}"
        assert ask(to, "GET", path, again).status == 304
        for name in re.findall(r'from ?"([^"]+)"', file.read_text("utf-8")):
            place = STATIC / imports[name].removeprefix("./static/") if name in imports else None
            assert (place or file.parent / name).is_file(), (file, name)


@pytest.mark.parametrize(
    "path", ["app/nothing.js", "vendor/README.md", "vendor/..%2f..%2fpage.py", "other/main.js"]
)
def test_no_other_file_is_served(path: str) -> None:
    assert ask(made().asgi, "GET", f"/_mockocr/static/{path}").status == 404


def test_every_vendored_library_has_its_licence() -> None:
    for file in STATIC.glob("vendor/*.js"):
        name = file.stem.replace("preact-hooks", "preact")
        assert (STATIC / f"vendor/{name}.LICENSE").stat().st_size > 500
        assert f"`{file.name}`" in (STATIC / "vendor/README.md").read_text("utf-8")


def test_every_route_that_the_scripts_call_exists() -> None:
    to = made()
    called = set(re.findall(r'ask\([`"](\w+)[`"/?]', SCRIPTS))
    assert len(called) >= 12
    for name in sorted(called):
        known = {"goldens": "/0", "specimens": "/licence_plate"}.get(name, "")
        answer = ask(to.asgi, "GET", f"/_mockocr/{name}{known}")
        assert answer.status in (200, 405), (name, answer.body)


def test_every_word_has_its_chinese_one() -> None:
    text = (STATIC / "app/chinese.js").read_text("utf-8")
    words, faults = text.split("export const FAULTS")
    chinese = dict(re.findall(r'^  "(.+?)": "(.+)",$', words, re.MULTILINE))
    used = set(re.findall(r'\bt\("((?:[^"\\]|\\.)*)"', SCRIPTS))
    assert len(used) > 150
    assert used == set(chinese)
    for english, word in chinese.items():
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", word)), english
    assert re.findall(r"^  (\w+):", faults, re.MULTILINE) == list(KINDS)


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here to check the modules with")
@pytest.mark.slow
def test_every_module_is_valid_and_short() -> None:
    for file in OWN:
        command = ["node", "--input-type=module", "--check"]
        source = file.read_text("utf-8")
        done = subprocess.run(command, input=source, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, (file, done.stderr)
        assert source.startswith("/** "), file
        assert source.count("\n") < 300, file


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


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here to run the functions in")
@pytest.mark.parametrize(
    ("typed", "rule", "problem"),
    [
        ("3", "{min: 1}", ""),
        (" 2 ", "{}", ""),
        ("", "{optional: true}", ""),
        ("", "{}", "A number is needed."),
        ("abc", "{}", "This must be a whole number."),
        ("1.5", "{}", "This must be a whole number."),
        ("1.5", "{fraction: true}", ""),
        ("1e3", "{fraction: true}", "This must be a number."),
        ("0", "{min: 1}", "The least is 1."),
        ("-1", "{}", "The least is 0."),
        ("1000000001", "{}", "The most is 1000000000."),
    ],
)
def test_a_number_is_checked(typed: str, rule: str, problem: str) -> None:
    source = (STATIC / "app/number_field.js").read_text("utf-8")
    (found,) = re.findall(r"export (function numberProblem.*?\n}\n)", source, re.DOTALL)
    words = "const t = (text, values = {}) => text.replace(/{(\\w+)}/g, (_, n) => values[n]);"
    call = f"process.stdout.write(numberProblem({json.dumps(typed)}, {rule}))"
    command = ["node", "-e", f"{words}{found}{call}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout == problem
