"""Mutates gRPC calls: the message, its bytes, the metadata, and the name of the method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from google.cloud.vision_v1.types import image_annotator
from google.longrunning import operations_pb2

from tests.fuzz.mutated_requests import ODD_BODIES, mutated_bytes
from tests.fuzz.signed_examples import EXAMPLES, PICTURE

Metadata = Sequence[tuple[str, str | bytes]]

_ANNOTATOR = "/google.cloud.vision.v1.ImageAnnotator/"
_GET_OPERATION = "/google.longrunning.Operations/GetOperation"
_METHODS = [
    *("", "/", "//", "/google.cloud.vision.v1.ImageAnnotator", f"{_ANNOTATOR}Nothing"),
    *("/v1/images:annotate", "/../x", "/%00", "/é", "/" + "a" * 300, "/_mockocr/health"),
]
_TEXTS = [
    *("", " ", "\x00", "..", "../../x", "%", "%00", "?a=b", "#", "a\r\nX-Injected: 1", "\u202e"),
    *("projects/p/locations/eu", "projects/p/operations/1", "é" * 3000, "gs://b/o", "file:///x"),
]
_METADATA: list[tuple[str, str | bytes]] = [
    *(("x-goog-api-key", text) for text in ("", "x", "x" * 4000, "%")),
    *(("authorization", text) for text in ("", "Bearer ", "Bearer x", "Basic !", "x" * 4000)),
    *(("host", "example.com"), ("x-odd-bin", b"\xff\x00"), ("content-length", "-1")),
    *(("transfer-encoding", "chunked"), ("upgrade", "h2c"), ("expect", "100-continue")),
    *(("x-goog-user-project", text) for text in ("", "p", "p" * 4000)),
]


@dataclass(frozen=True)
class Call:
    """One call: the method's whole name, the bytes of its message, and the metadata."""

    method: str
    raw: bytes
    metadata: Metadata

    def __repr__(self) -> str:
        return f"<{self.method} {self.metadata!r:.600} {self.raw[:600]!r} of {len(self.raw)} bytes>"


def mutated_call(random: Random) -> Call:
    """A call to Google's Vision, mutated in up to three ways."""
    method, message = random.choice(_MESSAGES)(random)
    raw = bytes(message.SerializeToString())
    metadata: list[tuple[str, str | bytes]] = [("x-goog-api-key", _API_KEY)]
    for _ in range(random.randint(0, 3)):
        way = random.randint(0, 5)
        if way == 0:
            metadata = [*metadata[random.randint(0, 1) :], random.choice(_METADATA)]
        elif way == 1:
            method = random.choice(_METHODS) if not random.randint(0, 3) else _other(random)
        elif way == 2:
            raw = random.choice(ODD_BODIES)
        elif way == 3:
            raw += _field(random)
        else:
            raw = mutated_bytes(random, raw)
    return Call(method, raw, metadata)


def _images(random: Random) -> tuple[str, Any]:
    entries = [
        {
            "image": random.choice(
                ({"content": PICTURE}, {"source": {"image_uri": _text(random)}})
            ),
            "features": [
                {"type_": random.randint(-1, 12), "max_results": random.randint(-1, 2**31 - 1)}
                for _ in range(random.randint(0, 3))
            ],
            "image_context": {"language_hints": [_text(random)] * random.randint(0, 3)},
        }
        for _ in range(random.choice((0, 1, 1, 1, 2, 17)))
    ]
    made: Any = image_annotator.BatchAnnotateImagesRequest
    request = made(requests=entries, parent=_text(random))
    name = random.choice(("BatchAnnotateImages", "AsyncBatchAnnotateImages"))
    return f"{_ANNOTATOR}{name}", made.pb(request)


def _files(random: Random) -> tuple[str, Any]:
    entry = {
        "input_config": {"content": PICTURE, "mime_type": random.choice(("image/tiff", "", "x"))},
        "features": [{"type_": random.randint(-1, 12)}],
        "pages": [random.randint(-3, 3) for _ in range(random.randint(0, 7))],
    }
    made: Any = image_annotator.BatchAnnotateFilesRequest
    request = made(requests=[entry] * random.randint(0, 2), parent=_text(random))
    return f"{_ANNOTATOR}BatchAnnotateFiles", made.pb(request)


def _operation(random: Random) -> tuple[str, Any]:
    return _GET_OPERATION, operations_pb2.GetOperationRequest(name=_text(random))


_MESSAGES = (_images, _images, _files, _operation)
_API_KEY = next(
    example.vendor.credentials["api_key"] for example in EXAMPLES if example.vendor.name == "google"
)


def _pictures(random: Random) -> list[dict[str, object]]:
    return [{"content": PICTURE}, {"source": {"image_uri": _text(random)}}]


def _text(random: Random) -> str:
    return random.choice(_TEXTS) if not random.randint(0, 2) else ""


def _other(random: Random) -> str:
    """A method that there is, for the message of another one."""
    return random.choice(_MESSAGES)(random)[0]


def _field(random: Random) -> bytes:
    """A field of any number and wire type, which the message may not have."""
    number, kind = random.choice((1, 2, 3, 4, 7, 15, 536870911)), random.randint(0, 7)
    content = bytes(random.randint(0, 255) for _ in range(random.randint(0, 12)))
    return _varint(number << 3 | kind) + content


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 127:
        encoded.append(value & 127 | 128)
        value >>= 7
    return bytes([*encoded, value])
