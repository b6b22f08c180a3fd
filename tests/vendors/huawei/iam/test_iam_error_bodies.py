"""IAM answers every error with its literal status, body and headers.

Nothing here is taken from the error table: a change of a text, a code or a status fails a test.
"""

from __future__ import annotations

import pytest

from mockocr.core.errors import ErrorKind
from mockocr.core.http import Request
from tests.vendors.huawei.gateway_literals import gateway_rows
from tests.vendors.huawei.harness import AT, IAM

REQUEST = Request("POST", "/", at=AT, id="0000000000000000000000000000002a", seed=7)

OWN_ROWS = (
    ("400", 400, "The request body is invalid", "Bad Request"),
    ("wrong_password", 401, "The username or password is wrong.", "Unauthorized"),
    ("account_locked", 401, "The account is locked.", "Unauthorized"),
    ("user_info_wrong", 401, "The userInfo is wrong", "Unauthorized"),
    ("403", 403, "This user only supports console access, not programmatic access.", "Forbidden"),
    ("project_unknown", 404, "Could not find project: cn-north-4.", "Not Found"),
    ("domain_unknown", 404, "Could not find domain: mockocr.", "Not Found"),
    ("429", 429, "The throttling threshold has been reached.", "Too Many Requests"),
    ("500", 500, "Internal server error.", "Internal Server Error"),
    ("503", 503, "Service unavailable.", "Service Unavailable"),
)
"""Id, status (which is the code too), message, title."""

OWN = [
    (
        id,
        status,
        str(status),
        f'{{"error":{{"code":{status},"message":"{message}","title":"{title}"}}}}',
    )
    for id, status, message, title in OWN_ROWS
]
GATEWAY = gateway_rows("APIGW")

KINDS = {
    ErrorKind.NO_CREDENTIALS: "token_missing",
    ErrorKind.BAD_CREDENTIALS: "token_unreadable",
    ErrorKind.UNKNOWN_ACCOUNT: "access_key_unknown",
    ErrorKind.BAD_SIGNATURE: "signature_wrong",
    ErrorKind.EXPIRED: "token_expired",
    ErrorKind.REPLAYED: "signature_wrong",
    ErrorKind.FORBIDDEN: "APIGW.0302",
    ErrorKind.QUOTA_EXCEEDED: "user_rate_limited",
    ErrorKind.PACKAGE_EXPIRED: "APIGW.0302",
    ErrorKind.ARREARS: "APIGW.0302",
    ErrorKind.RATE_LIMITED: "user_rate_limited",
    ErrorKind.BUSY: "user_rate_limited",
    ErrorKind.BODY_TOO_LARGE: "body_too_large",
    ErrorKind.BAD_BODY: "400",
    ErrorKind.BAD_PARAMETER: "400",
    ErrorKind.NO_IMAGE: "400",
    ErrorKind.BAD_IMAGE: "400",
    ErrorKind.IMAGE_FORMAT: "400",
    ErrorKind.IMAGE_TOO_LARGE: "400",
    ErrorKind.IMAGE_SIZE: "400",
    ErrorKind.DOWNLOAD_FAILED: "400",
    ErrorKind.NOTHING_FOUND: "400",
    ErrorKind.ENGINE_FAILED: "500",
    ErrorKind.NO_SUCH_OPERATION: "path_unknown",
    ErrorKind.WRONG_METHOD: "method_unknown",
    ErrorKind.INTERNAL: "APIGW.0601",
    ErrorKind.UNAVAILABLE: "backend_unavailable",
}

OWN_HEADERS = (
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-cache, no-store, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubdomains;"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Download-Options", "noopen"),
    ("X-XSS-Protection", "1; mode=block;"),
    ("X-Request-Id", "0000000000000000000000000000002a"),
    ("Server", "api-gateway"),
)
GATEWAY_HEADERS = (
    ("Content-Type", "application/json"),
    ("X-Request-Id", "0000000000000000000000000000002a"),
    ("Server", "api-gateway"),
)


@pytest.mark.parametrize(("id", "status", "code", "body"), [*GATEWAY, *OWN])
def test_every_error_has_its_literal_response(id: str, status: int, code: str, body: str) -> None:
    (entry,) = (entry for entry in IAM.errors if entry.id == id)
    response = IAM.add_headers(REQUEST, IAM.render_error(REQUEST, entry.filled({})))
    assert (response.status, response.code) == (status, code)
    assert response.body.decode() == body
    assert response.headers == (GATEWAY_HEADERS if code.startswith("APIGW.") else OWN_HEADERS)


def test_the_literals_cover_the_whole_table() -> None:
    assert [entry.id for entry in IAM.errors] == [row[0] for row in (*GATEWAY, *OWN)]


@pytest.mark.parametrize("kind", ErrorKind)
def test_every_kind_has_its_literal_entry(kind: ErrorKind) -> None:
    assert IAM.errors.by_kind(kind).id == KINDS[kind]
