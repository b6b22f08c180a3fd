"""Objects of S3: reads them from the folder or the server of the option `s3`.

A server gets a presigned GET in path style, signed with the caller's credential and the request's
time and region: MinIO checks it, moto ignores it.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.http import Request
from mockocr.core.image import Inline
from mockocr.vendors.aws import sigv4
from mockocr.vendors.aws.options import S3, S3_REGION
from mockocr.vendors.aws.structure import Structure, Text, invalid

BUCKET = Text(255, 3, r"[0-9A-Za-z.\-_]*")
KEY = Text(1024)
VERSION = Text(1024)
_SIGNED = re.compile(r"\?X-Amz-\S+")
"""The query that signs a request, which the journal leaves out."""
UNVERSIONED = "null"
"""The version of an object in a bucket without versions, so the only one in a folder."""


class S3Object(msgspec.Struct, frozen=True):
    """An object; `version` may be empty, `place` is where the request names it."""

    bucket: str
    key: str
    version: str = ""
    place: str = ""


def parse_object(document: Structure, name: str = "S3Object") -> S3Object:
    """The object of a structure with `Bucket`, `Name` and `Version`."""
    found = document.structure(name)
    if found is None:
        raise invalid(f"{document.where(name)} is missing")
    found.require("Bucket", "Name")
    return S3Object(
        found.text("Bucket", BUCKET),
        found.text("Name", KEY),
        found.text("Version", VERSION),
        found.place,
    )


async def read_object(
    request: Request, principal: Principal, context: Context, wanted: S3Object, max_bytes: int
) -> Inline:
    """The object's bytes. `ApiError(DOWNLOAD_FAILED)` if it cannot be read, IMAGE_TOO_LARGE if it
    is too large.
    """
    root, region = request.options[S3.name], request_region(request)
    if not root:
        raise _failed(wanted, "this server has no S3; set --aws-s3")
    home = request.options[S3_REGION.name]
    if home and home != region:
        raise _failed(wanted, f"the buckets are in {home}, the request is for {region}")
    name = f"{wanted.bucket}/{wanted.key}"
    if is_server(root):
        name = _signed_name(request, principal, root, wanted, region)
    elif any(part in ("", ".", "..") for part in wanted.key.split("/")):
        raise _failed(wanted, "the key is not the name of a file in the bucket's folder")
    elif wanted.version not in ("", UNVERSIONED):
        raise _failed(wanted, f"a folder has no version {wanted.version[:40]!r}")
    try:
        data = await context.read_object(root, name, max_bytes)
    except ApiError as error:
        if error.cause is ErrorCause.TOO_LARGE:
            raise ApiError(ErrorKind.IMAGE_TOO_LARGE, error.detail) from None
        raise _failed(wanted, _SIGNED.sub("", error.detail)) from None
    return Inline(data, location=wanted.place)


async def write_object(
    request: Request, principal: Principal, context: Context, target: S3Object, data: bytes
) -> None:
    """Write a JSON object; `ApiError(DOWNLOAD_FAILED)` if that fails."""
    root, region = request.options[S3.name], request_region(request)
    name = f"{target.bucket}/{target.key}"
    if not root:
        raise _failed(target, "this server has no S3; set --aws-s3")
    if is_server(root):
        name = _signed_name(request, principal, root, target, region, "PUT")
    try:
        await context.write_object(root, name, data, "application/json", method="PUT")
    except ApiError as error:
        raise _failed(target, _SIGNED.sub("", error.detail)) from None


def request_region(request: Request) -> str:
    """The region of the credential's scope, which is that of the request."""
    scope = request.cached(sigv4.parse_authorization).scope
    return scope[1] if len(scope) == 4 else sigv4.REGION


def is_server(root: str) -> bool:
    """True for a URL, False for a folder."""
    return root.lower().startswith(("http://", "https://"))


def _signed_name(
    request: Request,
    principal: Principal,
    root: str,
    wanted: S3Object,
    region: str,
    method: str = "GET",
) -> str:
    """Bucket, key and the query that signs the request, to be appended to the root."""
    base = urlsplit(root)
    path = f"{wanted.bucket}/{quote(wanted.key, safe='/~')}"
    query = f"?{urlencode({'versionId': wanted.version})}" if wanted.version else ""
    target = f"{base.path.rstrip('/')}/{path}{query}"
    signed = sigv4.presigned_query(
        method, base.netloc, target, (region, "s3"), principal.credential, request.at
    )
    return f"{path}?{signed}"


def _failed(wanted: S3Object, detail: str) -> ApiError:
    name = f"s3://{wanted.bucket}/{wanted.key}"[:300]
    return ApiError(ErrorKind.DOWNLOAD_FAILED, f"{name}: {detail}")
