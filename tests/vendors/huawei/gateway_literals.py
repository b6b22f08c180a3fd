"""The gateway's errors, written out: what both services answer, each with its own prefix."""

from __future__ import annotations

_IAM = "Incorrect IAM authentication information: "
_THROTTLED = "The throttling threshold has been reached: policy "

GATEWAY_ROWS: tuple[tuple[str, int, str, str], ...] = (
    (
        "path_unknown",
        404,
        "0101",
        "The API does not exist or has not been published in the environment.",
    ),
    ("method_unknown", 404, "0101", "The API does not exist."),
    ("0106", 400, "0106", "Orchestration error."),
    ("request_error", 400, "0201", "API request error."),
    ("body_too_large", 413, "0201", "Request entity too large."),
    ("uri_too_large", 414, "0201", "Request URI too large."),
    ("headers_too_large", 494, "0201", "Request headers too large."),
    ("backend_unavailable", 502, "0201", "Backend unavailable."),
    ("backend_timeout", 504, "0201", "Backend timeout."),
    ("0203", 504, "0203", "Backend timeout"),
    ("token_missing", 401, "0301", _IAM + "x-auth-token not found"),
    ("token_unreadable", 401, "0301", _IAM + "decrypt token fail"),
    ("token_expired", 401, "0301", _IAM + "token expires, expires_at: 2026-01-03T03:04:05.000000Z"),
    ("signature_wrong", 401, "0301", _IAM + "verify aksk signature fail"),
    ("access_key_unknown", 401, "0301", _IAM + "Get secretKey failed,ak:******,err:ak not exist"),
    ("signature_expired", 401, "0301", _IAM + "calc ak sk signature fail:signature expired"),
    ("token_unknown", 401, "0301", _IAM + "decrypt token fail"),
    ("signature_unreadable", 401, "0301", _IAM + "verify aksk signature fail"),
    ("access_key_absent", 401, "0301", _IAM + "ak ****** not exist"),
    ("signature_wrong_2026", 401, "0301", _IAM + "verify ak sk signature fail"),
    ("access_key_locked", 401, "0301", _IAM + "AK access failed to reach the limit,forbidden."),
    ("0302", 403, "0302", "The IAM user is not authorized to access the API."),
    ("0307", 401, "0307", "The token must be updated."),
    ("user_rate_limited", 429, "0308", _THROTTLED + "user over ratelimit,limit:100,time:1 minute"),
    ("ip_rate_limited", 429, "0308", _THROTTLED + "ip over ratelimit,limit:5,time:1 minute"),
    ("0310", 403, "0310", "The project is unavailable."),
    ("0601", 500, "0601", "Internal server error."),
    ("0602", 400, "0602", "Bad request."),
    ("0613", 503, "0613", "The IAM service is currently unavailable."),
)
"""Id (or its last part), status, last part of the code, message."""


def gateway_rows(prefix: str) -> list[tuple[str, int, str, str]]:
    """Id, status, code and whole body of every error of the gateway with that prefix."""
    return [
        (
            f"{prefix}.{id}" if id[0] == "0" else id,
            status,
            f"{prefix}.{number}",
            f'{{"error_msg":"{message}","error_code":"{prefix}.{number}",'
            '"request_id":"0000000000000000000000000000002a"}',
        )
        for id, status, number, message in GATEWAY_ROWS
    ]
