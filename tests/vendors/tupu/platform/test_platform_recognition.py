"""The platform's responses: the task's id, tasks and callbacks that it refuses, and routing."""

from __future__ import annotations

import json

import pytest

from mockocr.core.http import Request
from tests.vendors.tupu.harness import AT, CREDENTIAL, HOSTED, Harness
from tests.vendors.tupu.platform.client import (
    HOST,
    KEY,
    SECRET_ID,
    code,
    content,
    server,
    signed,
    upload,
)

TASK = "5caeac72582e35c560667d21"


def test_the_task_comes_first_and_the_closing_fields_last() -> None:
    body = content(server().serve(signed()))
    assert list(body) == [TASK, "code", "message", "nonce", "timestamp"]
    assert list(body[TASK]) == ["fileList"]


@pytest.mark.parametrize("value", ["async", "ASYNC"])
def test_a_response_to_a_callback_is_refused(value: str) -> None:
    harness = server()
    response = harness.serve(signed(("resType", value), ("callbackUrl", "http://a.example/")))
    assert code(response) == 15
    assert "resType async" in content(response)["message"]
    assert harness.audit.why == "resType is async, and this server sends no callbacks"
    assert code(server().serve(signed(("resType", "sync")))) == 0


def test_only_the_task_of_text_recognition_is_known() -> None:
    assert code(server().serve(signed(("task", TASK)))) == 0
    harness = server()
    assert code(harness.serve(signed(("task", TASK), ("task", "54bcfc6c329af61034f7c2fc")))) == 7
    assert harness.audit.why == (f"task '54bcfc6c329af61034f7c2fc' is not {TASK}, text recognition")


def test_the_sdks_other_fields_change_nothing() -> None:
    extras = ("uid", "u"), ("sequenceId", "s"), ("time", "1"), ("CID", "c"), ("secretId", SECRET_ID)
    assert code(server().serve(signed(*extras, ("tag", "a")))) == 0


@pytest.mark.parametrize(
    "host",
    [
        "tupu.apistd.com",
        "api.open.tuputech.com",
        "api-us.open.tuputech.com",
        "api-oversea.open.tuputech.com",
        "api4.open.tuputech.com:80",
        "127.0.0.1:8080",
    ],
)
def test_the_path_alone_chooses_between_the_hosted_api_and_the_platform(host: str) -> None:
    harness = server()
    upload_there = signed().without_headers("host").with_headers(("Host", host))
    assert code(harness.serve(upload_there)) == 0
    hosted = upload(secret_id="general-ocr")
    hosted = HOSTED.sign(hosted.without_headers("host").with_headers(("Host", host)), CREDENTIAL)
    body = json.loads(harness.serve(hosted).body)
    assert list(body) == ["data", "code", "message", "nonce", "timestamp"]


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/v3/recognition/general-ocr", ["code", "message"]),
        (f"/v3/recognition/{SECRET_ID}", ["error", "code", "message", "nonce", "timestamp"]),
    ],
)
def test_a_wrong_method_is_answered_by_the_service_that_owns_the_path(
    path: str, keys: list[str]
) -> None:
    response = Harness(key=KEY).serve(Request("GET", path, path, (HOST,), at=AT))
    assert response.status == 405
    assert list(json.loads(response.body)) == keys
