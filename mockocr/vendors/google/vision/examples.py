"""How clients call the API."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.request_example import RequestExample, SampleImage, get, post_json
from mockocr.vendors.google.vision.auth import SELF_SIGNED

Fields = Mapping[str, str]
_FEATURES = [{"type": "TEXT_DETECTION"}]
_PDF = "two-pages.pdf"


def _entry(image: Mapping[str, Any], feature: str) -> Mapping[str, Any]:
    return {"requests": [{"image": image, "features": [{"type": feature}]}]}


def _content(image: SampleImage) -> Mapping[str, Any]:
    return {"content": base64.b64encode(image.data).decode()}


def _by_key(image: SampleImage, fields: Fields) -> Request:
    return post_json("/v1/images:annotate?key=", _entry(_content(image), "TEXT_DETECTION"))


def _by_header(image: SampleImage, fields: Fields) -> Request:
    return post_json("/v1/images:annotate", _entry(_content(image), "DOCUMENT_TEXT_DETECTION"))


def _by_url(image: SampleImage, fields: Fields) -> Request:
    source = {"source": {"imageUri": image.url}}
    return post_json("/v1/images:annotate?key=", _entry(source, "TEXT_DETECTION"))


def _self_signed(image: SampleImage, fields: Fields) -> Request:
    body = _entry(_content(image), "TEXT_DETECTION")
    return post_json("/v1/images:annotate", body, ("Authorization", SELF_SIGNED))


def _by_token(image: SampleImage, fields: Fields) -> Request:
    token = fields.get("access_token", "none")
    body = _entry(_content(image), "TEXT_DETECTION")
    return post_json("/v1/images:annotate", body, ("Authorization", f"Bearer {token}"))


def _media_type(image: SampleImage) -> str:
    """Of the three kinds of documents that the operation takes."""
    if image.data.startswith(b"%PDF-"):
        return "application/pdf"
    return "image/tiff" if image.data[:4] in (b"II*\0", b"MM\0*") else "image/gif"


def _file(image: SampleImage, fields: Fields) -> Request:
    config = {"content": base64.b64encode(image.data).decode(), "mimeType": _media_type(image)}
    entry = {"inputConfig": config, "features": [{"type": "DOCUMENT_TEXT_DETECTION"}]}
    return post_json("/v1/files:annotate", {"requests": [entry]})


_OUTPUT = {"gcsDestination": {"uri": "gs://test/output/"}}


def _images_async(image: SampleImage, fields: Fields) -> Request:
    body = _entry(_content(image), "TEXT_DETECTION")
    return post_json("/v1/images:asyncBatchAnnotate", {**body, "outputConfig": _OUTPUT})


def _files_async(image: SampleImage, fields: Fields) -> Request:
    entry = {
        "inputConfig": {"gcsSource": {"uri": "gs://test/hello.pdf"}, "mimeType": "application/pdf"},
        "features": [{"type": "DOCUMENT_TEXT_DETECTION"}],
        "outputConfig": _OUTPUT,
    }
    return post_json("/v1/files:asyncBatchAnnotate", {"requests": [entry]})


def _operation(image: SampleImage, fields: Fields) -> Request:
    return get(f"/v1/operations/{fields.get('operation', 'none')}", [])


def _words(body: Any) -> Sequence[str]:
    found = body["responses"][0].get("textAnnotations", [{"description": ""}])
    return str(found[0]["description"]).split("\n")


def _pages(body: Any) -> Sequence[str]:
    texts = [p.get("fullTextAnnotation", {"text": ""}) for p in body["responses"][0]["responses"]]
    return [line for text in texts for line in text["text"].split("\n")]


def _started(response: Response) -> Fields:
    try:
        name = Request("GET", "/", body=response.body).json()["name"]
    except (ApiError, KeyError):
        return {}
    return {"operation": name.rpartition("/")[2]}


def _state(body: Any) -> str:
    return f"{body['metadata']['state']} {body['name']}"


EXAMPLES = (
    RequestExample("images_annotate", "API key in the query", _by_key, _words),
    RequestExample("images_annotate", "API key in a header, document", _by_header, _words),
    RequestExample("images_annotate", "URL", _by_url, _words, by_url=True),
    RequestExample(
        "images_annotate", "self-signed JWT", _self_signed, _words, needs="cryptography"
    ),
    RequestExample("images_annotate", "access token", _by_token, _words, needs="cryptography"),
    RequestExample("files_annotate", "GIF, base64", _file, _pages, picture="small.gif"),
    RequestExample(
        "images_async_batch_annotate",
        "operation",
        _images_async,
        summary=_state,
        extract_credentials=_started,
    ),
    RequestExample(
        "files_async_batch_annotate",
        "operation",
        _files_async,
        summary=_state,
        extract_credentials=_started,
    ),
    RequestExample("operations_get", "state", _operation, summary=_state),
)
