"""The demo: starts a real server, sends every request example to it, and checks the answers."""

from __future__ import annotations

import contextlib
import functools
import http.server
import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mockocr import samples
from mockocr.client import sender
from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage
from mockocr.core.service import Vendor
from mockocr.vendors import discover

PICTURE = "hello.png"


class ServerStartError(Exception):
    """The server did not start. The message is what it printed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One request and its outcome: time in milliseconds, the recognised text or the error, and
    whether that is right.
    """

    endpoint: str
    form: str
    status: int
    milliseconds: float
    answer: str
    right: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that the vendor must refuse: its wrong credentials (`values`) or bytes (`data`),
    and the status and text of the answer.
    """

    vendor: str
    operation: str
    title: str
    status: int
    holds: str
    values: Mapping[str, str] = field(default_factory=dict)
    data: bytes | None = None


REFUSALS = (
    Refusal(
        "tencent",
        "general",
        "wrong SecretKey",
        401,
        '"code":14',
        {"secret_key": "mockocrSecretKey1111111111111111"},
    ),
    Refusal("aliyun_market", "ocr", "text as a picture", 666, '"ok":0', data=b"not a picture"),
)
"""Sent after the good requests: a wrong signature, and an error with a non-standard status."""


@contextlib.contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """The URL of `mockocr serve` in a process of its own on a free port; see `serving_all`."""
    with serving_all(*arguments) as urls:
        yield urls[0]


@contextlib.contextmanager
def serving_all(*arguments: str) -> Iterator[list[str]]:
    """The URLs in the ready line of `mockocr serve` on a free port: http, then https and `proxy=`
    if `arguments` ask for them.

    Variables and files with settings are ignored. `ServerStartError` if the server does not start.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MOCKOCR_")}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-m", "mockocr", "serve", "--port", "0", *arguments]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=said, text=True
        )
        assert process.stdout is not None
        try:
            ready = process.stdout.readline()
            if " ready on " not in ready:
                process.wait(10)
                said.seek(0)
                raise ServerStartError(said.read().strip() or "the server exited without a message")
            yield ready.partition(" ready on ")[2].split()
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the demo prints its own table."""


@contextlib.contextmanager
def offering(folder: Path) -> Iterator[str]:
    """The URL of a web server for that folder, from which vendors download pictures."""
    handler = functools.partial(_Silent, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def readings(base: str, pictures: str) -> Iterator[Row]:
    """Send every example of every operation. Pictures sent by URL are below the URL `pictures`."""
    for vendor in discover():
        values = dict(vendor.credentials)
        forms = sender.forms(vendor)
        for operation in vendor.operations:
            if not any(form.operation == operation.name for form in forms):
                yield Row(f"{vendor.name}.{operation.name}", "no example", 0, 0, "", False)
        for form in forms:
            if form.needs and importlib.util.find_spec(form.needs) is None:
                continue  # this installation cannot sign it
            sample = samples.find(form.picture)
            truth = [line.text for line in sample.lines]
            url = f"{pictures}/{form.picture}" if form.by_url else ""
            shown = SampleImage(sample.data, form.picture, url)
            answer = sender.send(base, sender.prepare(base, vendor, form, shown, values))
            learned = form.learn(answer.response)
            values.update(learned)
            yield _row(vendor, form, answer, learned, truth)


def _row(
    vendor: Vendor,
    form: RequestExample,
    answer: sender.Answer,
    learned: Mapping[str, str],
    truth: Sequence[str],
) -> Row:
    if form.told is not None:
        try:
            text = form.told(answer.json())
        except (KeyError, TypeError, IndexError):
            text = ""
        right = answer.response.status == 200 and bool(text)
    elif form.lines is None:
        text = ", ".join(f"a {name} of {len(value)} characters" for name, value in learned.items())
        right = answer.response.status < 300 and bool(learned)
    else:
        try:
            lines = form.lines(answer.json())
        except (KeyError, TypeError, IndexError):
            lines = []
        text = " / ".join(lines)
        right = answer.response.status == 200 and _plain(lines) == _plain(truth)
    text = text or _first_line(answer.response.body)
    status, milliseconds = answer.response.status, answer.seconds * 1000
    return Row(f"{vendor.name}.{form.operation}", form.name, status, milliseconds, text, right)


def refusals(base: str) -> Iterator[Row]:
    """Send each of `REFUSALS`, which are right but for one thing."""
    vendors = {vendor.name: vendor for vendor in discover()}
    for refusal in REFUSALS:
        vendor = vendors[refusal.vendor]
        form = next(f for f in sender.forms(vendor) if f.operation == refusal.operation)
        data = samples.find(PICTURE).data if refusal.data is None else refusal.data
        values = {**vendor.credentials, **refusal.values}
        request = sender.prepare(base, vendor, form, SampleImage(data, PICTURE), values)
        answer = sender.send(base, request)
        text = _first_line(answer.response.body)
        right = answer.response.status == refusal.status and refusal.holds in text.replace(" ", "")
        name, milliseconds = f"{vendor.name}.{refusal.operation}", answer.seconds * 1000
        yield Row(name, refusal.title, answer.response.status, milliseconds, text, right)


def _plain(lines: Sequence[str]) -> str:
    """The text without spaces and full-width signs, as some answers join lines with nothing."""
    return "".join(unicodedata.normalize("NFKC", "".join(lines)).split())


def _first_line(body: bytes) -> str:
    text = body.decode("utf-8", "replace").strip().partition("\n")[0]
    return text if len(text) <= 60 else f"{text[:59]}…"


def line_of(row: Row) -> str:
    """The row as text. The answer is last, as Chinese characters take two columns."""
    mark = "" if row.right else "   WRONG"
    timed = f"{row.status:>6} {row.milliseconds:>6.0f}"
    return f"{row.endpoint:<36}{row.form:<28}{timed}   {row.answer}{mark}"


HEADING = f"{'endpoint':<36}{'example':<28}{'status':>6} {'ms':>6}   answer"


def run(*arguments: str) -> int:
    """Print the table, and return 0 if every answer is right. `arguments` go to `mockocr serve`."""
    started, rows = time.perf_counter(), []
    with serving(*arguments) as base, offering(samples.folder()) as pictures:
        print(f"mockocr answers on {base}, {time.perf_counter() - started:.1f} s after the start")
        path = "/_mockocr/health"
        health = sender.send(base, Request("GET", path, path)).json() or {}
        print(f"recognition engine: {health.get('engine', 'none')}")
        print(f"\n{HEADING}", flush=True)
        for row in readings(base, pictures):
            rows.append(row)
            print(line_of(row), flush=True)
        print("requests that must be refused:")
        for row in refusals(base):
            rows.append(row)
            print(line_of(row), flush=True)
    wrong = sum(not row.right for row in rows)
    verdict = f"{wrong} WRONG" if wrong else "all right"
    print(f"\n{len(rows)} answers, {verdict}, {time.perf_counter() - started:.1f} s in all")
    return 1 if wrong else 0
