"""Objects of Google Cloud Storage: `gs://bucket/object` in the folder or server of the option
`gs`.

doc: Cloud Storage JSON API, objects get and insert, for the paths of a server.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.vendors.google.vision.options import STORAGE
from mockocr.vendors.google.vision.picture_errors import NO_OBJECT

_URI = re.compile(r"gs://([a-z0-9][a-z0-9._-]{1,220})/(.*)", re.DOTALL)
MAX_BYTES = 20 * 1024 * 1024
"""doc: supported files: an image file must not exceed 20 MB."""


def is_storage_uri(uri: str) -> bool:
    return uri.startswith("gs://")


async def read_object(request: Request, uri: str, context: Context, max_bytes: int) -> bytes:
    """The bytes of the object; `ApiError(NO_OBJECT)` if it cannot be opened."""
    root, bucket, name = _parts(request, uri)
    if not name:
        raise _refused(uri, "the URI names no object")
    path = f"{bucket}/{name}"
    if _is_server(root):
        path = f"storage/v1/b/{bucket}/o/{quote(name, safe='')}?alt=media"
    try:
        return await context.read_object(root, path, max_bytes)
    except ApiError as error:
        raise _refused(uri, error.detail) from None


async def write_object(request: Request, uri: str, data: bytes, context: Context) -> None:
    """Write a JSON object; `ApiError(NO_OBJECT)` if that fails."""
    root, bucket, name = _parts(request, uri)
    path = f"{bucket}/{name}"
    if _is_server(root):
        path = f"upload/storage/v1/b/{bucket}/o?uploadType=media&name={quote(name, safe='')}"
    try:
        await context.write_object(root, path, data, "application/json")
    except ApiError as error:
        raise _refused(uri, error.detail) from None


def require_destination(request: Request, uri: str) -> None:
    """`ApiError(NO_OBJECT)` unless output can be written below the URI."""
    _parts(request, uri)


def _parts(request: Request, uri: str) -> tuple[str, str, str]:
    """The root, the bucket and the object's name, which may be empty."""
    match = _URI.fullmatch(uri)
    if match is None:
        raise _refused(uri, "the URI is not of the form gs://bucket/object")
    root = request.options[STORAGE.name]
    if not root:
        raise _refused(uri, "this server has no storage; set --google-gs")
    return root, match[1], match[2]


def _is_server(root: str) -> bool:
    return root.lower().startswith(("http://", "https://"))


def _refused(uri: str, detail: str) -> ApiError:
    return ApiError(NO_OBJECT, f"{uri[:300]}: {detail}", uri=uri)
