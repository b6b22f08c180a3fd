"""Jobs of Textract: idempotency, paging, delay, notifications, output, and a second replica."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mockocr.app import build
from mockocr.control.state.clock import Clock
from mockocr.control.state.store import Memory
from mockocr.core.account import Account, Credential
from mockocr.vendors.aws import VENDOR
from tests.conformance import mock
from tests.exchange import DEFAULT_TIME
from tests.recognitions import READINGS, Reader
from tests.vendors.aws.caller import OBJECT, S3, run_job, send, send_async, server, why

TEXT = "DocumentTextDetection"


def test_a_job_is_in_progress_for_the_delay_on_the_tests_clock() -> None:
    to = server(s3=S3, async_delay="30")
    id = run_job(to, TEXT, {})
    answer = send(to, f"Get{TEXT}", {"JobId": id})
    assert answer.body == b'{"JobStatus":"IN_PROGRESS","DetectDocumentTextModelVersion":"1.0"}'
    to.clock.advance(29)
    assert send(to, f"Get{TEXT}", {"JobId": id}).json["JobStatus"] == "IN_PROGRESS"
    to.clock.advance(1)
    assert send(to, f"Get{TEXT}", {"JobId": id}).json["JobStatus"] == "SUCCEEDED"


def test_a_job_is_forgotten_after_seven_days() -> None:
    to = server(s3=S3)
    id = run_job(to, TEXT, {})
    to.clock.advance(7 * 24 * 3600 - 1)
    assert send(to, f"Get{TEXT}", {"JobId": id}).status == 200
    to.clock.advance(1)
    answer = send(to, f"Get{TEXT}", {"JobId": id})
    assert (answer.status, answer.json["__type"]) == (400, "InvalidJobIdException")
    assert "the account has no job" in why(to)


def test_a_job_belongs_to_its_account_and_to_its_api() -> None:
    other = Credential("aws", VENDOR.generate_credentials("b" * 40))
    to = mock(options={"aws": {"s3": S3}}, accounts=[Account("other", (other,))])
    id = run_job(to, TEXT, {})
    assert send(to, f"Get{TEXT}", {"JobId": id}, credential=other).status == 400
    assert send(to, "GetDocumentAnalysis", {"JobId": id}).status == 400
    assert send(to, f"Get{TEXT}", {"JobId": id}).status == 200


def test_the_same_token_gives_the_same_job_and_other_parameters_are_refused() -> None:
    to = server(s3=S3)
    first = run_job(to, TEXT, {"ClientRequestToken": "t", "JobTag": "a"})
    assert run_job(to, TEXT, {"ClientRequestToken": "t", "JobTag": "a"}) == first
    assert run_job(to, TEXT, {"ClientRequestToken": "u", "JobTag": "a"}) != first
    same = {"ClientRequestToken": "t", "JobTag": "b", "DocumentLocation": OBJECT}
    answer = send(to, f"Start{TEXT}", same)
    assert answer.json["__type"] == "IdempotentParameterMismatchException"


def test_the_same_token_of_another_account_starts_another_job() -> None:
    other = Credential("aws", VENDOR.generate_credentials("b" * 40))
    to = mock(options={"aws": {"s3": S3}}, accounts=[Account("other", (other,))])
    value = {"ClientRequestToken": "t", "DocumentLocation": OBJECT}
    ids = {
        send(to, f"Start{TEXT}", value).json["JobId"],
        send(to, f"Start{TEXT}", value, credential=other).json["JobId"],
    }
    assert len(ids) == 2


def test_a_repeated_start_is_not_billed_again() -> None:
    to = server(s3=S3)
    for _ in range(2):
        run_job(to, TEXT, {"ClientRequestToken": "t"})
    assert bill(to)[f"aws.start_{'document_text_detection'}"] == (2, 1, 0.0015)


def bill(to: Any) -> dict[str, tuple[int, int, float]]:
    """Calls, billable units and cost by operation."""
    from tests.asgi import ask

    rows = ask(to.asgi, "GET", "/_mockocr/bill").json["rows"]
    return {
        f"{row['vendor']}.{row['operation']}": (row["calls"], row["billable"], row["cost"])
        for row in rows
    }


def test_pages_of_a_result_put_together_are_the_result() -> None:
    to = server(s3=S3)
    id = run_job(to, TEXT, {})
    whole = send(to, f"Get{TEXT}", {"JobId": id}).json
    assert "NextToken" not in whole
    blocks: list[Any] = []
    value: dict[str, Any] = {"JobId": id, "MaxResults": 3}
    for size in (3, 3, 1):
        page = send(to, f"Get{TEXT}", value).json
        assert list(page)[:2] == ["DocumentMetadata", "JobStatus"]
        assert len(page["Blocks"]) == size
        blocks += page["Blocks"]
        value["NextToken"] = page.get("NextToken")
    assert value["NextToken"] is None
    assert blocks == whole["Blocks"]


def test_a_token_of_another_job_is_refused() -> None:
    to = server(s3=S3)
    one, two = run_job(to, TEXT, {}), run_job(to, TEXT, {"ClientRequestToken": "t"})
    token = send(to, f"Get{TEXT}", {"JobId": one, "MaxResults": 1}).json["NextToken"]
    answer = send(to, f"Get{TEXT}", {"JobId": two, "NextToken": token})
    assert answer.json["__type"] == "InvalidParameterException"
    assert why(to) == "NextToken belongs to another job"


@pytest.mark.slow
def test_every_page_of_a_document_is_read_and_numbered(tmp_path: Path) -> None:
    from tests.exchange import picture

    (tmp_path / "images").mkdir()
    (tmp_path / "images/hello.png").write_bytes(picture("two-pages.pdf"))
    to = server(s3=str(tmp_path))
    answer = send(to, f"Get{TEXT}", {"JobId": run_job(to, TEXT, {})}).json
    assert answer["DocumentMetadata"] == {"Pages": 2}
    kinds = [(block["BlockType"], block["Page"]) for block in answer["Blocks"]]
    one = [("PAGE", 1), *[("LINE", 1)] * 2, *[("WORD", 1)] * 4]
    assert kinds == [*one, *((kind, 2) for kind, _ in one)]
    assert all(list(block)[-1] == "Page" for block in answer["Blocks"])
    assert bill(to)["aws.start_document_text_detection"] == (1, 2, 0.003)


def test_a_document_that_cannot_be_read_fails_the_job_and_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/hello.png").write_bytes(b"not a picture")
    to = server(s3=str(tmp_path))
    answer = send(to, f"Get{TEXT}", {"JobId": run_job(to, TEXT, {})})
    assert answer.json == {
        "JobStatus": "FAILED",
        "StatusMessage": "UNSUPPORTED_DOCUMENT",
        "DetectDocumentTextModelVersion": "1.0",
    }
    assert bill(to)["aws.start_document_text_detection"] == (1, 0, 0.0)


def test_the_output_is_written_into_the_bucket(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/hello.png").write_bytes((Path(S3) / "images/hello.png").read_bytes())
    to = server(s3=str(tmp_path))
    output = {"OutputConfig": {"S3Bucket": "results", "S3Prefix": "ocr"}}
    id = run_job(to, TEXT, output)
    written = json.loads((tmp_path / f"results/ocr/{id}/1").read_bytes())
    assert written == send(to, f"Get{TEXT}", {"JobId": id}).json


class Seen(list[tuple[str, str, bytes]]):
    """Method, target and body of each request."""


@contextmanager
def listening(answers: dict[str, bytes] | None = None) -> Iterator[tuple[str, Seen]]:
    """A server that keeps what it gets, and answers a GET of a known path with its bytes."""
    seen = Seen()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.append((self.command, self.path, body))
            found = (answers or {}).get(urlsplit(self.path).path, b"")
            self.send_response(200 if found or self.command != "GET" else 404)
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

        do_GET = do_PUT = do_POST  # noqa: N815 # the names that the standard library calls

        def log_message(self, format: str, *args: Any) -> None:
            """Print nothing."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.server_port}", seen
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


CHANNEL = {
    "SNSTopicArn": "arn:aws:sns:eu-west-1:123456789012:done",
    "RoleArn": "arn:aws:iam::123456789012:role/textract",
}


@pytest.mark.slow
def test_the_end_of_a_job_is_published_when_its_result_is_visible() -> None:
    with listening() as (url, seen):
        to = server(s3=S3, sns=url, async_delay="60")
        value = {
            "DocumentLocation": OBJECT,
            "NotificationChannel": CHANNEL,
            "JobTag": "tag",
        }

        async def go() -> str:
            answer = await send_async(to, f"Start{TEXT}", value)
            await to.finish_jobs()
            await asyncio.sleep(0.25)
            assert not seen, "published before the result was visible"
            to.clock.advance(60)
            for _ in range(100):
                await asyncio.sleep(0.05)
                if seen:
                    break
            return str(answer.json["JobId"])

        id = asyncio.run(go())
    ((method, target, body),) = seen
    query = parse_qs(urlsplit(target).query)
    assert method == "POST"
    assert query["X-Amz-Credential"][0].endswith("/20260102/eu-west-1/sns/aws4_request")
    form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    assert form["Action"] == "Publish"
    assert form["TopicArn"] == CHANNEL["SNSTopicArn"]
    assert json.loads(form["Message"]) == {
        "JobId": id,
        "Status": "SUCCEEDED",
        "API": "StartDocumentTextDetection",
        "JobTag": "tag",
        "Timestamp": 1767323105000,
        "DocumentLocation": {"S3ObjectName": "hello.png", "S3Bucket": "images"},
    }


@pytest.mark.slow
def test_objects_come_from_a_server_by_a_signed_get_and_results_go_there_by_put() -> None:
    hello = (Path(S3) / "images/hello.png").read_bytes()
    with listening({"/images/hello.png": hello}) as (url, seen):
        to = server(s3=url)
        id = run_job(to, TEXT, {"OutputConfig": {"S3Bucket": "results"}})
        versioned = {"S3Object": {**OBJECT["S3Object"], "Version": "v 1"}}
        assert send(to, "DetectDocumentText", {"Document": versioned}).status == 200
        missing = {"S3Object": {"Bucket": "images", "Name": "none.png"}}
        refused = send(to, "DetectDocumentText", {"Document": missing})
        assert refused.json["__type"] == "InvalidS3ObjectException"
        assert "was answered with status 404" in why(to)
    targets = [(method, urlsplit(target)) for method, target, _ in seen]
    assert [(method, parts.path) for method, parts in targets] == [
        ("GET", "/images/hello.png"),
        ("PUT", f"/results/textract_output/{id}/1"),
        ("GET", "/images/hello.png"),
        ("GET", "/images/none.png"),
    ]
    assert all("X-Amz-Signature" in parse_qs(parts.query) for _, parts in targets)
    assert parse_qs(targets[2][1].query)["versionId"] == ["v 1"]


def test_a_second_replica_shows_the_job_of_the_first() -> None:
    store = Memory()

    def replica() -> Any:
        clock = Clock()
        clock.freeze(DEFAULT_TIME)
        return build(
            engine=Reader(READINGS["hello"]),
            store=store,
            clock=clock,
            options={"aws": {"s3": S3}},
        )

    one, two = replica(), replica()
    id = run_job(one, TEXT, {"ClientRequestToken": "t"})
    answer = send(two, f"Get{TEXT}", {"JobId": id, "MaxResults": 2}).json
    rest = send(two, f"Get{TEXT}", {"JobId": id, "NextToken": answer["NextToken"]}).json
    assert len(answer["Blocks"] + rest["Blocks"]) == 7
    assert run_job(two, TEXT, {"ClientRequestToken": "t"}) == id


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"DocumentLocation": {}},
        {"DocumentLocation": OBJECT, "ClientRequestToken": "a b"},
        {"DocumentLocation": OBJECT, "JobTag": "x" * 65},
        {"DocumentLocation": OBJECT, "NotificationChannel": {"SNSTopicArn": CHANNEL["RoleArn"]}},
        {"DocumentLocation": OBJECT, "OutputConfig": {}},
        {"DocumentLocation": OBJECT, "KMSKeyId": "-"},
    ],
)
def test_wrong_parameters_of_a_job_are_invalid(value: dict[str, Any]) -> None:
    answer = send(server(s3=S3), f"Start{TEXT}", value)
    assert answer.json == {
        "__type": "InvalidParameterException",
        "Message": "Request has invalid parameters",
    }
