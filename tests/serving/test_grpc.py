"""gRPC calls over real sockets: plain, with TLS, through the https port and through the proxy."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.cloud.vision_v1.types import image_annotator
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2

from mockocr.app import Mock
from mockocr.serving.grpc.codec import Codec, MalformedMessageError
from mockocr.testing.running import running
from mockocr.vendors.google.vision.message_types import message_types
from tests.asgi import ask
from tests.conformance import mock
from tests.exchange import picture
from tests.recognitions import Reader
from tests.serving.grpc_server import Ports, serving
from tests.sockets import wait_until
from tests.vendors.google.calling import KEY
from tests.vendors.google.message_table import official_table

SERVICE = "/google.cloud.vision.v1.ImageAnnotator/"
METADATA = (("x-goog-api-key", KEY),)
TEXT = "发票 Invoice 2026\n合计:1280.50"
Request: Any = image_annotator.BatchAnnotateImagesRequest
Reply: Any = image_annotator.BatchAnnotateImagesResponse


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Mock, Ports]]:
    to = mock()
    with serving(to) as ports:
        yield to, ports


@pytest.fixture
def to(served: tuple[Mock, Ports]) -> Iterator[Mock]:
    yield served[0]
    # the faults of a test must not reach the next one
    ask(served[0].asgi, "DELETE", "/_mockocr/faults")


@pytest.fixture
def ports(served: tuple[Mock, Ports]) -> Ports:
    return served[1]


def images(data: bytes = b"", count: int = 1) -> bytes:
    entry = {
        "image": {"content": data or picture("hello.png")},
        "features": [{"type_": image_annotator.Feature.Type.TEXT_DETECTION}],
    }
    return bytes(Request.serialize(Request(requests=[entry] * count)))


def call(
    channel: grpc.Channel,
    data: bytes,
    method: str = f"{SERVICE}BatchAnnotateImages",
    metadata: Any = METADATA,
) -> bytes:
    unary: Any = channel.unary_unary(method)
    return bytes(unary(data, timeout=20, metadata=metadata))


def read(channel: grpc.Channel) -> str:
    return str(Reply.deserialize(call(channel, images())).responses[0].full_text_annotation.text)


def refused(channel: grpc.Channel, *args: Any, **more: Any) -> tuple[grpc.StatusCode, str, Any]:
    """The code, the message and the details of a call that must fail."""
    with pytest.raises(grpc.RpcError) as caught:
        call(channel, *args, **more)
    error: Any = caught.value
    trailers = dict(error.trailing_metadata() or ())
    details = status_pb2.Status.FromString(trailers.get("grpc-status-details-bin", b""))
    return error.code(), error.details(), details


def fault(to: Mock, kind: str) -> None:
    body = json.dumps({"operation": "google.images_annotate", "fault": kind, "times": 1}).encode()
    assert ask(to.asgi, "POST", "/_mockocr/faults", (), body).status == 201


def newest(to: Mock) -> Any:
    return ask(to.asgi, "GET", "/_mockocr/requests?limit=1").json["requests"][0]


@pytest.fixture
def channel(ports: Ports) -> Iterator[grpc.Channel]:
    with grpc.insecure_channel(ports.grpc) as opened:
        yield opened


def test_a_call_in_plain_text_is_answered_and_in_the_journal(
    to: Mock, channel: grpc.Channel
) -> None:
    assert read(channel) == TEXT
    entry = newest(to)
    assert (entry["operation"], entry["account"], entry["code"]) == ("images_annotate", "dev", "OK")
    assert entry["target"] == "/v1/images:annotate"


@pytest.mark.parametrize("port", ["grpc", "https"])
def test_a_call_with_tls_is_answered_on_the_grpc_port_and_on_the_https_port(
    ports: Ports, port: str
) -> None:
    target = f"localhost:{getattr(ports, port).rpartition(':')[2]}"
    with grpc.secure_channel(target, grpc.ssl_channel_credentials(ports.ca)) as channel:
        assert read(channel) == TEXT


def test_a_call_to_googles_own_address_is_answered_through_the_proxy(ports: Ports) -> None:
    options = (("grpc.http_proxy", f"http://{ports.proxy}"),)
    credentials = grpc.ssl_channel_credentials(ports.ca)
    with grpc.secure_channel("vision.googleapis.com:443", credentials, options) as channel:
        assert read(channel) == TEXT


def test_https_and_http_work_beside_grpc(ports: Ports) -> None:
    import ssl
    import urllib.request

    trust = ssl.create_default_context(cadata=ports.ca.decode())
    trust.set_alpn_protocols(["h2", "http/1.1"])
    url = f"https://{ports.https}/_mockocr/livez"
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
    )
    with opener.open(url, timeout=20) as answer:
        assert json.load(answer) == {"status": "ok"}


def test_an_error_has_its_status_code_and_its_details(channel: grpc.Channel) -> None:
    code, message, status = refused(channel, images(), metadata=(("x-goog-api-key", "no"),))
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert message == "API key not valid. Please pass a valid API key."
    (detail,) = status.details
    info = error_details_pb2.ErrorInfo()
    assert isinstance(detail, any_pb2.Any)
    assert detail.Unpack(info)
    assert (info.reason, info.domain) == ("API_KEY_INVALID", "googleapis.com")
    assert dict(info.metadata) == {"service": "vision.googleapis.com"}


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("error=no_credentials", grpc.StatusCode.PERMISSION_DENIED),
        ("error=expired", grpc.StatusCode.UNAUTHENTICATED),
        ("error=quota_exceeded", grpc.StatusCode.RESOURCE_EXHAUSTED),
        ("error=unavailable", grpc.StatusCode.UNAVAILABLE),
        ("error=internal", grpc.StatusCode.INTERNAL),
        ("error=operation_not_found", grpc.StatusCode.NOT_FOUND),
        ("error=deadline_exceeded", grpc.StatusCode.DEADLINE_EXCEEDED),
        ("status=503", grpc.StatusCode.UNAVAILABLE),
        ("status=418", grpc.StatusCode.UNKNOWN),
        ("reset", grpc.StatusCode.UNAVAILABLE),
        ("empty", grpc.StatusCode.UNAVAILABLE),
        ("truncated", grpc.StatusCode.UNAVAILABLE),
    ],
)
def test_a_fault_reaches_a_call_with_the_code_that_it_means(
    to: Mock, channel: grpc.Channel, kind: str, code: grpc.StatusCode
) -> None:
    fault(to, kind)
    assert refused(channel, images())[0] is code
    assert newest(to)["fault"]
    assert read(channel) == TEXT


def test_a_fault_delays_a_call(to: Mock, channel: grpc.Channel) -> None:
    fault(to, "delay=5")
    unary: Any = channel.unary_unary(f"{SERVICE}BatchAnnotateImages")
    with pytest.raises(grpc.RpcError) as caught:
        unary(images(), timeout=0.3, metadata=METADATA)
    error: Any = caught.value
    assert error.code() is grpc.StatusCode.DEADLINE_EXCEEDED


def test_a_quota_ends_a_call_with_the_vendors_own_error(to: Mock, channel: grpc.Channel) -> None:
    path = "/_mockocr/quotas/dev/google.images_annotate"
    assert ask(to.asgi, "PUT", path, (), b'{"left": 1}').status < 300
    try:
        assert read(channel) == TEXT
        code, _, status = refused(channel, images())
        info = error_details_pb2.ErrorInfo()
        assert status.details[0].Unpack(info)
        assert (code, info.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMIT_EXCEEDED")
    finally:
        ask(to.asgi, "PUT", path, (), b'{"left": null}')


def test_a_bad_picture_is_an_error_inside_the_answer(channel: grpc.Channel) -> None:
    reply = Reply.deserialize(call(channel, images(b"not a picture", 2)))
    errors = [(each.error.code, each.error.message) for each in reply.responses]
    assert errors == [(3, "Bad image data.")] * 2


def test_garbage_is_an_invalid_argument(to: Mock, channel: grpc.Channel) -> None:
    code, message, _ = refused(channel, b"\xff\xff\xff garbage")
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert message.startswith("Invalid JSON payload received.")
    assert newest(to)["why"].startswith("the body is not JSON")


@pytest.mark.parametrize(
    "method", ["/google.cloud.vision.v1.ProductSearch/ListProducts", f"{SERVICE}Nothing", "/x"]
)
def test_an_unknown_method_is_not_implemented_and_in_the_journal(
    to: Mock, channel: grpc.Channel, method: str
) -> None:
    assert refused(channel, b"", method)[0] is grpc.StatusCode.UNIMPLEMENTED
    assert newest(to)["why"] == f"POST /grpc{method}"


@pytest.mark.parametrize("path", ["/_mockocr/health", "/_mockocr/reset", "/v1/images:annotate"])
def test_a_call_with_the_name_of_a_path_reaches_neither_control_route_nor_operation(
    path: str, to: Mock, channel: grpc.Channel
) -> None:
    code, _, _ = refused(channel, b'{"requests":[]}', method=path)
    assert code == grpc.StatusCode.UNIMPLEMENTED
    assert (newest(to)["status"], newest(to)["operation"]) == (404, "")


def test_long_metadata_is_refused_by_the_vendor_and_in_the_journal(
    to: Mock, channel: grpc.Channel
) -> None:
    metadata = [("x-goog-api-key", "x" * 20_000), ("authorization", "x" * 20_000)]
    code, _, _ = refused(channel, images(), metadata=metadata)
    assert code in (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.INVALID_ARGUMENT)
    assert newest(to)["operation"] == "images_annotate"


def test_a_message_of_twelve_megabytes_is_too_large(to: Mock, channel: grpc.Channel) -> None:
    code, message, _ = refused(channel, images(b"x" * (12 * 1024 * 1024)))
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert message == "Request payload size exceeds the limit: 10485760 bytes."


def test_the_parent_and_the_name_of_an_operation_are_in_the_path(
    to: Mock, channel: grpc.Channel
) -> None:
    request = Request(requests=[], parent="projects/p/locations/eu")
    call(channel, bytes(Request.serialize(request)))
    assert newest(to)["target"] == "/v1/projects/p/locations/eu/images:annotate"
    name = "google.longrunning.GetOperationRequest"
    data = Codec(message_types()).to_bytes(name, {"name": "projects/p/operations/0"})
    code, message, _ = refused(channel, data, "/google.longrunning.Operations/GetOperation")
    assert (code, message) == (grpc.StatusCode.NOT_FOUND, "Requested entity was not found.")
    assert newest(to)["method"] == "GET"


def test_a_connection_that_says_nothing_or_nonsense_does_no_harm(ports: Ports) -> None:
    import socket

    host, _, port = ports.grpc.rpartition(":")
    for first in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\x16nonsense"):
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(first)
    with grpc.insecure_channel(ports.grpc) as channel:
        assert read(channel) == TEXT


def test_the_table_of_messages_is_that_of_googles_protos() -> None:
    types = message_types()
    official = official_table()
    assert {
        name: {f.name: f"{f.number} {f.type}{'[]' * f.repeated}" for f in fields.values()}
        for name, fields in types.messages.items()
    } == official["messages"]
    assert types.enums == official["enums"]


def test_a_response_that_fits_no_message_is_refused() -> None:
    codec = Codec(message_types())
    with pytest.raises(MalformedMessageError, match="BatchAnnotateImagesResponse"):
        codec.to_bytes("BatchAnnotateImagesResponse", {"responses": 7})


@pytest.mark.slow
def test_a_server_without_the_grpc_port_does_not_import_grpc() -> None:
    program = (
        "import sys; from mockocr.app import build; import mockocr.cli.serve;"
        "import mockocr.serving.server; from mockocr.recognition.engines.scripted import Scripted;"
        "build(engine=Scripted());"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in ('grpc', 'google')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.slow
def test_a_running_call_is_answered_when_the_server_stops() -> None:
    to = mock()
    with serving(to) as ports:
        fault(to, "delay=0.6")
        channel = grpc.insecure_channel(ports.grpc)
        unary: Any = channel.unary_unary(f"{SERVICE}BatchAnnotateImages")
        running = unary.future(images(), timeout=20, metadata=METADATA)
        assert wait_until(lambda: ask(to.asgi, "GET", "/_mockocr/faults").json["faults"][0]["used"])
    with channel:
        reply = Reply.deserialize(running.result())
        assert reply.responses[0].full_text_annotation.text == TEXT


def test_a_server_in_a_test_may_have_grpc() -> None:
    with running(engine=Reader(), grpc=True) as own, grpc.insecure_channel(own.grpc) as channel:
        assert read(channel) == TEXT
        assert own.requests("google.images_annotate")[0]["code"] == "OK"
