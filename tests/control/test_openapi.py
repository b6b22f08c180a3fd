"""`/openapi.json` describes every route, and the routes answer as it says."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.recognition.recordings.replay import open_goldens
from mockocr.vendors import discover
from tests.asgi import ask, ask_async
from tests.control.acme import Client, Eyes, mock

DOCUMENT: dict[str, Any] = ask(mock().asgi, "GET", "/_mockocr/openapi.json").json
DOCS = (Path(__file__).parents[2] / "docs/control.md").read_text("utf-8")
BLOCK = re.compile(r"^(POST|PUT) (/_mockocr\S+)\n((?:[{ ].*\n)+)", re.MULTILINE)


def matched(path: str) -> str:
    """The path of the description that a real path belongs to."""
    for known in DOCUMENT["paths"]:
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(known)), path):
            return str(known)
    raise AssertionError(path)


def check(value: Any, schema: dict[str, Any]) -> None:
    """ValidationError if the value does not match a schema of the description."""
    whole = {**schema, "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(value)


@pytest.mark.slow
def test_the_description_is_valid_openapi() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def methods_of(path: str) -> set[str]:
    """The methods that the server itself names for a path."""
    concrete = path.replace("{number}", "0").replace("{", "").replace("}", "")
    answer = ask(mock().asgi, "PATCH", concrete)
    assert answer.status == 405, concrete
    return set(answer.header("allow").lower().split(", ")) - {"head"}


def test_every_route_and_method_is_described() -> None:
    sentence = ask(mock().asgi, "GET", "/_mockocr/nothing").json["error"]
    paths = sentence.partition("there are ")[2].split(", ")
    assert len(paths) > 18
    assert {path.replace(":int", "") for path in paths} == set(DOCUMENT["paths"])
    for path, methods in DOCUMENT["paths"].items():
        assert set(methods) == methods_of(path), path


def examples() -> Iterator[tuple[str, str, str, dict[str, Any], Any]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {"content": {}})["content"]
            for name, example in content.get("application/json", {}).get("examples", {}).items():
                yield path, method, name, content["application/json"]["schema"], example["value"]


def test_every_request_body_has_an_example() -> None:
    bodies = {
        (path, method)
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
        if "requestBody" in operation
    }
    assert {(path, method) for path, method, *_ in examples()} == bodies
    assert len(bodies) == 9


def test_the_examples_match_their_schemas_and_are_accepted(tmp_path: Path) -> None:
    async def go() -> None:
        for path, method, name, schema, value in examples():
            check(value, schema)
            to = mock(vendors=discover(), load=None, goldens=open_goldens(str(tmp_path)))
            concrete = path.replace("{account}", "dev").replace("{operation}", "tencent.general")
            if "{id}" in path or "{digest}" in path:
                chosen = b'{"operations": ["huawei.web_image"]}'
                sent = await ask_async(to.asgi, "POST", "/_mockocr/playground", (), chosen)
                row = f"/_mockocr/requests/{sent.json['answers'][0]['request']}"
                (picture,) = (await ask_async(to.asgi, "GET", row)).json["pictures"]
                concrete = concrete.replace("{id}", row.rpartition("/")[2])
                concrete = concrete.replace("{digest}", picture["digest"])
            body = json.dumps(value).encode()
            answer = await ask_async(to.asgi, method.upper(), concrete, (), body)
            assert answer.status in (200, 201), (name, answer.body)

    asyncio.run(go())


def test_the_requests_of_the_docs_match_the_schemas() -> None:
    blocks = BLOCK.findall(DOCS)
    assert len(blocks) > 10
    for method, path, body in blocks:
        operation = DOCUMENT["paths"][matched(path)][method.lower()]
        if "requestBody" in operation:
            check(
                json.loads(body), operation["requestBody"]["content"]["application/json"]["schema"]
            )


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/faults", {"fault": "reset", "tims": 1}),
        ("/faults", {}),
        ("/faults", {"fault": "reset", "times": 0}),
        ("/accounts", {"state": "rich"}),
        ("/answers", {"lines": [{"text": "a", "box": [1, 2]}]}),
        ("/clock", {"advance": "1h"}),
    ],
)
def test_the_schemas_reject_what_the_server_rejects(path: str, value: Any) -> None:
    method = "put" if path == "/clock" else "post"
    content = DOCUMENT["paths"][f"/_mockocr{path}"][method]["requestBody"]["content"]
    with pytest.raises(jsonschema.ValidationError):
        check(value, content["application/json"]["schema"])
    asyncio.run(Client(mock()).refusal(method.upper(), path, value))


def test_every_answer_matches_its_schema() -> None:
    """Covers every method with a JSON document, success and error alike."""
    seen: set[tuple[str, str]] = set()

    async def go() -> None:
        client = Client(mock())

        async def tell(method: str, path: str, value: Any = None) -> Any:
            body = b"" if value is None else json.dumps(value).encode()
            answer = await ask_async(client.mock.asgi, method, f"/_mockocr{path}", (), body)
            known = matched(f"/_mockocr{path}".partition("?")[0])
            seen.add((known, method.lower()))
            responses = DOCUMENT["paths"][known][method.lower()]["responses"]
            assert str(answer.status) in responses, (path, answer.status)
            content = responses[str(answer.status)].get("content", {})
            if "application/json" in content:
                check(answer.json, content["application/json"]["schema"])
                return answer.json
            assert answer.status == 204 or content, path
            return None

        line = {"words": [{"text": "ab", "box": [1, 2, 3, 4]}], "confidence": 0.5}
        await tell("POST", "/accounts", {"name": "mine", "until": "2030-01-01T00:00:00Z"})
        await tell("POST", "/accounts", {"name": "mine"})
        fault = await tell("POST", "/faults", {"fault": "delay=0", "operation": "acme.scan"})
        answer = await tell("POST", "/answers", {"lines": ["a", line], "times": None})
        await tell("PUT", "/quotas/mine/acme.read", {"left": 3})
        await tell("PUT", "/quotas/mine/acme.read", {"left": "3"})
        await tell("PUT", "/clock", {"advance": 1.5})
        await tell("POST", "/scenario", {"account": "mine", "answers": [{"lines": ["x"]}]})
        answered = await client.read()
        wrong = Client(client.mock, {"key": "acme-dev-key", "secret": "x"})
        refused = await wrong.read(headers=[("X-Text", "y")])
        for path in ("/accounts", "/accounts/mine", "/accounts/nix", "/faults", "/answers"):
            await tell("GET", path)
        for path in (f"/faults/{fault['id']}", f"/answers/{answer['id']}", "/quotas", "/clock"):
            await tell("GET", path)
        for path in ("/quotas/mine/acme.read", "/quotas/dev/acme.read", "/requests", "/bill"):
            await tell("GET", path)
        for path in ("/health", "/livez", "/readyz", "/vendors", "/metrics", "/openapi.json"):
            await tell("GET", path)
        await tell("GET", "/specimens/licence_plate?seed=2")
        for path in ("/", "/ca.pem", "/static/app/main.js"):
            await tell("GET", path)
        await tell("GET", "/requests?state=1")
        for id in (answered, refused):
            await tell("GET", f"/requests/{id.header('x-mockocr-request')}")
        await tell("GET", f"/requests/{answered.header('x-mockocr-request')}/pictures/0")
        await tell("GET", f"/requests/{answered.header('x-mockocr-request')}/snippets")
        await tell("POST", f"/requests/{answered.header('x-mockocr-request')}/replay", {})
        for path in ("/samples/hello.png", "/samples/hello.exe", "/playground"):
            await tell("GET", path)
        await tell("POST", "/playground", {})
        await tell("PUT", f"/goldens/{'0' * 64}", {"lines": []})
        await tell("DELETE", f"/faults/{fault['id']}")
        await tell("DELETE", f"/answers/{answer['id']}")
        for path in ("/faults", "/answers", "/requests", "/quotas/mine/acme.read"):
            await tell("DELETE", path)
        await tell("DELETE", "/accounts/mine")
        await tell("POST", "/reset")
        client = Client(mock(engine=Eyes(ApiError(ErrorKind.ENGINE_FAILED, "broken"))))
        await tell("GET", "/health")

    asyncio.run(go())
    described = {(p, m) for p, methods in DOCUMENT["paths"].items() for m in methods}
    assert described - seen == {("/_mockocr/events", "get")}  # it has no end; see test_events
