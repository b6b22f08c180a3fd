"""The playground sends one picture to every vendor, replays requests and writes their code."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from clients.page import LINES, sdk_lines
from mockocr import samples
from mockocr.app import Mock, build
from mockocr.control.playground import http_code
from mockocr.core.http import Request
from mockocr.recognition.recordings.replay import open_goldens
from tests.asgi import Answer, ask_async
from tests.recognitions import Reader
from tests.sockets import served

HOST = ("Host", "localhost:8080")
LINES_OF_HELLO = ["发票 Invoice 2026", "合计:1280.50"]


def control(mock: Mock, method: str, path: str, document: Any = None, *headers: Any) -> Answer:
    body = b"" if document is None else json.dumps(document).encode()
    kind = [("Content-Type", "application/json")] if body else []
    sent = ask_async(mock.asgi, method, f"/_mockocr{path}", [HOST, *kind, *headers], body)
    return asyncio.run(sent)


def play(mock: Mock, **document: Any) -> list[dict[str, Any]]:
    answer = control(mock, "POST", "/playground", document)
    assert answer.status == 200, answer.body
    return list(answer.json["answers"])


@pytest.fixture(scope="module")
def mock() -> Mock:
    return build(engine=Reader())


def test_one_picture_gets_the_answer_of_every_service(mock: Mock) -> None:
    answers = play(mock, sample="hello.png")
    assert [answer["operation"] for answer in answers] == [
        "aliyun.recognize_general",
        "aliyun_market.ocr",
        "aliyun_market.platform",
        "aliyun_market.ocr_general",
        "aws.detect_document_text",
        "azure.analyze_document_result",
        "azure.image_analysis",
        "baidu.general_basic",
        "google.images_annotate",
        "huawei.web_image",
        "ocr_space.parse_image",
        "tencent.general",
        "tencent_cloud.general_basic",
        "tupu.general_ocr",
        "tupu.recognition",
        "wechat.comm",
    ]
    for answer in answers:
        assert answer["status"] == 200, answer
        assert "".join(answer["lines"]) == "".join(LINES_OF_HELLO), answer
        assert answer["body"]
    detail = control(mock, "GET", f"/requests/{answers[0]['request']}").json
    assert detail["console"] is True
    assert detail["account"] == "dev"


def test_the_journal_tells_the_console_s_requests_from_others() -> None:
    mock = build(engine=Reader())
    play(mock, operations=["tencent.general"])
    asyncio.run(ask_async(mock.asgi, "POST", "/ocr/general"))
    for query, count in (("", 2), ("?console=true", 1), ("?console=false", 1)):
        assert len(control(mock, "GET", f"/requests{query}").json["requests"]) == count


def test_wrong_values_are_refused_by_the_vendor_and_faults_apply(mock: Mock) -> None:
    (answer,) = play(mock, operations=["tencent.general"], values={"secret_key": "wrong"})
    assert (answer["status"], answer["code"], answer["lines"]) == (401, "14", [])
    assert "SecretKey" in answer["why"] or "signature" in answer["why"]
    control(mock, "POST", "/faults", {"operation": "tencent.general", "fault": "reset"})
    (answer,) = play(mock, operations=["tencent.general"])
    assert (answer["status"], answer["why"]) == (0, "a fault cut the connection")


@pytest.mark.parametrize(
    ("document", "status", "sentence"),
    [
        ({"operations": ["tencent.generl"]}, 404, "did you mean"),
        ({"account": "nobody"}, 404, "there is no account 'nobody'"),
        ({"sample": "nothing.png"}, 404, "there is no sample 'nothing.png'"),
        ({"image": "é"}, 400, "image must be the base64 of a file"),
        ({"picture": ""}, 400, "no field 'picture'"),
    ],
)
def test_a_mistake_is_one_sentence(mock: Mock, document: Any, status: int, sentence: str) -> None:
    answer = control(mock, "POST", "/playground", document)
    assert answer.status == status
    assert sentence in answer.json["error"]


def test_an_account_without_a_credential_there_is_told(mock: Mock) -> None:
    control(mock, "POST", "/accounts", {"name": "small", "keys": {"tencent": [{}]}})
    (answer,) = play(mock, operations=["tencent.general"], account="small")
    assert answer["status"] == 200
    refused = control(
        mock, "POST", "/playground", {"operations": ["tupu.general_ocr"], "account": "small"}
    )
    assert (refused.status, refused.json) == (
        409,
        {"error": "account small has no credential for tupu"},
    )


def test_a_request_is_replayed_with_another_vendor_account_or_picture(mock: Mock) -> None:
    (first,) = play(mock, operations=["tencent.general"])
    path = f"/requests/{first['request']}/replay"
    again = control(mock, "POST", path, {}).json
    assert (again["operation"], again["lines"]) == ("tencent.general", LINES_OF_HELLO)
    assert again["request"] != first["request"]
    other = control(mock, "POST", path, {"operation": "huawei.web_image"}).json
    assert (other["operation"], other["lines"]) == ("huawei.web_image", LINES_OF_HELLO)
    wrong = control(mock, "POST", path, {"values": {"secret_key": "x"}}).json
    assert wrong["status"] == 401
    page = base64.b64encode(samples.find("page.png").data).decode()
    changed = control(mock, "POST", path, {"image": page}).json
    detail = control(mock, "GET", f"/requests/{changed['request']}").json
    assert detail["pictures"][0]["size"] == len(samples.find("page.png").data)
    assert control(mock, "POST", "/requests/0/replay", {}).status == 404


def test_the_documents_match_the_description(mock: Mock) -> None:
    described = control(mock, "GET", "/openapi.json").json
    (answer,) = play(mock, operations=["tencent.general"])
    id = answer["request"]
    for method, path, known in (
        ("GET", "/playground", "/playground"),
        ("POST", "/playground", "/playground"),
        ("POST", f"/requests/{id}/replay", "/requests/{id}/replay"),
        ("GET", f"/requests/{id}/snippets", "/requests/{id}/snippets"),
        ("GET", f"/requests/{id}", "/requests/{id}"),
    ):
        operation = described["paths"][f"/_mockocr{known}"][method.lower()]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        value = control(mock, method, path, {} if method == "POST" else None).json
        whole = {**schema, "components": described["components"]}
        jsonschema.Draft202012Validator(whole).validate(value)


def test_a_replay_keeps_the_kind_of_body() -> None:
    mock = build(engine=Reader())
    (first,) = play(mock, operations=["tencent.general"])
    kinds = {}
    for example in ("multipart", "json"):
        text = "multipart/form-data; boundary=b" if example == "multipart" else "application/json"
        body = b'--b\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
        body += samples.find("hello.png").data + b"\r\n--b--\r\n"
        sent = ask_async(mock.asgi, "POST", "/ocr/general", [("Content-Type", text), HOST], body)
        id = asyncio.run(sent).header("x-mockocr-request")
        document = {"sample": "hello.png"}
        again = control(mock, "POST", f"/requests/{id}/replay", document).json
        kinds[example] = again["example"]
    assert "multipart" in kinds["multipart"]
    assert kinds["json"] == first["example"] == "JSON, base64"


def test_a_request_that_reached_no_operation_needs_one(mock: Mock) -> None:
    answer = asyncio.run(ask_async(mock.asgi, "GET", "/nothing"))
    path = f"/requests/{answer.header('x-mockocr-request')}"
    refused = control(mock, "POST", f"{path}/replay", {"sample": "hello.png"})
    assert refused.status == 409
    assert refused.json["error"] == "this request reached no operation: name one"
    assert control(mock, "GET", f"{path}/snippets").status == 409


def test_snippets_hold_the_lines_of_the_tested_programs(mock: Mock) -> None:
    (answer,) = play(mock, operations=["aws.detect_document_text"])
    document = control(mock, "GET", f"/requests/{answer['request']}/snippets").json
    languages = [(each["language"], each["title"].split(" ")[0]) for each in document["snippets"]]
    assert languages == [
        ("curl", "curl,"),
        ("python", "boto3"),
        ("python", "plain"),
        ("java", "software.amazon.awssdk:textract"),
        ("java", "plain"),
        ("node", "@aws-sdk/client-textract"),
        ("node", "plain"),
        ("go", "github.com/aws/aws-sdk-go-v2/service/textract"),
        ("go", "plain"),
    ]
    code = document["snippets"][1]["code"]
    assert '# url = "http://localhost:8080"' in code
    assert "boto3.client(" in code


def test_the_lines_of_the_programs_are_current() -> None:
    assert LINES.read_text("utf-8") == sdk_lines()


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here to run the line")
@pytest.mark.parametrize(
    "operation", ["tencent.general", "aliyun.recognize_general", "baidu.token"]
)
def test_the_curl_line_works_as_it_is(operation: str) -> None:
    mock = build(engine=Reader())
    with served(mock.asgi) as (host, port):
        code = snippets_of(mock, operation, f"{host}:{port}")["curl, signed now"]
        done = subprocess.run(["sh", "-c", code], capture_output=True, text=True, timeout=30)
    assert "access_token" in done.stdout or "Invoice" in done.stdout, (done.stdout, done.stderr)


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here to run the code")
@pytest.mark.slow
def test_the_plain_code_works_as_it_is(tmp_path: Path) -> None:
    mock = build(engine=Reader())
    with served(mock.asgi) as (host, port):
        found = snippets_of(mock, "tencent.general", f"{host}:{port}", tmp_path)
        (tmp_path / "read.py").write_text(found["python plain"], "utf-8")
        (tmp_path / "read.mjs").write_text(found["node plain"], "utf-8")
        environment = {k: v for k, v in os.environ.items() if "proxy" not in k.lower()}
        for command in (["python3", "read.py"], ["node", "read.mjs"]):
            done = subprocess.run(
                command,
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                timeout=30,
            )
            assert "Invoice" in done.stdout, (command, done.stdout, done.stderr)


def snippets_of(
    mock: Mock, operation: str, address: str, folder: Path | None = None
) -> dict[str, str]:
    """The curl line by its title, plain code by its language; `body.bin` in the folder."""
    (answer,) = play(mock, operations=[operation])
    target = f"/_mockocr/requests/{answer['request']}/snippets"
    document = asyncio.run(ask_async(mock.asgi, "GET", target, [("Host", address)])).json
    if folder is not None:
        (folder / http_code.BODY_FILE).write_bytes(base64.b64decode(document["body"]))
    return {
        each["title"] if each["language"] == "curl" else f"{each['language']} plain": each["code"]
        for each in document["snippets"]
        if "signed now" in each["title"]
    }


def test_short_text_stands_in_the_code() -> None:
    request = Request("POST", "/a", "/a?b=1", (("X-A", 'say "hi"'),), body=b'{"a": "it\'s"}')
    for language, wanted in {
        "python": 'data=b\'{"a": "it\\\'s"}\'',
        "node": 'body: "{\\"a\\": \\"it\'s\\"}"',
        "java": 'ofString("{\\"a\\": \\"it\'s\\"}")',
        "go": 'strings.NewReader("{\\"a\\": \\"it\'s\\"}")',
    }.items():
        code = http_code.WRITERS[language]("http://h/a?b=1", request)
        assert wanted in code
        assert '"say \\"hi\\""' in code
        assert "http://h/a?b=1" in code


def test_a_sample_is_served_as_a_picture(mock: Mock) -> None:
    answer = control(mock, "GET", "/samples/hello.png")
    assert (answer.status, answer.header("content-type")) == (200, "image/png")
    assert answer.body == samples.find("hello.png").data
    assert control(mock, "GET", "/samples/pyproject.toml").status == 404


def test_an_edited_golden_is_what_is_read_from_now_on(tmp_path: Path) -> None:
    goldens = open_goldens(str(tmp_path), "auto")
    assert goldens is not None
    mock = build(engine=Reader(), goldens=goldens)
    (first,) = play(mock, operations=["tencent.general"])
    picture = control(mock, "GET", f"/requests/{first['request']}").json["pictures"][0]
    lines = [{"text": "edited", "box": [1, 2, 30, 4]}, "second"]
    path = f"/goldens/{picture['digest']}"
    assert control(mock, "PUT", path, {"lines": lines}).json["lines"] == 2
    (again,) = play(mock, operations=["tencent.general"])
    assert again["lines"] == ["edited", "second"]
    for digest in ("0" * 64, "x"):
        assert control(mock, "PUT", f"/goldens/{digest}", {"lines": []}).status == 404


def test_without_goldens_an_edit_is_refused(mock: Mock) -> None:
    answer = control(mock, "PUT", f"/goldens/{'0' * 64}", {"lines": []})
    assert answer.status == 409
    assert answer.json["error"] == "this server keeps no goldens: start it with --golden DIR"


@pytest.mark.parametrize("path", ["/playground", "/requests/0/replay"])
def test_a_foreign_page_cannot_send(mock: Mock, path: str) -> None:
    foreign = ("Origin", "http://evil.example")
    assert control(mock, "POST", path, {}, foreign).status == 403
    plain = [HOST, ("Content-Type", "text/plain")]
    answer = asyncio.run(ask_async(mock.asgi, "POST", f"/_mockocr{path}", plain, b"{}"))
    assert answer.status == 415


def test_rows_are_searched_and_paged() -> None:
    mock = build(engine=Reader())
    ids = [play(mock, operations=["tencent.general"])[0]["request"] for _ in range(3)]
    play(mock, operations=["huawei.web_image"], values={"token": "wrong"})

    def found(query: str) -> list[str]:
        answer = control(mock, "GET", f"/requests?{query}")
        assert answer.status == 200, answer.body
        return [row["id"] for row in answer.json["requests"]]

    assert found("search=TENCENT.gen") == ids[::-1]
    assert found("search=ocr/general&limit=2") == ids[:0:-1]
    assert found(f"search=ocr/general&limit=2&before={ids[1]}") == ids[:1]
    assert len(found("search=token")) == 1
    assert found("search=nothing+of+that") == []
    assert found(f"before={ids[0]}") == []
