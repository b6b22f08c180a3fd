"""The paths of the API, and how many pictures a request has, for errors of single pictures."""

from __future__ import annotations

from mockocr.core.errors import ApiError
from mockocr.core.http import Request


def path_forms(method: str) -> tuple[str, ...]:
    """Every path of a method such as `images:annotate`, the usual one first.

    doc: google/cloud/vision/v1/image_annotator.proto, the http annotations.
    """
    return (
        f"/v1/{method}",
        f"/v1/projects/{{project}}/{method}",
        f"/v1/projects/{{project}}/locations/{{location}}/{method}",
    )


def is_annotated(request: Request) -> bool:
    """True if the response holds one entry for each picture or file of the request."""
    return request.path.rpartition("/")[2] in ("images:annotate", "files:annotate")


def picture_count(request: Request) -> int:
    """How many entries the request has, at least 1."""
    try:
        entries = request.json().get("requests")
    except ApiError:
        return 1
    return max(1, len(entries)) if isinstance(entries, list) else 1
