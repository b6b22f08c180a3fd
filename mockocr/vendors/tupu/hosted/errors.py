"""The error table of the hosted API, and how an error is rendered.

apistd.com's own refusals (key, quota, rate) have a 4xx status, because clients of its products
check the HTTP status before the code.
"""

from __future__ import annotations

from typing import Any

from mockocr.core.errors import ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.vendors.tupu.error_list import NEWEST, RESELLERS, SHARED, TEXT
from mockocr.vendors.tupu.rendering import CONTENT_TYPE, closing_fields

_STATUS = "; status guess"
_GATEWAY_STATUSES = frozenset({401, 403, 429})

NOT_SUBSCRIBED = ErrorEntry(
    403, 7, "secretId has no permission for the task", RESELLERS + _STATUS + TEXT
)

ERRORS = ErrorTable(
    (
        ErrorEntry(
            401,
            1,
            "authorization failed",
            NEWEST + _STATUS + TEXT,
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
            403, 1, "quota exceeded", "guess", (ErrorKind.QUOTA_EXCEEDED,), id="quota_exceeded"
        ),
        ErrorEntry(
            403, 1, "package expired", "guess", (ErrorKind.PACKAGE_EXPIRED,), id="package_expired"
        ),
        ErrorEntry(403, 1, "account in arrears", "guess", (ErrorKind.ARREARS,), id="arrears"),
        NOT_SUBSCRIBED,
        ErrorEntry(
            403, 8, "secretId state abnormal", RESELLERS + _STATUS + TEXT, (ErrorKind.FORBIDDEN,)
        ),
        ErrorEntry(
            429,
            17,
            "concurrency over the limit",
            NEWEST + _STATUS + TEXT,
            (ErrorKind.RATE_LIMITED, ErrorKind.BUSY),
        ),
        *SHARED,
    )
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """`code` and `message`, then nonce and time except for an unknown path or method.

    guess: the only failure in a source has `code` and `message` alone.
    """
    body: dict[str, Any] = {"code": entry.code, "message": entry.message}
    if entry.status not in (404, 405):
        body |= closing_fields(request)
    status = entry.status
    if status in _GATEWAY_STATUSES and request.options["statuses"] == "ok":
        status = 200
    headers = (("Allow", "POST"),) if status == 405 else ()
    return Response.of_json(
        body, status, code=entry.code, content_type=CONTENT_TYPE, headers=headers
    )
