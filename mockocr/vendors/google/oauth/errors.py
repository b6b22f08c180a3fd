"""The error table of the token endpoint: RFC 6749 section 5.2, in Google's words."""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response

JSON = "application/json; charset=utf-8"


def _entry(
    code: str,
    id: str,
    message: str,
    source: str,
    *kinds: ErrorKind,
    status: int = 400,
    **sample: str,
) -> ErrorEntry:
    return ErrorEntry(status, code, message, source, kinds, sample, id)


BAD_SIGNATURE = _entry(
    "invalid_grant",
    "invalid_signature",
    "Invalid JWT Signature.",
    "observed: many public questions",
    ErrorKind.BAD_SIGNATURE,
)
BAD_TIME = _entry(
    "invalid_grant",
    "invalid_time",
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim.",
    "observed: many public questions",
    ErrorKind.EXPIRED,
    ErrorKind.PACKAGE_EXPIRED,
)
UNKNOWN_ACCOUNT = _entry(
    "invalid_grant",
    "account_not_found",
    "Invalid grant: account not found",
    "observed: many public questions",
    ErrorKind.UNKNOWN_ACCOUNT,
)
BAD_AUDIENCE = _entry(
    "invalid_grant",
    "invalid_audience",
    "Invalid JWT: Failed audience check. The right audience is https://oauth2.googleapis.com/token",
    "guess: known from public questions",
)
BAD_ASSERTION = _entry(
    "invalid_grant",
    "invalid_assertion",
    "Bad Request",
    "guess",
    ErrorKind.BAD_CREDENTIALS,
    ErrorKind.REPLAYED,
)
BAD_GRANT = _entry(
    "unsupported_grant_type",
    "unsupported_grant_type",
    "Invalid grant_type: {grant}",
    "guess: known from public questions",
    ErrorKind.BAD_PARAMETER,
    grant="password",
)
MISSING = _entry(
    "invalid_request",
    "missing_parameter",
    "Missing required parameter: {name}",
    "guess: known from public questions",
    ErrorKind.NO_CREDENTIALS,
    ErrorKind.BAD_BODY,
    name="grant_type",
)
BAD_SCOPE = _entry(
    "invalid_scope",
    "invalid_scope",
    "Invalid OAuth scope or ID token audience provided.",
    "observed: many public questions",
)
UNAUTHORIZED = _entry(
    "unauthorized_client",
    "unauthorized_client",
    "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
    "for any of the scopes requested.",
    "observed: many public questions; that a disabled account gets it is a guess",
    ErrorKind.FORBIDDEN,
    ErrorKind.ARREARS,
    status=401,
)
TOO_LARGE = _entry(
    "invalid_request", "too_large", "Request Too Large", "guess", ErrorKind.BODY_TOO_LARGE
)
TOO_MANY = _entry(
    "rate_limit_exceeded",
    "rate_limit_exceeded",
    "Rate Limit Exceeded",
    "guess",
    ErrorKind.RATE_LIMITED,
    ErrorKind.QUOTA_EXCEEDED,
    status=429,
)
UNAVAILABLE = _entry(
    "internal_failure",
    "unavailable",
    "Service Unavailable",
    "guess",
    ErrorKind.UNAVAILABLE,
    ErrorKind.BUSY,
    status=503,
)
NO_PATH = _entry(
    "not_found",
    "no_such_path",
    "Not Found",
    "guess",
    ErrorKind.NO_SUCH_OPERATION,
    ErrorKind.WRONG_METHOD,
    status=404,
)
INTERNAL = _entry(
    "internal_failure",
    "internal",
    "Backend Error",
    "observed: many public questions; it also stands for the kinds that this endpoint cannot have",
    *ErrorKind,
    status=500,
)

ERRORS = ErrorTable(
    (
        BAD_SIGNATURE,
        BAD_TIME,
        UNKNOWN_ACCOUNT,
        BAD_AUDIENCE,
        BAD_ASSERTION,
        BAD_GRANT,
        MISSING,
        BAD_SCOPE,
        UNAUTHORIZED,
        TOO_LARGE,
        TOO_MANY,
        UNAVAILABLE,
        NO_PATH,
        INTERNAL,
    )
)


def render_error(request: Request, entry: ErrorEntry) -> Response:
    """`{"error", "error_description"}`."""
    document = {"error": entry.code, "error_description": entry.message}
    return Response.of_json(document, entry.status, code=entry.code, content_type=JSON)
