"""The recorder passes exchanges on unchanged and keeps them, whole or not at all."""

from __future__ import annotations

import base64
import gzip
import os
import resource
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mockocr.core.http import Request
from mockocr.recordings.recorder import Choice
from tests.conformance import CASES, unsigned_request
from tests.forks import python
from tests.serving.running_server import running_server
from tests.sockets import ask
from tests.vendor_recordings.recording_server import recording

JSON = ("Content-Type", "application/json")
HOST = ("Host", "recognition.image.myqcloud.com")
BODY = b'{"appid":"1251000000","image":"' + base64.b64encode(b"not a picture" * 9) + b'"}'
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def raw_vendor(answer: Callable[[socket.socket], None]) -> Iterator[tuple[str, list[bytes]]]:
    """A vendor of sockets: reads a request and lets `answer` do the rest. Yields its URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    got: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(10)
                got.append(_whole_request(connection))
                answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", got
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def _whole_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if b"ontent-length" in line or b"ontent-Length" in line
        ),
        0,
    )
    while len(body) < length and (more := connection.recv(65536)):
        body += more
    return head + b"\r\n\r\n" + body


def says(body: bytes, head: bytes = OK) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        length = b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
        connection.sendall(head + length + body)

    return answer


def signed(id: str) -> Request:
    case = CASES[id]
    request = unsigned_request(case).replaced(at=datetime.now(UTC))
    return case.service.sign(request, case.credential)


ANSWER = (
    b'{"code":0,"message":"OK","data":{"session_id":"s-1","items":[{"itemstring":"Total 12.50"}]}}'
)


def test_request_and_response_pass_unchanged(tmp_path: Path) -> None:
    with (
        raw_vendor(says(ANSWER, OK + b"X-Odd-Name: a  b\r\nSet-Cookie: c=1\r\n")) as (url, got),
        recording(tmp_path, url) as to,
    ):
        headers = [HOST, JSON, ("Authorization", "c2VjcmV0LXNpZ25hdHVyZQ=="), ("X-Own", "1")]
        status, seen, body = ask(to.plain, "POST", "/ocr/general?a=%E4b&c", headers, BODY)
    assert (status, body, seen["x-odd-name"], seen["set-cookie"]) == (200, ANSWER, "a  b", "c=1")
    head, _, sent = got[0].partition(b"\r\n\r\n")
    assert sent == BODY
    lines = head.lower().split(b"\r\n")
    assert lines[0] == b"post /ocr/general?a=%e4b&c http/1.1"
    assert b"host: recognition.image.myqcloud.com" in lines
    assert b"authorization: c2vjcmv0lxnpz25hdhvyzq==" in lines
    assert b"x-own: 1" in lines
    assert not [line for line in lines if line.startswith((b"via", b"x-forwarded"))]


def test_a_recording_is_a_readable_exchange_without_secrets(tmp_path: Path) -> None:
    with raw_vendor(says(ANSWER)) as (url, _), recording(tmp_path, url) as to:
        headers = [HOST, JSON, ("Authorization", "c2VjcmV0LXNpZ25hdHVyZQ==")]
        ask(to.plain, "POST", "/ocr/general", headers, BODY)
        (name,) = to.files()
        (text,) = to.texts()
    assert name.startswith("tencent/general-")
    lines = text.split("\n")
    assert lines[0] == "# account: dev"
    assert lines[1] == "# verified: observed recognition.image.myqcloud.com"
    assert "POST /ocr/general HTTP/1.1" in lines
    assert '{"appid": "1251000000", "image": "{{base64 ' in text
    assert '    "items": [\n      {"itemstring": "Total 12.50"}\n    ]' in text
    assert "# form: compact" in lines
    assert "c2VjcmV0" not in text
    assert to.told[0].startswith("tencent.general 200 ")
    assert f"kept as {name}" in to.told[0]


def test_the_first_bytes_arrive_before_the_last_are_sent(tmp_path: Path) -> None:
    go = threading.Event()

    def slowly(connection: socket.socket) -> None:
        connection.sendall(OK + b"Content-Length: 8\r\n\r\n" + b'{"a"')
        assert go.wait(10)
        connection.sendall(b":10}")

    with (
        raw_vendor(slowly) as (url, _),
        recording(tmp_path, url) as to,
        socket.create_connection(to.plain, timeout=10) as client,
    ):
        client.sendall(b"GET /ocr/general HTTP/1.1\r\nHost: recognition.image.myqcloud.com\r\n\r\n")
        data = b""
        while b'{"a"' not in data:
            data += client.recv(65536)
        go.set()
        while b":10}" not in data:
            data += client.recv(65536)


def test_errors_are_kept_or_skipped(tmp_path: Path) -> None:
    refusal = b'{"code":-5001,"message":"no package","data":{}}'
    for number, (choice, count) in enumerate(((Choice(), 1), (Choice(errors=False), 0))):
        folder = tmp_path / str(number)
        folder.mkdir()
        head = b"HTTP/1.1 503 Busy\r\nContent-Type: application/json\r\n"
        with (
            raw_vendor(says(refusal, head)) as (url, _),
            recording(folder, url, choice=choice) as to,
        ):
            status, _, body = ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
            assert (status, body) == (503, refusal)
            assert len(to.files()) == count


def test_only_some_operations_are_kept(tmp_path: Path) -> None:
    with (
        raw_vendor(says(ANSWER)) as (url, _),
        recording(tmp_path, url, choice=Choice(only=("tencent.hand*",))) as to,
    ):
        ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
        ask(to.plain, "POST", "/ocr/handwriting", [HOST, JSON], BODY)
        ask(to.plain, "POST", "/no/such/path", [HOST, JSON], BODY)
        (name,) = to.files(3)
    assert name.startswith("tencent/handwriting-")
    assert "--only leaves it out" in to.told[0]
    assert "mockocr has no such operation" in to.told[2]
    lines = to.recorder.totals.lines()
    assert lines[0].startswith("3 calls, 1 kept; ")
    assert lines[1:] == [
        "  (unknown): 1",
        "    1 not kept: mockocr has no such operation",
        "  tencent.general: 1",
        "    1 not kept: --only leaves it out",
        "  tencent.handwriting: 1",
        "no source names the price of tencent.general (1 billed calls)",
        "no source names the price of tencent.handwriting (1 billed calls)",
    ]


def test_a_body_in_cbor_is_passed_on_and_said_not_to_be_kept(tmp_path: Path) -> None:
    sent = b"\xa1\x68Document\xa1\x65Bytes\x43abc"
    headers = [
        ("Host", "textract.us-east-1.amazonaws.com"),
        ("Content-Type", "application/cbor"),
        ("smithy-protocol", "rpc-v2-cbor"),
    ]
    path = "/service/Textract/operation/DetectDocumentText"
    answer = OK.replace(b"application/json", b"application/cbor")
    with raw_vendor(says(b"\xa0", answer)) as (url, got), recording(tmp_path, url) as to:
        assert ask(to.plain, "POST", path, headers, sent)[::2] == (200, b"\xa0")
        assert got[0].endswith(sent)
        assert to.files() == []
    why = "not kept: a body of application/cbor cannot be taken apart"
    assert to.told[0].startswith("aws.detect_document_text 200 ")
    assert f": {why} (" in to.told[0]
    lines = to.recorder.totals.lines()
    assert lines[1:3] == ["  aws.detect_document_text: 1", f"    1 {why}"]


def test_texts_are_masked_by_their_class(tmp_path: Path) -> None:
    read = '{"code":0,"message":"OK","data":{"items":[{"itemstring":"Max 李四 12"}]}}'.encode()
    with (
        raw_vendor(says(read)) as (url, _),
        recording(tmp_path, url, choice=Choice(masked_texts=True)) as to,
    ):
        ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
        (text,) = to.texts()
    assert '"Xxx 某某 00"' in text
    assert '"message": "OK"' in text


def test_a_compressed_response_is_kept_readable(tmp_path: Path) -> None:
    head = OK + b"Content-Encoding: gzip\r\n"
    with (
        raw_vendor(says(gzip.compress(ANSWER), head)) as (url, _),
        recording(tmp_path, url) as to,
    ):
        _, seen, body = ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
        (text,) = to.texts()
    assert seen["content-encoding"] == "gzip"
    assert gzip.decompress(body) == ANSWER
    assert "Total 12.50" in text
    assert "ontent-Encoding" not in text


def test_the_same_request_twice_makes_two_recordings_of_one_key(tmp_path: Path) -> None:
    with raw_vendor(says(ANSWER)) as (url, _), recording(tmp_path, url) as to:
        for _ in range(2):
            ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
        first, second = to.files(2)
    assert first[: -len(".http")] in second or second[: -len(".http")] in first
    found, damaged = to.kept.all()
    assert damaged == []
    assert len({each.key for each in found}) == 1


# A vendor that fails


def nothing(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def half(connection: socket.socket) -> None:
    connection.sendall(OK + b'Content-Length: 1000\r\n\r\n{"code"')


@pytest.mark.parametrize(
    ("vendor", "sentence"),
    [(nothing, "broke off"), (half, "broke off")],
    ids=["reset", "half a response"],
)
def test_a_broken_connection_breaks_for_the_caller_too(
    tmp_path: Path, vendor: Callable[[socket.socket], None], sentence: str
) -> None:
    with raw_vendor(vendor) as (url, _), recording(tmp_path, url) as to:
        with pytest.raises((ConnectionError, OSError, Exception)):
            ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
        assert to.files() == []
    assert sentence in to.told[0]
    assert "not kept" in to.told[0]


@pytest.mark.slow
def test_a_vendor_that_times_out_gets_504(tmp_path: Path) -> None:
    done = threading.Event()

    def silent(connection: socket.socket) -> None:
        assert done.wait(20)

    with (
        raw_vendor(silent) as (url, _),
        recording(tmp_path, url, seconds=0.3) as to,
    ):
        status, _, body = ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
        assert (status, to.files()) == (504, [])
        done.set()
    assert b"gave no response in 0.3 s" in body


def test_a_vendor_with_a_bad_certificate_gets_502(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    with (
        running_server(tmp_path / "vendor") as vendor,
        recording(tmp_path, f"https://127.0.0.1:{vendor.tls}") as to,
    ):
        status, _, body = ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
        assert (status, to.files()) == (502, [])
    assert b"CERTIFICATE_VERIFY_FAILED" in body.upper().replace(b" ", b"_")


def test_nothing_listens_gets_502(tmp_path: Path) -> None:
    with recording(tmp_path, "http://127.0.0.1:1") as to:
        status, _, _ = ask(to.plain, "POST", "/ocr/general", [HOST, JSON], BODY)
        assert (status, to.files()) == (502, [])


@pytest.mark.slow
def test_three_hundred_megabytes_pass_and_are_not_kept(tmp_path: Path) -> None:
    size, piece = 300 * 1024 * 1024, b"x" * (4 * 1024 * 1024)

    def much(connection: socket.socket) -> None:
        connection.sendall(OK + b"Content-Length: %d\r\n\r\n" % size)
        for _ in range(size // len(piece)):
            connection.sendall(piece)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with raw_vendor(much) as (url, _), recording(tmp_path, url, seconds=30) as to:
        with socket.create_connection(to.plain, timeout=60) as client:
            client.sendall(
                b"GET /ocr/general HTTP/1.1\r\nHost: recognition.image.myqcloud.com\r\n\r\n"
            )
            got = 0
            while got < size:
                got += len(client.recv(1024 * 1024))
        assert to.files() == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250 * 1024


def test_a_client_that_hangs_up_leaves_no_recording(tmp_path: Path) -> None:
    with raw_vendor(says(ANSWER)) as (url, _), recording(tmp_path, url) as to:
        with socket.create_connection(to.plain, timeout=10) as client:
            client.sendall(
                b"POST /ocr/general HTTP/1.1\r\nHost: recognition.image.myqcloud.com\r\n"
                b"Content-Length: 1000\r\n\r\n{"
            )
        assert to.files() == []


# The command


@contextmanager
def command(*arguments: str, home: Path, limit: int = 0) -> Iterator[subprocess.Popen[str]]:
    def lower() -> None:
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = subprocess.Popen(
        # a limit is for a process that is not forked from another
        [*([sys.executable] if limit else python()), "-m", "mockocr", "record", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # under a limit, Python would leave bytecode that is cut off
        env={
            **os.environ,
            "MOCKOCR_HOME": str(home),
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "1" if limit else "",
        },
        preexec_fn=lower,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


@pytest.mark.slow
def test_a_full_disk_ends_the_recording_with_one_sentence(tmp_path: Path) -> None:
    out = tmp_path / "out"
    long = ANSWER.replace(b"Total", b"Total" * 2000)
    answers = iter([ANSWER, long])
    with raw_vendor(lambda connection: says(next(answers))(connection)) as (url, _):
        arguments = ("--out", str(out), "--port", "0", "--upstream", url)
        with command(*arguments, home=tmp_path, limit=4096) as process:
            assert process.stdout is not None
            ready = process.stdout.readline()
            port = int(ready.rsplit(":", 1)[1])
            for expected in (ANSWER, long):
                _, _, body = ask(("127.0.0.1", port), "POST", "/ocr/general", [HOST, JSON], BODY)
                assert body == expected
            printed, errors = process.communicate(timeout=20)
            assert process.returncode == 1
    assert "the recording ends here" in printed
    assert "2 calls, 1 kept" in printed
    assert errors.strip().endswith("what was kept before stays")
    assert "Traceback" not in errors
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) == 1


@pytest.mark.slow
def test_the_command_records_through_the_proxy_and_says_what_it_cost(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    request = signed("aliyun_market.ocr")
    with running_server(tmp_path / "vendor") as vendor:
        arguments = ("--out", str(tmp_path / "out"), "--proxy-port", "0")
        upstream = ("--upstream", f"https://127.0.0.1:{vendor.tls}", "--port", "0")
        trust = ("--upstream-ca", str(vendor.ca))
        with command(*arguments, *upstream, *trust, home=tmp_path) as process:
            assert process.stdout is not None
            proxy = int(process.stdout.readline().rsplit(":", 1)[1])
            with through_proxy(
                proxy, "ocrimg.market.alicloudapi.com", tmp_path / "ca.pem"
            ) as client:
                body = request.body
                lines = [f"{name}: {value}" for name, value in request.headers]
                head = "\r\n".join([f"POST {request.target} HTTP/1.1", *lines, "", ""])
                client.sendall(head.encode() + body)
                got = client.recv(65536)
            assert got.startswith(b"HTTP/1.1 200 ")
            assert "kept as aliyun_market/ocr-" in process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            printed, errors = process.communicate(timeout=20)
    assert errors == ""
    assert "1 calls, 1 kept" in printed
    assert "cost about 0.0200 CNY, without free quotas" in printed


@contextmanager
def through_proxy(port: int, host: str, ca: Path) -> Iterator[ssl.SSLSocket]:
    """A TLS connection to the host through the proxy, which shows a certificate of its CA."""
    plain = socket.create_connection(("127.0.0.1", port), timeout=20)
    plain.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
    assert plain.recv(1000).startswith(b"HTTP/1.1 200 ")
    context = ssl.create_default_context(cafile=ca)
    with context.wrap_socket(plain, server_hostname=host) as secure:
        yield secure
