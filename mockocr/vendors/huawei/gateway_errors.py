"""The errors of the API gateway in front of both services: routing, sizes, credentials, rates.

Its codes begin with `APIG` in front of OCR and with `APIGW` in front of IAM.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mockocr.core.errors import ErrorEntry, ErrorKind

_TABLE = "doc: API Gateway error codes (apig-ug-180530090)"
_IAM_ERRORS = "doc: API Gateway, common errors related to IAM authentication (apig-faq-0003)"
_TOKEN_ERRORS = "doc: OCR FAQ on APIG.0301 (ocr_01_0063)"
_IAM = "Incorrect IAM authentication information: "
_THROTTLED = "The throttling threshold has been reached: policy "


class GatewayErrors(msgspec.Struct, frozen=True):
    """Every error of one gateway in `entries`, and by name those that authentication raises."""

    entries: tuple[ErrorEntry, ...]
    token_missing: ErrorEntry
    token_unreadable: ErrorEntry
    token_unknown: ErrorEntry
    token_expired: ErrorEntry
    token_outdated: ErrorEntry
    signature_unreadable: ErrorEntry
    signature_wrong: ErrorEntry
    signature_expired: ErrorEntry
    access_key_unknown: ErrorEntry
    user_not_authorized: ErrorEntry


def gateway_errors(prefix: str) -> GatewayErrors:
    """The gateway's errors with codes such as `APIG.0301` for the prefix `APIG`."""

    def entry(
        status: int,
        number: str,
        message: str,
        source: str,
        *kinds: ErrorKind,
        sample: Mapping[str, str] | None = None,
        id: str = "",
    ) -> ErrorEntry:
        return ErrorEntry(status, f"{prefix}.{number}", message, source, kinds, sample or {}, id)

    token_missing = entry(
        401,
        "0301",
        _IAM + "x-auth-token not found",
        _TOKEN_ERRORS,
        ErrorKind.NO_CREDENTIALS,
        id="token_missing",
    )
    token_unreadable = entry(
        401,
        "0301",
        _IAM + "decrypt token fail",
        _TOKEN_ERRORS,
        ErrorKind.BAD_CREDENTIALS,
        id="token_unreadable",
    )
    token_expired = entry(
        401,
        "0301",
        _IAM + "token expires, expires_at: {expires_at}",
        _TOKEN_ERRORS + "; form of the time guess",
        ErrorKind.EXPIRED,
        sample={"expires_at": "2026-01-03T03:04:05.000000Z"},
        id="token_expired",
    )
    token_outdated = entry(
        401,
        "0307",
        "The token must be updated.",
        "doc: OCR FAQ on APIG.0307 (ocr_01_0089)",
        ErrorKind.BAD_SIGNATURE,
    )
    signature_wrong = entry(
        401,
        "0301",
        _IAM + "verify aksk signature fail",
        _IAM_ERRORS,
        ErrorKind.BAD_SIGNATURE,
        ErrorKind.REPLAYED,
        id="signature_wrong",
    )
    access_key_unknown = entry(
        401,
        "0301",
        _IAM + "Get secretKey failed,ak:{ak},err:ak not exist",
        _IAM_ERRORS,
        ErrorKind.UNKNOWN_ACCOUNT,
        sample={"ak": "******"},
        id="access_key_unknown",
    )
    signature_expired = entry(
        401,
        "0301",
        _IAM + "calc ak sk signature fail:signature expired",
        "doc: FAQ of speech interaction behind the same gateway (sis_04_0087)",
        ErrorKind.EXPIRED,
        id="signature_expired",
    )
    token_unknown = entry(
        401,
        "0301",
        _IAM + "decrypt token fail",
        _TOKEN_ERRORS + "; for an unknown user guess",
        ErrorKind.UNKNOWN_ACCOUNT,
        id="token_unknown",
    )
    signature_unreadable = entry(
        401,
        "0301",
        _IAM + "verify aksk signature fail",
        "guess: no text is known for an Authorization that cannot be parsed",
        ErrorKind.BAD_CREDENTIALS,
        id="signature_unreadable",
    )
    user_not_authorized = entry(
        403,
        "0302",
        "The IAM user is not authorized to access the API.",
        _TABLE,
        ErrorKind.FORBIDDEN,
    )
    entries = (
        entry(
            404,
            "0101",
            "The API does not exist or has not been published in the environment.",
            "doc: OCR FAQ on APIG.0101 (ocr_01_0121)",
            ErrorKind.NO_SUCH_OPERATION,
            id="path_unknown",
        ),
        entry(
            404,
            "0101",
            "The API does not exist.",
            _TABLE,
            ErrorKind.WRONG_METHOD,
            id="method_unknown",
        ),
        entry(400, "0106", "Orchestration error.", "doc: OCR FAQ on APIG.0106 (ocr_01_0137)"),
        entry(400, "0201", "API request error.", _TABLE, id="request_error"),
        entry(
            413,
            "0201",
            "Request entity too large.",
            _TABLE,
            ErrorKind.BODY_TOO_LARGE,
            id="body_too_large",
        ),
        entry(414, "0201", "Request URI too large.", _TABLE, id="uri_too_large"),
        entry(494, "0201", "Request headers too large.", _TABLE, id="headers_too_large"),
        entry(
            502,
            "0201",
            "Backend unavailable.",
            _TABLE,
            ErrorKind.UNAVAILABLE,
            id="backend_unavailable",
        ),
        entry(504, "0201", "Backend timeout.", _TABLE, id="backend_timeout"),
        entry(504, "0203", "Backend timeout", _TABLE),
        token_missing,
        token_unreadable,
        token_expired,
        signature_wrong,
        access_key_unknown,
        signature_expired,
        token_unknown,
        signature_unreadable,
        entry(
            401,
            "0301",
            _IAM + "ak {ak} not exist",
            "observed: ddns-go issue 844 (there as APIGW.0301)",
            sample={"ak": "******"},
            id="access_key_absent",
        ),
        entry(
            401,
            "0301",
            _IAM + "verify ak sk signature fail",
            "observed: clients' logs of 2026",
            id="signature_wrong_2026",
        ),
        entry(
            401,
            "0301",
            _IAM + "AK access failed to reach the limit,forbidden.",
            _IAM_ERRORS,
            id="access_key_locked",
        ),
        user_not_authorized,
        token_outdated,
        entry(
            429,
            "0308",
            _THROTTLED + "user over ratelimit,limit:{limit},time:1 minute",
            "doc: OCR FAQ on APIG.0308 (ocr_01_0041); the number guess, the page prints XX",
            ErrorKind.RATE_LIMITED,
            ErrorKind.QUOTA_EXCEEDED,
            ErrorKind.BUSY,
            sample={"limit": "100"},
            id="user_rate_limited",
        ),
        entry(
            429,
            "0308",
            _THROTTLED + "ip over ratelimit,limit:{limit},time:1 minute",
            "observed: a client's log",
            sample={"limit": "5"},
            id="ip_rate_limited",
        ),
        entry(403, "0310", "The project is unavailable.", _TABLE),
        entry(500, "0601", "Internal server error.", _TABLE, ErrorKind.INTERNAL),
        entry(400, "0602", "Bad request.", _TABLE),
        entry(503, "0613", "The IAM service is currently unavailable.", _TABLE),
    )
    return GatewayErrors(
        entries,
        token_missing=token_missing,
        token_unreadable=token_unreadable,
        token_unknown=token_unknown,
        token_expired=token_expired,
        token_outdated=token_outdated,
        signature_unreadable=signature_unreadable,
        signature_wrong=signature_wrong,
        signature_expired=signature_expired,
        access_key_unknown=access_key_unknown,
        user_not_authorized=user_not_authorized,
    )
