"""Cached recognitions of a 32 kB form, beside WireMock's static stub with the same bodies.

WireMock comes from npm (its package holds the jar) and needs Java.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import random
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from benchmarks import load
from benchmarks.servers import Server, mockocr_server
from mockocr import samples
from mockocr.client import sender
from mockocr.core.http import Request
from mockocr.core.request_example import SampleImage

OPERATION, EXAMPLE = "aliyun_market.ocr", "urlencoded, base64, AppCode"
FORM_BYTES = 32 * 1024
WARM_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Responses a second, each the best of several rounds that took turns."""

    ours: float
    wiremock: float


def picture() -> bytes:
    """A sample picture with noise below it, so that its urlencoded base64 has about 32 kB."""
    text = Image.open(io.BytesIO(samples.find("hello.png").data)).convert("L")
    noise = random.Random(1)
    for rows in range(8, 200, 4):
        made = Image.new("L", (text.width, text.height + rows), 255)
        made.paste(text, (0, 0))
        pixels = bytes(noise.randrange(200, 256) for _ in range(text.width * rows))
        made.paste(Image.frombytes("L", (text.width, rows), pixels), (0, text.height))
        encoded = io.BytesIO()
        made.save(encoded, "PNG")
        if len(base64.b64encode(encoded.getvalue())) * 1.06 >= FORM_BYTES:
            break
    return encoded.getvalue()


def form(url: str, data: bytes) -> Request:
    """The signed urlencoded request."""
    image = SampleImage(data, "picture.png")
    return load.request_by_example(url, OPERATION, EXAMPLE, image)


@contextlib.contextmanager
def wiremock(body: bytes, content_type: str) -> Iterator[Server]:
    """WireMock with one stub that answers POST /ocr with that body."""
    if shutil.which("java") is None or shutil.which("npm") is None:
        raise load.ToolMissingError("WireMock needs java and npm")
    with tempfile.TemporaryDirectory() as folder:
        install = ["npm", "install", "--silent", "--no-save", "--prefix", folder, "wiremock"]
        subprocess.run(install, check=True, capture_output=True)
        jar = next(Path(folder).glob("node_modules/wiremock/build/*.jar"))
        mappings = Path(folder, "root", "mappings")
        mappings.mkdir(parents=True)
        response = {
            "status": 200,
            "base64Body": base64.b64encode(body).decode(),
            "headers": {"Content-Type": content_type},
        }
        stub = {"request": {"method": "POST", "url": "/ocr"}, "response": response}
        (mappings / "stub.json").write_text(json.dumps(stub))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        started = time.perf_counter()
        process = subprocess.Popen(
            [
                *("java", "-jar", str(jar), "--port", str(port), "--bind-address", "127.0.0.1"),
                *("--root-dir", str(mappings.parent), "--disable-banner"),
                *("--max-request-journal-entries", "1000"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url + "/__admin/mappings")
            yield Server(url, process.pid, started)
        finally:
            process.terminate()
            process.wait()


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("WireMock did not start")


def compare(seconds: float, rounds: int) -> Rates:
    """Measure both after a warm-up, alternately."""
    data = picture()
    with mockocr_server("--log", "text") as mine:
        request = form(mine.url, data)
        answer = sender.send(mine.url, request).response
        assert answer.status == 200, answer.body
        with wiremock(answer.body, answer.header("content-type")) as peer:
            best = {mine.url: 0.0, peer.url: 0.0}
            for url in best:
                load.run(url, [request], connections=8, seconds=WARM_SECONDS)
            for _ in range(rounds):
                for url in best:
                    found = load.run(url, [request], connections=8, seconds=seconds)
                    assert found.failed == 0, found
                    best[url] = max(best[url], found.rate)
            return Rates(best[mine.url], best[peer.url])
