"""The two protocols of AWS's JSON services: AWS JSON 1.1, and Smithy RPC v2 with CBOR.

Sources: the protocol pages of smithy.io, and what botocore 1.44.8 sends. A request names its
operation in X-Amz-Target, or in the path `/service/{service}/operation/{operation}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response, dump_json, without_surrogates
from mockocr.vendors.aws import auth_errors

JSON = "application/x-amz-json-1.1"
CBOR = "application/cbor"
CBOR_PROTOCOL = "rpc-v2-cbor"
_MAX_DEPTH = 64

NO_CBOR = ErrorEntry(
    415,
    "UnsupportedMediaTypeException",
    "This server cannot read CBOR. Install mockocr[cbor].",
    "guess: AWS always reads CBOR",
    id="no_cbor",
)


class Names(msgspec.Struct, frozen=True):
    """How a service is named: `target` is the prefix of X-Amz-Target, `service` is in the paths of
    CBOR, `shapes` is the namespace of its error types there.
    """

    target: str
    service: str = ""
    shapes: str = ""

    def paths(self, operation: str) -> tuple[str, ...]:
        """The paths of an operation besides `/`."""
        return (f"/service/{self.service}/operation/{operation}",) if self.service else ()

    def selects(self, operation: str) -> Callable[[Request], bool]:
        """Tells whether a request names the operation."""
        target, paths = f"{self.target}.{operation}", self.paths(operation)

        def is_named(request: Request) -> bool:
            return request.path in paths or request.header("x-amz-target") == target

        return is_named

    def handles(self, request: Request) -> bool:
        """True for a request to the service, whichever operation it names."""
        return request.header("x-amz-target").startswith(f"{self.target}.")


def is_cbor(request: Request) -> bool:
    """True if the request is of Smithy RPC v2."""
    return request.header("smithy-protocol") == CBOR_PROTOCOL or request.content_type == CBOR


def members(request: Request) -> Mapping[str, Any]:
    """The request's members: values of JSON, and bytes where the body is CBOR.

    `ApiError(BAD_BODY)` if the body cannot be read, `ApiError(NO_CBOR)` without the extra `cbor`.
    """
    return request.cached(_cbor_members) if is_cbor(request) else request.json()


def respond(
    request: Request, value: Mapping[str, Any], *, status: int = 200, code: str = "OK"
) -> Response:
    """A response in the protocol of the request, with the headers that were observed."""
    headers = (("x-amzn-RequestId", request_uuid(request)),)
    if not is_cbor(request):
        return Response(status, dump_json(value), (*headers, ("Content-Type", JSON)), code=code)
    try:
        import cbor2  # here, because the extra may be missing
    except ModuleNotFoundError:
        return Response(status, dump_json(value), (*headers, ("Content-Type", JSON)), code=code)
    typed = (("Content-Type", CBOR), ("smithy-protocol", CBOR_PROTOCOL))
    # a message may quote raw bytes of the request, and CBOR has only valid text
    return Response(status, cbor2.dumps(without_surrogates(value)), (*headers, *typed), code=code)


def render_error(request: Request, entry: ErrorEntry, names: Names) -> Response:
    """The entry as the service words it. The authentication layer has another `message`."""
    label = "message" if entry.id in auth_errors.IDS or is_cbor(request) else "Message"
    kind = f"{names.shapes}#{entry.code}" if is_cbor(request) and names.shapes else entry.code
    value = {"__type": kind, label: entry.message} if entry.message else {"__type": kind}
    return respond(request, value, status=entry.status, code=str(entry.code))


def request_uuid(request: Request) -> str:
    """The id of the request as AWS writes it."""
    digits = request.id
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _cbor_members(request: Request) -> Mapping[str, Any]:
    try:
        import cbor2  # here, because the extra may be missing
    except ModuleNotFoundError:
        raise ApiError(NO_CBOR, "the body is CBOR; install mockocr[cbor]") from None
    try:
        value = cbor2.loads(request.body, max_depth=_MAX_DEPTH, strict_hashable_types=True)
    except Exception as error:  # the decoders of tags raise many kinds
        detail = f"the body is not CBOR: {error or type(error).__name__}"
        raise ApiError(ErrorKind.BAD_BODY, detail) from None
    if not isinstance(value, dict):
        detail = f"the body is CBOR, but a {type(value).__name__} and not a map"
        raise ApiError(ErrorKind.BAD_BODY, detail)
    return value
