"""The error table of the platform, and how an error is rendered.

Every refusal of the platform's own has HTTP 200. sdk: tupu-java-sdk reads a code only then.
"""

from __future__ import annotations

from typing import Any

from mockocr.core.errors import ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.vendors.tupu.error_list import NEWEST, RESELLERS, SHARED, TEXT
from mockocr.vendors.tupu.rendering import CONTENT_TYPE, closing_fields

NOT_SUBSCRIBED = ErrorEntry(200, 7, "secretId has no permission for the task", RESELLERS + TEXT)
ASYNC = ErrorEntry(
    200,
    15,
    "parameter illegal: resType async is not offered here",
    "guess: the platform responds to such a request later, to a callback",
    id="async_not_offered",
)

ERRORS = ErrorTable(
    (
        ErrorEntry(
            200,
            1,
            "authorization failed",
            NEWEST + TEXT,
            (
                ErrorKind.NO_CREDENTIALS,
                ErrorKind.BAD_CREDENTIALS,
                ErrorKind.UNKNOWN_ACCOUNT,
                ErrorKind.BAD_SIGNATURE,
                ErrorKind.REPLAYED,
            ),
            id="authorization_failed",
        ),
        ErrorEntry(
            200, 1, "quota exceeded", "guess", (ErrorKind.QUOTA_EXCEEDED,), id="quota_exceeded"
        ),
        ErrorEntry(
            200, 1, "package expired", "guess", (ErrorKind.PACKAGE_EXPIRED,), id="package_expired"
        ),
        ErrorEntry(200, 1, "account in arrears", "guess", (ErrorKind.ARREARS,), id="arrears"),
        NOT_SUBSCRIBED,
        ErrorEntry(200, 8, "secretId state abnormal", RESELLERS + TEXT, (ErrorKind.FORBIDDEN,)),
        ErrorEntry(
            200,
            17,
            "concurrency over the limit",
            NEWEST + TEXT,
            (ErrorKind.RATE_LIMITED, ErrorKind.BUSY),
        ),
        *SHARED,
        ASYNC,
    )
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """`code`, `message`, nonce and time, without the envelope (the response signer adds it).

    A status other than 200 comes with `error`, where the Python SDK looks if there is no envelope.
    """
    body: dict[str, Any] = {"code": entry.code, "message": entry.message, **closing_fields(request)}
    if entry.status != 200:
        body = {"error": entry.message, **body}
    headers = (("Allow", "POST"),) if entry.status == 405 else ()
    return Response.of_json(
        body, entry.status, code=entry.code, content_type=CONTENT_TYPE, headers=headers
    )
