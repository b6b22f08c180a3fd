"""google-cloud-vision over gRPC (its default) or REST, with a service account's key file."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import grpc
from checks import (
    document,
    end,
    fails_once,
    not_a_picture,
    picture,
    read,
    refused,
    retried,
    used_up,
    value,
)
from google.api_core.exceptions import GoogleAPICallError
from google.cloud import vision
from google.cloud.vision_v1.services.image_annotator.transports import ImageAnnotatorGrpcTransport

(transport,) = sys.argv[1:]
url = value("GOOGLE_GRPC_URL" if transport == "grpc" else "GOOGLE_URL")
endpoint = url.removeprefix("https://")
plain = url.startswith("http://") and transport == "grpc"


def client(key_file: str) -> vision.ImageAnnotatorClient:
    if plain:
        channel = grpc.insecure_channel(url.removeprefix("http://"))
        return vision.ImageAnnotatorClient(transport=ImageAnnotatorGrpcTransport(channel=channel))
    # docs: begin
    options = {"api_endpoint": endpoint}
    return vision.ImageAnnotatorClient.from_service_account_file(
        key_file, client_options=options, transport=transport
    )
    # docs: end


def ask(asked: vision.ImageAnnotatorClient, path: Path, key: str) -> list[str]:
    # a channel without TLS carries no service account
    metadata = [("x-goog-api-key", key)] if plain else []
    image = vision.Image(content=path.read_bytes())
    response = asked.text_detection(image=image, metadata=metadata, timeout=60)
    if response.error.code:
        return [f"error {response.error.code} {response.error.message}"]
    return [response.full_text_annotation.text]


def ask_patiently(asked: vision.ImageAnnotatorClient, key: str) -> list[str]:
    """As `ask`, by the method that tries again (`text_detection` does not)."""
    entry = {
        "image": vision.Image(content=picture.read_bytes()),
        "features": [{"type_": vision.Feature.Type.TEXT_DETECTION}],
    }
    metadata = [("x-goog-api-key", key)] if plain else []
    answer = asked.batch_annotate_images(requests=[entry], metadata=metadata)
    return [answer.responses[0].full_text_annotation.text]


def refusal(asked: vision.ImageAnnotatorClient, path: Path, key: str) -> str:
    try:
        return " ".join(ask(asked, path, key))
    except GoogleAPICallError as error:
        return f"{type(error).__name__} {error.reason}"


def spoilt(key_file: str) -> str:
    """The key file with the id of a key that the service account does not have."""
    account = json.loads(Path(key_file).read_text())
    account["private_key_id"] = "0" * 40
    path = Path(tempfile.mkdtemp(), "key.json")
    path.write_text(json.dumps(account))
    return str(path)


def read_document(asked: vision.ImageAnnotatorClient, key: str) -> list[str]:
    config: dict[str, Any] = {"content": document.read_bytes(), "mime_type": "application/pdf"}
    features = [{"type_": vision.Feature.Type.DOCUMENT_TEXT_DETECTION}]
    metadata = [("x-goog-api-key", key)] if plain else []
    answer = asked.batch_annotate_files(
        requests=[{"input_config": config, "features": features}], metadata=metadata
    )
    return [page.full_text_annotation.text for page in answer.responses[0].responses]


key_file, key = value("GOOGLE_KEY_FILE"), value("GOOGLE_API_KEY")
good = client(key_file)
read(ask(good, picture, key))
read(read_document(good, key), "read a document")
fails_once("google.images_annotate")
read(ask_patiently(good, key), "read in spite of a failure")
retried("google.images_annotate")
wrong = client(key_file if plain else spoilt(key_file))
said = (
    "InvalidArgument API_KEY_INVALID" if plain else "Unauthenticated ACCESS_TOKEN_TYPE_UNSUPPORTED"
)
if transport == "rest":
    said = "Unauthorized ACCESS_TOKEN_TYPE_UNSUPPORTED"
refused("wrong secret", refusal(wrong, picture, "AIzaSyWrong"), said)
refused("bad picture", refusal(good, not_a_picture, key), "error 3 Bad image data.")
poor = client(used_up("GOOGLE_KEY_FILE"))
said = "TooManyRequests" if transport == "rest" else "ResourceExhausted"
none = refusal(poor, picture, used_up("GOOGLE_API_KEY"))
refused("used up", none, f"{said} RATE_LIMIT_EXCEEDED")
end()
