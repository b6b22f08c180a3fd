"""Files that are made to use up the decoder's time or memory get the vendor's own error, and other
requests do not wait for them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image as Pillow

from mockocr.app import build
from mockocr.core.account import Credential
from mockocr.core.errors import ApiError, ErrorCause
from mockocr.core.image import Limits
from mockocr.core.request_example import SampleImage
from mockocr.images import decode_process
from mockocr.images.cost import estimate
from mockocr.images.decode_process import DecodeProcesses
from mockocr.settings import Settings
from tests.exchange import picture
from tests.gallery import gallery
from tests.images.files import file, sketch
from tests.recognitions import Reader
from tests.request_examples import find_example
from tests.serving.raw_requests import now
from tests.sockets import ask, served

pytestmark = pytest.mark.slow

Address = tuple[str, int]


def document(content: bytes, resources: bytes = b"", extra: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page that draws `content`; `extra` are objects from number 5 on."""
    packed = zlib.compress(content)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>"
        % resources,
        stream,
        *extra,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


def nested_forms(depth: int) -> bytes:
    """A document whose form draws another one twenty times, and so on."""
    forms = []
    for level in range(depth):
        inner = b"/F Do " * 20 if level < depth - 1 else b"0 0 600 800 re f " * 20
        next_form = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        forms.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]%s/Length %d>>stream\n%s\nendstream"
            % (next_form if level < depth - 1 else b"", len(inner), inner)
        )
    return document(b"/F Do", b"/XObject<</F 5 0 R>>", tuple(forms))


SLOW: dict[str, Callable[[], bytes]] = {
    "nested forms": lambda: nested_forms(7),
    "a million rectangles": lambda: document(b"0 0 600 800 re " * 1_000_000 + b"f"),
    "sixty million operators": lambda: document(b"q Q " * 30_000_000),
}


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    mock = build(engine=Reader(), decode_seconds=15)  # the machine may be busy: CPU time is limited
    with served(mock.asgi) as address:
        yield address


@pytest.fixture(scope="module")
def usual() -> Iterator[Address]:
    """A server without settings: five seconds for a document."""
    with served(build(engine=Reader()).asgi) as address:
        yield address


def send(
    address: Address, operation: str, data: bytes, page: int = 0
) -> tuple[int, bytes, str, float]:
    """A signed request with this file, or this page of it. Returns the status, the body, the reason
    in the journal, and seconds.
    """
    vendor, service, example = find_example(operation)
    request = example.build(SampleImage(data, "file"), vendor.credentials)
    request = request.replaced(at=now(), seed=7)
    if not request.host:
        request = request.replaced(headers=(("Host", service.hosts[0]), *request.headers))
    if page:
        fields = {**json.loads(request.body), "pdf_page_number": page}
        request = request.with_body(json.dumps(fields).encode())
    request = service.sign(request, Credential(vendor.name, vendor.credentials))
    start = time.monotonic()
    target = f"/{service.namespace}{request.target}"
    status, headers, body = ask(address, request.method, target, request.headers, request.body)
    seconds = time.monotonic() - start
    _, _, row = ask(address, "GET", f"/_mockocr/requests/{headers['x-mockocr-request']}")
    return status, body, json.loads(row)["why"], seconds


@pytest.mark.parametrize("name", SLOW)
def test_a_document_that_takes_long_is_refused_and_others_are_served_meanwhile(
    usual: Address, name: str
) -> None:
    send(usual, "huawei.web_image", picture("hello.png"))
    data = SLOW[name]()
    with ThreadPoolExecutor(2) as pool:
        slow = [pool.submit(send, usual, "huawei.general_text", data, 1) for _ in (1, 2)]
        time.sleep(0.3)
        waits = [send(usual, "huawei.web_image", picture("hello.png")) for _ in range(3)]
        assert not any(each.done() for each in slow)
        answers = [each.result() for each in slow]
    for status, body, why, _ in answers:
        assert (status, json.loads(body)["error_code"]) == (400, "AIS.0102"), why
        assert "CPU time" in why or "stopped the decoder" in why or "took more than" in why
    assert [wait[0] for wait in waits] == [200] * 3
    assert max(wait[3] for wait in waits) < 2


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_document_gets_the_vendors_error_within_5_s_and_others_are_answered(
    name: str,
) -> None:
    """One second is allowed, and the rest of the five is for a busy machine."""
    data = SLOW[name]()
    with (
        served(build(engine=Reader(), decode_seconds=1).asgi) as address,
        ThreadPoolExecutor(1) as it,
    ):
        slow = it.submit(send, address, "huawei.general_text", data, 1)
        answered = 0
        while not slow.done():
            assert ask(address, "GET", "/nowhere")[0] == 404
            answered += 1
        status, body, why, seconds = slow.result()
    assert (status, json.loads(body)["error_code"]) == (400, "AIS.0102"), why
    assert "took more than 1 s" in why or "stopped the decoder" in why
    assert seconds < 5
    assert answered >= 5


def test_decoding_may_take_5_s_if_no_setting_says_otherwise() -> None:
    assert Settings().decode_seconds == 5


def test_a_decoder_that_stopped_is_given_up_at_its_deadline() -> None:
    data, limits = document(b"0 0 600 800 re f") + b" " * 5_000_000, Limits(page=1)
    others = set(decoding_processes())
    processes = DecodeProcesses(1, "stopped", 1)
    try:
        cost = estimate(data, limits)
        assert DecodeProcesses(1, "warm", 60).decode(data, limits, cost).format == "PDF"
        with contextlib.suppress(ApiError):  # on a busy machine, starting takes more than a second
            processes.decode(data, limits, cost)
        for pid in set(decoding_processes()) - others:
            os.kill(pid, signal.SIGSTOP)
        start = time.monotonic()
        with pytest.raises(ApiError, match="took more than 1 s") as refused:
            processes.decode(data, limits, cost)
        assert 1 <= time.monotonic() - start < 5
        assert refused.value.cause is ErrorCause.PDF
    finally:
        processes.close()


@pytest.mark.parametrize(("ends", "error"), [(False, BlockingIOError), (True, EOFError)])
def test_a_decoder_that_sends_a_part_is_late_or_has_ended(
    ends: bool, error: type[Exception]
) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        process = decode_process._Process.__new__(decode_process._Process)
        process._socket, process._deadline = ours, time.monotonic() + (60 if ends else 1)
        theirs.sendall(b"a part")
        if ends:
            theirs.close()
        with pytest.raises(error):
            process._read(1000)


def test_a_file_whose_decoding_needs_much_memory_is_refused_by_its_header(
    address: Address,
) -> None:
    bomb = file(Pillow.new("RGBA", (7000, 7000)), "WEBP", lossless=True)
    assert len(bomb) < 2000
    before = resident()
    status, body, why, _ = send(address, "tencent.general", bomb)
    assert "the limit is 300 MB" in why
    assert status == 200
    assert json.loads(body)["code"] != 0
    assert resident() - before < 100


def test_a_picture_takes_at_most_300_mb_while_it_is_decoded(address: Address) -> None:
    data = file(Pillow.new("RGB", (7000, 7000), "red"), "PNG", compress_level=1)
    before = resident()
    peak = [before]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            peak.append(resident())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        status, _, why, _ = send(address, "tencent.general", data)
    finally:
        done.set()
        watching.join()
    assert (status, why) == (200, "")
    # the pixels alone are 147 MB
    assert peak[-1] - before < 300, "in this process"


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_an_honest_webp_of_20_megapixels_is_read_within_300_mb(address: Address, mode: str) -> None:
    shown = sketch("RGB", (500, 400)).resize((5000, 4000))
    if mode == "RGBA":
        shown.putalpha(200)
    data = file(shown, "WEBP", method=0)
    assert estimate(data, Limits()).decoding <= 300 * 1024 * 1024
    status, _, why, _ = send(address, "huawei.web_image", data)
    assert (status, why) == (200, "")
    peaks = [peak - now for peak, now in decoding_processes().values()]
    assert 150 < max(peaks) <= 300 + len(data) // 1024 // 1024


def test_an_animated_webp_needs_its_canvases_until_the_end() -> None:
    shown = sketch("RGB", (200, 100))
    one = estimate(file(shown, "WEBP"), Limits())
    clear = estimate(file(shown.convert("RGBA").rotate(5), "WEBP"), Limits())
    more = file(shown, "WEBP", save_all=True, append_images=[shown.rotate(180)])
    assert one.decoding == 12 * 200 * 100
    assert clear.decoding == 13 * 200 * 100
    assert estimate(more, Limits()).decoding == 20 * 200 * 100


def test_what_libtiff_complains_about_is_not_written_to_stderr(
    address: Address, capfd: pytest.CaptureFixture[str]
) -> None:
    data = bytearray(file(sketch("RGB", (600, 400)), "TIFF", compression="tiff_lzw"))
    for place in range(200, 1200, 7):
        data[place] ^= 0x5A
    status, _, why, _ = send(address, "huawei.web_image", bytes(data))
    assert (status, "TIFF picture is damaged" in why) == (400, True), why
    assert "TIFF" not in capfd.readouterr().err


@pytest.mark.parametrize("setting", ["on", "off"])
def test_pictures_are_downloaded_from_this_machine_unless_that_is_off(setting: str) -> None:
    with served(build(engine=Reader(), fetch_private=setting).asgi) as address:
        body = json.dumps({"image": f"{gallery(picture)}/hello.png"}).encode()
        target = "/v3/recognition/general-ocr?key=mockocr-dev-key"
        kind = (("Content-Type", "application/json"),)
        _, headers, _ = ask(address, "POST", target, kind, body)
        id = headers["x-mockocr-request"]
        row = json.loads(ask(address, "GET", f"/_mockocr/requests/{id}")[2])
    assert ("loopback address" in row["why"]) is (setting == "off"), row["why"]


def resident() -> int:
    """Megabytes of this process, in which the server runs."""
    text = Path("/proc/self/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", text)
    assert found is not None
    return int(found[1]) // 1024


def decoding_processes() -> dict[int, tuple[int, int]]:
    """The ids of the decoding processes of this process, with the megabytes of each: at most, and
    now.
    """
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # a process that ended meanwhile
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"decode_worker" in (folder / "cmdline").read_bytes():
                text = (folder / "status").read_text()
                peak, now = re.findall(r"Vm(?:HWM|RSS):\s+(\d+)", text)
                found[int(folder.name)] = int(peak) // 1024, int(now) // 1024
    return found


def test_the_scans_of_a_jpeg_count_even_if_it_is_not_progressive() -> None:
    data = file(sketch("RGB", (600, 400)), "JPEG")
    start, end = data.index(b"\xff\xda"), data.rindex(b"\xff\xd9")
    many = data[:end] + data[start:end] * 13 + data[end:]
    one, more = estimate(data, Limits()), estimate(many, Limits())
    assert (one.light, more.light) == (True, False)
    assert one.decoding == 4 * 600 * 400
    assert more.decoding > one.decoding
