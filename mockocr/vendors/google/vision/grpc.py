"""The API in gRPC: each call becomes the request of REST that means the same.

doc: google/cloud/vision/v1/image_annotator.proto and google/longrunning/operations.proto.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockocr.core.grpc import GrpcMethod, GrpcService, GrpcStatus
from mockocr.core.http import Response, load_json
from mockocr.vendors.google.statuses import STATUSES
from mockocr.vendors.google.vision.message_types import message_types

ANNOTATOR = "google.cloud.vision.v1.ImageAnnotator"
OPERATION = "google.longrunning.Operation"


def _under_parent(method: str) -> Callable[[Mapping[str, Any]], str]:
    def path(message: Mapping[str, Any]) -> str:
        parent = str(message.get("parent", "")).strip("/")
        return f"/v1/{parent}/{method}" if parent else f"/v1/{method}"

    return path


def _operation(message: Mapping[str, Any]) -> str:
    return f"/v1/{message.get('name', '')}"


def _batch(http: str, name: str, response: str = "") -> tuple[str, GrpcMethod]:
    method = GrpcMethod(_under_parent(http), f"{name}Request", response or f"{name}Response")
    return f"{ANNOTATOR}/{name}", method


METHODS = dict(
    (
        _batch("images:annotate", "BatchAnnotateImages"),
        _batch("files:annotate", "BatchAnnotateFiles"),
        _batch("images:asyncBatchAnnotate", "AsyncBatchAnnotateImages", OPERATION),
        _batch("files:asyncBatchAnnotate", "AsyncBatchAnnotateFiles", OPERATION),
        (
            "google.longrunning.Operations/GetOperation",
            GrpcMethod(_operation, "google.longrunning.GetOperationRequest", OPERATION, "GET"),
        ),
    )
)


def status(response: Response) -> GrpcStatus | None:
    """The status of an error envelope, None for any other body."""
    try:
        error = load_json(response.body)["error"]
        code = STATUSES[error["status"]].number
        return GrpcStatus(code, error["message"], error.get("details", ()))
    except (ValueError, KeyError, TypeError):
        return None


GRPC = GrpcService(METHODS, message_types, status)
