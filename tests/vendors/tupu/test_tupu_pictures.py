"""Real pictures of every format, sent and downloaded, through the real loader."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image as Pillow

from mockocr.core.image import Image, Limits, Source
from mockocr.images import Loader
from tests.vendors.tupu.harness import (
    Harness,
    as_json,
    body_of,
    code_of,
    file,
    form,
    multipart,
    names,
)


class Loading(Harness):
    """The harness with the real loader."""

    async def load(self, source: Source, limits: Limits) -> Image:
        loader = Loader()
        try:
            return await loader(source, limits)
        finally:
            await loader.aclose()


def drawn(kind: str, frames: int = 1, size: tuple[int, int] = (64, 32)) -> bytes:
    made = io.BytesIO()
    pages = [Pillow.new("RGB", size, (255 - page * 40, 9, 9)) for page in range(frames)]
    more = {"save_all": True, "append_images": pages[1:]} if frames > 1 else {}
    pages[0].save(made, kind, **more)
    return made.getvalue()


@pytest.fixture
def pictures() -> Iterator[tuple[str, list[str]]]:
    """The address of a server that has /a.png, and the Referer of each request to it."""
    referers: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            referers.append(self.headers.get("Referer", ""))
            body = {"/a.png": drawn("PNG"), "/big": b"x" * 1_100_000, "/text": b"hello"}
            found = body.get(self.path.partition("?")[0])
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Length", str(len(found or b"")))
            self.end_headers()
            self.wfile.write(found or b"")

        def log_message(self, *args: object) -> None:
            """No access log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", referers
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_the_formats_on_the_page_are_read(kind: str) -> None:
    assert code_of(multipart(file(drawn(kind))), Loading()) == (200, 0, "success")


@pytest.mark.parametrize(
    "data",
    [drawn("GIF"), drawn("BMP"), drawn("GIF", 3), drawn("WEBP", 3), drawn("PNG")[:60], b"text"],
    ids=["gif", "bmp", "animated gif", "animated webp", "half a png", "text"],
)
def test_other_formats_animations_and_broken_pictures_are_image_errors(data: bytes) -> None:
    assert code_of(multipart(file(data)), Loading()) == (200, 14, "Image error")


@pytest.mark.parametrize("data", [drawn("GIF"), drawn("BMP"), drawn("GIF", 3)])
def test_the_option_formats_allows_gif_and_bmp(data: bytes) -> None:
    assert code_of(multipart(file(data), formats="later"), Loading())[1] == 0


def test_a_file_may_have_one_mebibyte() -> None:
    whole = drawn("PNG")
    assert code_of(multipart(file(whole.ljust(1 << 20, b"\0"))), Loading())[1] == 0
    over = multipart(file(whole.ljust((1 << 20) + 1, b"\0")))
    assert code_of(over, Loading()) == (200, 14, "File too large")


@pytest.mark.slow
def test_pictures_are_downloaded_with_the_referer(pictures: tuple[str, list[str]]) -> None:
    base, referers = pictures
    urls = [f"{base}/a.png?n=1", f"{base}/a.png?n=2"]
    request = form(*[("image", url) for url in urls], ("referer", "http://房.example/"))
    response = Loading().serve(request)
    assert names(response) == urls
    assert body_of(response)["data"]["fileList"][0]["objects"][0]["text"] == "Tupu 2026"
    assert referers == ["http://%E6%88%BF.example/"] * 2
    assert code_of(as_json({"image": urls[0]}), Loading())[1] == 0
    assert referers[2:] == [""]


@pytest.mark.parametrize(
    ("path", "message"),
    [("/none", "Download fail"), ("/big", "File too large"), ("/text", "Image error")],
)
@pytest.mark.slow
def test_a_url_without_a_usable_picture_gets_its_own_message(
    pictures: tuple[str, list[str]], path: str, message: str
) -> None:
    assert code_of(form(("image", pictures[0] + path)), Loading()) == (200, 14, message)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/closed.png",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://127.0.0.1/a.png",
        "//127.0.0.1/a.png",
        "http://",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://x\ud800/",
        "http://127.0.0.1:1/\r\nHost: b",
        "iVBORw0KGgo=",
        "测试",
        " ",
    ],
)
def test_a_url_that_cannot_be_downloaded_gets_download_fail(url: str) -> None:
    assert code_of(as_json({"image": url}), Loading()) == (200, 14, "Download fail")
