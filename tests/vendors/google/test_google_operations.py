"""Files, objects of Cloud Storage, and long-running operations, also over two servers."""

from __future__ import annotations

import asyncio
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from google.cloud import vision
from google.longrunning import operations_pb2
from google.protobuf import json_format

from mockocr.app import Mock, build
from mockocr.control.state.store import connect
from tests.asgi import ask_async
from tests.conformance import mock
from tests.exchange import FIXTURES, picture
from tests.recognitions import HELLO, Reader
from tests.redis_server import RedisServer
from tests.vendors.google.calling import KEY, annotate, content, entry, get, journal, post

TEXT = "发票 Invoice 2026\n合计:1280.50"
HEADERS = (("X-Goog-Api-Key", KEY), ("Content-Type", "application/json"))


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    """A folder with the bucket `box`."""
    (tmp_path / "box" / "in").mkdir(parents=True)
    shutil.copy(FIXTURES / "images" / "hello.png", tmp_path / "box" / "in")
    (tmp_path / "box" / "in" / "two.pdf").write_bytes(picture("two-pages.pdf"))
    (tmp_path / "secret.txt").write_text("outside of every bucket")
    return tmp_path


def with_storage(root: object, **options: str) -> Mock:
    return mock(options={"google": {"gs": str(root), **options}})


def by_uri(uri: str) -> dict[str, Any]:
    return {**entry(), "image": {"source": {"imageUri": uri}}}


def files_request(mime_type: str = "application/pdf", **more: Any) -> dict[str, Any]:
    config = {"gcsSource": {"uri": "gs://box/in/two.pdf"}, "mimeType": mime_type}
    features = [{"type": "DOCUMENT_TEXT_DETECTION"}]
    return {"requests": [{"inputConfig": config, "features": features, **more}]}


def output(batch_size: int = 1) -> dict[str, Any]:
    return {"gcsDestination": {"uri": "gs://box/out/"}, "batchSize": batch_size}


def test_an_object_is_read_from_the_folder(storage: Path) -> None:
    to = with_storage(storage)
    found = annotate(to, by_uri("gs://box/in/hello.png")).json["responses"][0]
    assert found["fullTextAnnotation"]["text"] == TEXT
    answer = post(to, "/v1/files:annotate", files_request()).json["responses"][0]
    assert answer["inputConfig"]["gcsSource"]["uri"] == "gs://box/in/two.pdf"
    contexts = [page["context"] for page in answer["responses"]]
    assert contexts == [{"uri": "gs://box/in/two.pdf", "pageNumber": n} for n in (1, 2)]


@pytest.mark.parametrize(
    ("uri", "why"),
    [
        ("gs://box/in/none.png", "cannot read"),
        ("gs://box/../secret.txt/../../secret.txt", "leads out of the folder"),
        ("gs://box/../../../../../etc/passwd", "leads out of the folder"),
        ("gs://box//etc/passwd", "cannot read"),
        ("gs://box/in", "cannot read"),
        ("gs://box/", "the URI names no object"),
        ("gs://BOX/in/hello.png", "the URI is not of the form"),
        ("gs://box/\x00", "is not a file name"),
    ],
)
def test_an_object_that_cannot_be_opened_is_refused(storage: Path, uri: str, why: str) -> None:
    to = with_storage(storage)
    error = annotate(to, by_uri(uri)).json["responses"][0]["error"]
    assert error == {"code": 7, "message": f"Error opening file: {uri}."}
    assert why in journal(to)["why"]


async def start(to: Mock, path: str, document: Any, wait: bool = True) -> dict[str, Any]:
    """The operation, started; with `wait` after its work is done."""
    answer = await ask_async(to.asgi, "POST", path, HEADERS, json.dumps(document).encode())
    assert answer.status == 200, answer.body
    if wait:
        await to.finish_jobs()
    return dict(answer.json)


def test_an_operation_reads_every_page_and_writes_one_file_for_each_batch(storage: Path) -> None:
    to = with_storage(storage)
    request = files_request(outputConfig=output())
    made = asyncio.run(start(to, "/v1/files:asyncBatchAnnotate", request))
    assert made["name"].startswith("projects/mockocr-dev/operations/")
    for path in (
        f"/v1/{made['name']}",
        f"/v1/operations/{made['name'].rpartition('/')[2]}",
        f"/v1/projects/x/locations/eu/operations/{made['name'].rpartition('/')[2]}",
    ):
        done = get(to, path).json
        assert done["done"] is True
    assert done["metadata"]["state"] == "DONE"
    assert done["response"] == {
        "@type": "type.googleapis.com/google.cloud.vision.v1.AsyncBatchAnnotateFilesResponse",
        "responses": [{"outputConfig": output()}],
    }
    written = sorted(path.name for path in (storage / "box" / "out").iterdir())
    assert written == ["output-1-to-1.json", "output-2-to-2.json"]
    second = json.loads((storage / "box" / "out" / written[1]).read_text("utf-8"))
    (page,) = second["responses"]
    assert page["fullTextAnnotation"]["text"] == TEXT
    assert page["context"]["pageNumber"] == 2
    assert second["inputConfig"]["mimeType"] == "application/pdf"
    kind = vision.AnnotateFileResponse.pb(vision.AnnotateFileResponse())
    assert json_format.MessageToDict(json_format.Parse(json.dumps(second), kind)) == second
    vision.AsyncBatchAnnotateFilesResponse()  # registers the type that the Any names
    operation = json_format.ParseDict(done, operations_pb2.Operation())
    assert operation.done


def test_an_operation_reads_pictures_and_keeps_their_errors(storage: Path) -> None:
    to = with_storage(storage)
    entries = [by_uri("gs://box/in/hello.png"), entry("broken.png"), entry()]
    request = {"requests": entries, "outputConfig": output(2)}
    path = "/v1/projects/other/locations/us/images:asyncBatchAnnotate"
    made = asyncio.run(start(to, path, request))
    assert made["name"].startswith("projects/other/locations/us/operations/")
    assert get(to, f"/v1/{made['name']}").json["response"]["outputConfig"] == output(2)
    first = json.loads((storage / "box" / "out" / "output-1-to-2.json").read_text("utf-8"))
    assert first["responses"][0]["context"] == {"uri": "gs://box/in/hello.png"}
    assert first["responses"][1] == {"error": {"code": 3, "message": "Bad image data."}}
    assert (storage / "box" / "out" / "output-3-to-3.json").is_file()


def test_an_operation_runs_for_the_settable_time_of_the_test_clock(storage: Path) -> None:
    to = with_storage(storage, operation_seconds="60")
    request = files_request(outputConfig=output())
    made = asyncio.run(start(to, "/v1/files:asyncBatchAnnotate", request))
    running = get(to, f"/v1/{made['name']}").json
    assert running == made
    assert running["metadata"]["state"] == "RUNNING"
    to.clock.advance(61)
    assert get(to, f"/v1/{made['name']}").json["done"] is True


def test_an_operation_whose_file_cannot_be_read_ends_with_its_error(storage: Path) -> None:
    to = with_storage(storage)
    request = files_request("text/plain", outputConfig=output())
    made = asyncio.run(start(to, "/v1/files:asyncBatchAnnotate", request))
    error = get(to, f"/v1/{made['name']}").json["error"]
    assert error == {"code": 3, "message": "Unsupported input file format: text/plain"}


def test_another_account_does_not_see_an_operation(storage: Path) -> None:
    to = with_storage(storage)
    request = files_request(outputConfig=output())
    made = asyncio.run(start(to, "/v1/files:asyncBatchAnnotate", request))
    other = asyncio.run(ask_async(to.asgi, "POST", "/_mockocr/accounts", (), b"{}")).json
    headers = (("X-Goog-Api-Key", other["credentials"]["google"]["api_key"]),)
    answer = asyncio.run(ask_async(to.asgi, "GET", f"/v1/{made['name']}", headers))
    assert answer.status == 404
    assert answer.json["error"]["status"] == "NOT_FOUND"


@pytest.mark.slow
def test_an_operation_is_found_by_a_second_server_on_redis(storage: Path, tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    server.start()
    try:
        options = {"google": {"gs": str(storage)}}

        async def steps() -> Any:
            first, second = (
                build(engine=Reader(HELLO), store=connect(server.address), options=options)
                for _ in range(2)
            )
            request = files_request(outputConfig=output())
            made = await start(first, "/v1/files:asyncBatchAnnotate", request)
            found = await ask_async(second.asgi, "GET", f"/v1/{made['name']}", HEADERS)
            for each in (first, second):
                await each.store.aclose()  # type: ignore[attr-defined] # Redis has it
            return found.json

        assert asyncio.run(steps())["done"] is True
    finally:
        server.stop()


class _FakeStorage(http.server.BaseHTTPRequestHandler):
    """The two methods of Cloud Storage's JSON API that are used, as fake-gcs-server has them."""

    objects: dict[tuple[str, str], bytes]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        _, _, _, _, bucket, _, name = parts.path.split("/", 6)
        found = self.objects.get((bucket, unquote(name)))
        self._answer(200 if found is not None else 404, found or b"Not Found")

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        bucket, query = parts.path.split("/")[5], parse_qs(parts.query)
        assert query["uploadType"] == ["media"]
        size = int(self.headers["Content-Length"])
        self.objects[bucket, query["name"][0]] = self.rfile.read(size)
        self._answer(200, b"{}")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@contextmanager
def fake_storage() -> Iterator[tuple[str, dict[tuple[str, str], bytes]]]:
    objects: dict[tuple[str, str], bytes] = {}
    handler = type("Handler", (_FakeStorage,), {"objects": objects})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", objects
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.slow
def test_objects_are_read_from_and_written_to_a_storage_server() -> None:
    with fake_storage() as (url, objects):
        objects["box", "in/two.pdf"] = picture("two-pages.pdf")
        objects["box", "a b/ü.png"] = picture("hello.png")
        to = with_storage(url)
        found = annotate(to, by_uri("gs://box/a b/ü.png"), by_uri("gs://box/none.png"))
        text, missing = found.json["responses"]
        assert text["fullTextAnnotation"]["text"] == TEXT
        assert missing["error"]["code"] == 7
        request = files_request(outputConfig=output(5))
        asyncio.run(start(to, "/v1/files:asyncBatchAnnotate", request))
        written = json.loads(objects["box", "out/output-1-to-2.json"])
        assert [page["context"]["pageNumber"] for page in written["responses"]] == [1, 2]


def test_a_storage_server_that_does_not_answer_is_an_object_that_cannot_be_opened() -> None:
    to = with_storage("http://127.0.0.1:1")
    error = annotate(to, by_uri("gs://box/a.png")).json["responses"][0]["error"]
    assert error["code"] == 7
    assert "127.0.0.1:1" in journal(to)["why"]


@pytest.mark.slow
def test_each_frame_of_a_tiff_file_is_a_page_in_pixels() -> None:
    import base64
    import io

    from PIL import Image as Pillow

    made = io.BytesIO()
    frames = [Pillow.new("L", (100 + n, 50), 255) for n in range(7)]
    frames[0].save(made, "TIFF", save_all=True, append_images=frames[1:])
    encoded = base64.b64encode(made.getvalue()).decode()
    config = {"content": encoded, "mimeType": "image/tiff"}
    asked = {"inputConfig": config, "features": [{"type": "TEXT_DETECTION"}]}
    answer = post(mock(), "/v1/files:annotate", {"requests": [asked]}).json["responses"][0]
    assert answer["totalPages"] == 7
    pages = [page["fullTextAnnotation"]["pages"][0] for page in answer["responses"]]
    assert [page["width"] for page in pages] == [100, 101, 102, 103, 104]
    assert "confidence" not in pages[0]["blocks"][0]
    assert list(pages[0]["blocks"][0]["boundingBox"]) == ["normalizedVertices"]
    chosen = {**asked, "pages": [7, -6, 7]}
    answer = post(mock(), "/v1/files:annotate", {"requests": [chosen]}).json["responses"][0]
    assert [page["context"]["pageNumber"] for page in answer["responses"]] == [7, 2]


def test_pages_of_a_document_cost_a_unit_each() -> None:
    to = mock()
    config = {"content": content("two-pages.pdf"), "mimeType": "application/pdf"}
    asked = {"inputConfig": config, "features": [{"type": "TEXT_DETECTION"}]}
    post(to, "/v1/files:annotate", {"requests": [asked]})
    (row,) = get(to, "/_mockocr/bill").json["rows"]
    assert (row["calls"], row["billable"]) == (1, 2)
