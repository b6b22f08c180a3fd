"""The demo: starts a real server, sends every request example to it, and checks the answers."""

from __future__ import annotations

import importlib.util
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from mockocr import samples
from mockocr.client import sender
from mockocr.client.servers import serving, serving_pictures
from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, no_credentials
from mockocr.core.service import Service
from mockocr.vendors import discover

PICTURE = "hello.png"


class Row(msgspec.Struct, frozen=True):
    """One request and its outcome: time in milliseconds, the recognised text or the error, and
    whether that is right.
    """

    operation: str
    example: str
    status: int
    milliseconds: float
    answer: str
    right: bool


class Refusal(msgspec.Struct, frozen=True):
    """A request that the vendor must refuse: its wrong credentials (`values`) or bytes (`data`),
    and the status and text of the answer.
    """

    operation: str
    title: str
    status: int
    holds: str
    values: Mapping[str, str] = msgspec.field(default_factory=dict)
    data: bytes | None = None


REFUSALS = (
    Refusal(
        "tencent.general",
        "wrong SecretKey",
        401,
        '"code":14',
        {"secret_key": "mockocrSecretKey1111111111111111"},
    ),
    Refusal("aliyun_market.ocr", "text as a picture", 666, '"ok":0', data=b"not a picture"),
)
"""Sent after the good requests: a wrong signature, and an error with a non-standard status."""


def send_examples(base: str, pictures: str) -> Iterator[Row]:
    """Send every example of every operation. Pictures sent by URL are below the URL `pictures`."""
    for vendor in discover():
        values = dict(vendor.credentials)
        for service in vendor.services:
            named = {example.operation for example in service.examples}
            for operation in service.operations:
                if operation.name not in named:
                    yield Row(service.operation_id(operation), "no example", 0, 0, "", False)
        for service, example in _in_order(vendor.services):
            if example.needs and importlib.util.find_spec(example.needs) is None:
                continue  # this installation cannot sign it
            sample = samples.find(example.picture)
            url = f"{pictures}/{example.picture}" if example.by_url else ""
            image = SampleImage(sample.data, example.picture, url)
            request = sender.prepare(base, vendor, service, example, image, values)
            answer = sender.send(base, request)
            extracted = example.extract_credentials(answer.response)
            values.update(extracted)
            truth = [line.text for line in sample.lines]
            yield _row(service, example, answer, extracted, truth)


def _in_order(services: Sequence[Service]) -> list[tuple[Service, RequestExample]]:
    """Every example, first those that hand out credentials for the others."""
    examples = [(service, example) for service in services for example in service.examples]
    return sorted(examples, key=lambda pair: pair[1].extract_credentials is no_credentials)


def _row(
    service: Service,
    example: RequestExample,
    answer: sender.Answer,
    extracted: Mapping[str, str],
    truth: Sequence[str],
) -> Row:
    status = answer.response.status
    if example.summary is not None:
        try:
            text = example.summary(answer.json())
        except (KeyError, TypeError, IndexError):
            text = ""
        right = 200 <= status < 300 and bool(text)
    elif extracted:
        text = ", ".join(f"{name} of {len(value)} characters" for name, value in extracted.items())
        right = status < 300
    elif "json" not in answer.response.header("content-type"):
        kind = answer.response.header("content-type")
        text = f"{len(answer.response.body)} bytes of {kind}"
        right = status == 200 and bool(answer.response.body)
    elif example.lines is None:
        text, right = "", False
    else:
        try:
            lines = example.lines(answer.json())
        except (KeyError, TypeError, IndexError):
            lines = []
        text = " / ".join(lines)
        right = status == 200 and _plain(lines) == _plain(truth)
    text = text or _first_line(answer.response.body)
    name = f"{service.namespace}.{example.operation}"
    return Row(name, example.name, status, answer.seconds * 1000, text, right)


def send_refusals(base: str) -> Iterator[Row]:
    """Send each of `REFUSALS`, which are right but for one thing."""
    for refusal in REFUSALS:
        vendor, service, operation = sender.find(refusal.operation)
        example = next(e for e in service.examples if e.operation == operation.name)
        data = samples.find(PICTURE).data if refusal.data is None else refusal.data
        values = {**vendor.credentials, **refusal.values}
        image = SampleImage(data, PICTURE)
        request = sender.prepare(base, vendor, service, example, image, values)
        answer = sender.send(base, request)
        status, text = answer.response.status, _first_line(answer.response.body)
        right = status == refusal.status and refusal.holds in text.replace(" ", "")
        name, milliseconds = refusal.operation, answer.seconds * 1000
        yield Row(name, refusal.title, status, milliseconds, text, right)


def _plain(lines: Sequence[str]) -> str:
    """The text without spaces and full-width signs, as some services join lines without a space."""
    return "".join(unicodedata.normalize("NFKC", "".join(lines)).split())


def _first_line(body: bytes) -> str:
    text = body.decode("utf-8", "replace").strip().partition("\n")[0]
    return text if len(text) <= 60 else f"{text[:59]}…"


def line_of(row: Row) -> str:
    """The row as text. The answer is last, as Chinese characters take two columns."""
    mark = "" if row.right else "   WRONG"
    timed = f"{row.status:>6} {row.milliseconds:>6.0f}"
    return f"{row.operation:<35} {row.example:<28}{timed}   {row.answer}{mark}"


HEADING = f"{'operation':<36}{'example':<28}{'status':>6} {'ms':>6}   answer"


def run(*arguments: str) -> int:
    """Print the table, and return 0 if every answer is right. `arguments` go to `mockocr serve`."""
    started, rows = time.perf_counter(), []
    # the sample pictures are the objects of a bucket too
    buckets = ("--aws-s3", str(samples.folder().parent))
    with serving(*buckets, *arguments) as base, serving_pictures(samples.folder()) as pictures:
        print(f"mockocr answers on {base}, {time.perf_counter() - started:.1f} s after the start")
        path = "/_mockocr/health"
        health = sender.send(base, Request("GET", path, path)).json() or {}
        print(f"recognition engine: {health.get('engine', 'none')}")
        print(f"\n{HEADING}", flush=True)
        for row in send_examples(base, pictures):
            rows.append(row)
            print(line_of(row), flush=True)
        print("requests that must be refused:")
        for row in send_refusals(base):
            rows.append(row)
            print(line_of(row), flush=True)
    wrong = sum(not row.right for row in rows)
    verdict = f"{wrong} WRONG" if wrong else "all right"
    print(f"\n{len(rows)} answers, {verdict}, {time.perf_counter() - started:.1f} s in all")
    if wrong:  # a card that Tesseract alone cannot read, or a server that reads nothing
        print(f"the server {health.get('reader', 'does not answer')}")
    return 1 if wrong else 0
