"""The errors of the gateway (API Management) in front of both services.

Sources: OBS R4-401 is a recording in azure-sdk-for-python (vision, 2023-12-18); O-404 and O-429 are
bodies in public logs; "quota test" is azure-sdk-for-python's test of a used-up FormRecognizer F0.
"""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response, dump_json
from mockocr.vendors.azure.headers import REQUEST_ID, request_uuid

ACCESS_DENIED = ErrorEntry(
    401,
    "401",
    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a "
    "valid key for an active subscription and use a correct regional API endpoint for your "
    "resource.",
    "observed R4-401, its 224 bytes; guess for a request without any key",
    (ErrorKind.NO_CREDENTIALS, ErrorKind.UNKNOWN_ACCOUNT),
)
BAD_TOKEN = ErrorEntry(
    401,
    401,
    "Unauthorized. Access token is missing, invalid, audience is incorrect "
    "(https://cognitiveservices.azure.com), or have expired.",
    "observed: azure-sdk-for-js issue 27013",
    (
        ErrorKind.BAD_CREDENTIALS,
        ErrorKind.EXPIRED,
        ErrorKind.BAD_SIGNATURE,
        ErrorKind.REPLAYED,
    ),
    id="bad_token",
)
NO_ROLE = ErrorEntry(
    403,
    "PermissionDenied",
    "Principal does not have access to API/Operation.",
    "guess: status and shape of an Entra principal without a role",
)
NOT_FOUND = ErrorEntry(
    404,
    "404",
    "Resource not found",
    "observed O-404, with the blank after the colon",
    (ErrorKind.NO_SUCH_OPERATION,),
)


def used_up(tier: str) -> ErrorEntry:
    """A resource without calls left; `tier` is the resource's kind and pricing tier."""
    return ErrorEntry(
        403,
        "403",
        f"Out of call volume quota for {tier} pricing tier. Please retry after 1 day. To increase "
        "your call volume switch to a paid tier.",
        "observed: quota test, for FormRecognizer F0; its Retry-After is left out, because "
        "azure-core would wait for it",
        (ErrorKind.QUOTA_EXCEEDED, ErrorKind.PACKAGE_EXPIRED),
    )


def rate_limited(
    operation: str, api: str, tier: str, exceeded: str, source: str, id: str
) -> ErrorEntry:
    """Too many calls of an operation, named as the gateway does."""
    return ErrorEntry(
        429,
        "429",
        f"Requests to the {operation} Operation under {api} have exceeded {exceeded} of your "
        f"current {tier} pricing tier. Please retry after 1 second. To increase your call rate "
        "limit switch to a paid tier.",
        source,
        (ErrorKind.RATE_LIMITED, ErrorKind.BUSY),
        id=id,
    )


GATEWAY_CODES = frozenset({"401", 401, "403", "404", "429", "PermissionDenied"})
_SPACED = frozenset({"404", "429", "403"})
"""Codes whose bodies have a blank after the colon before the message. observed O-404, O-429."""
RETRY_AFTER: Mapping[int, str] = {429: "1", 500: "1", 503: "1"}
"""Seconds. azure-core repeats any answer that has the header, so no other status has it."""


def render_gateway_error(request: Request, entry: ErrorEntry) -> Response:
    """The gateway's own answer: three headers, compact JSON."""
    if isinstance(entry.code, int):
        body = dump_json({"statusCode": entry.code, "message": entry.message})
    else:
        error = {"code": entry.code, "message": entry.message}
        body = dump_json({"error": error})
        if entry.code in _SPACED:
            body = body.replace(b'"message":', b'"message": ', 1)
    headers = [("Content-Type", "application/json"), (REQUEST_ID, request_uuid(request))]
    if entry.status in RETRY_AFTER:
        headers.append(("Retry-After", RETRY_AFTER[entry.status]))
    return Response(entry.status, body, tuple(headers), str(entry.code))
