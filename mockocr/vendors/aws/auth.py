"""Who calls a service of AWS: Signature Version 4 in the Authorization header.

The order of the checks (guess): form, scope, access key, token, time, signature, subscription.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.signing.clock_window import clock_error
from mockocr.signing.verification import Candidate, require_signature
from mockocr.vendors.aws import auth_errors as errors
from mockocr.vendors.aws import sigv4
from mockocr.vendors.aws.options import SESSION_TOKEN
from mockocr.vendors.aws.signing_mistakes import find_mistake

LIFETIME = timedelta(minutes=5)
"""How far the time of a signature may be from the server's clock, either way. observed: sister."""

_REGION = re.compile(r"[a-z]{2,5}(-[a-z]{2,12}){1,3}-\d{1,2}")
_DATE = re.compile(r"\d{8}T\d{6}Z", re.ASCII)

Verify = Callable[[Request, Context], Awaitable[Principal]]


def claimed(request: Request) -> tuple[str, str] | None:
    """The access key id that the request names, unverified."""
    key = request.cached(sigv4.parse_authorization).access_key_id
    return ("access_key_id", key) if key else None


def verify_for(service: str) -> Verify:
    """The check of the signature for the service of that name in the credential's scope."""

    async def verify(request: Request, context: Context) -> Principal:
        header = _complete(request)
        date = _date(request)
        _check_scope(request, header, service, date)
        principal = await _find_principal(request, header, context)
        _check_token(request)
        _check_time(date, request.at)
        _check_signature(request, header, service, date, principal)
        if principal.credential.state in ("unsubscribed", "arrears"):
            state = principal.credential.describe_state(request.at)
            raise ApiError(errors.NOT_SUBSCRIBED, f"{state}; account {principal.account.name}")
        return principal

    return verify


def sign_for(service: str) -> Callable[[Request, Credential], Request]:
    """Signs requests to that service, as the SDKs do."""
    return lambda request, credential: sigv4.sign(request, credential, service)


def _complete(request: Request) -> sigv4.Authorization:
    value = request.header("authorization").strip()
    if not value:
        raise ApiError(errors.NO_TOKEN, "the Authorization header is missing or empty")
    header = request.cached(sigv4.parse_authorization)
    parts = (
        ("Credential", header.credential),
        ("Signature", header.signature),
        ("SignedHeaders", ";".join(header.headers)),
    )
    missing = [
        f"Authorization header requires '{name}' parameter." for name, part in parts if not part
    ]
    if not (request.header(sigv4.DATE) or request.header("date")):
        missing.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
        )
    if missing or not value.startswith(sigv4.ALGORITHM):
        digest = hashlib.sha256(value.encode("latin-1", "replace")).digest()
        text = " ".join(missing) or "Unsupported AWS 'algorithm'."
        detail = f"the Authorization header is incomplete: {text}"
        hashed = base64.b64encode(digest).decode()
        raise ApiError(errors.INCOMPLETE, detail, missing=text, hash=hashed)
    if len(header.scope) != 4 or not header.access_key_id:
        detail = f"the credential {header.credential[:80]!r} has not five parts"
        raise ApiError(errors.BAD_CREDENTIAL, detail, credential=header.credential[:200])
    return header


def _date(request: Request) -> str:
    """The time of the signature in the basic form of ISO 8601."""
    written = request.header(sigv4.DATE).strip()
    if not written:
        try:
            at = parsedate_to_datetime(request.header("date"))
        except (ValueError, TypeError, IndexError):
            written = request.header("date")
        else:
            written = at.astimezone(UTC).strftime(sigv4.DATE_FORMAT)
    try:
        if _DATE.fullmatch(written):
            _time(written)
            return written
    except ValueError:  # a 13th month, for example
        pass
    detail = f"the time of the signature is {written[:40]!r}"
    raise ApiError(errors.BAD_DATE, detail, date=written[:80])


def _time(written: str) -> datetime:
    return datetime.strptime(written, sigv4.DATE_FORMAT).replace(tzinfo=UTC)


def _check_scope(request: Request, header: sigv4.Authorization, service: str, date: str) -> None:
    day, region, named, terminator = header.scope
    wanted = sigv4.region_of(request)
    if not _REGION.fullmatch(region) or wanted not in ("", region):
        detail = f"the scope has the region {region[:40]!r}"
        detail += f", the host is in {wanted}" if wanted else ", which is not a region"
        raise ApiError(errors.WRONG_REGION, detail)
    if named != service:
        detail = f"the scope has the service {named[:40]!r}, not {service!r}"
        raise ApiError(errors.WRONG_SERVICE, detail, service=service)
    if terminator != sigv4.TERMINATOR:
        detail = f"the scope ends in {terminator[:40]!r}, not in {sigv4.TERMINATOR!r}"
        raise ApiError(errors.WRONG_TERMINATOR, detail, terminator=terminator[:80])
    if day != date[:8]:
        detail = f"the scope has the date {day[:40]!r}, the signature was made at {date}"
        raise ApiError(errors.WRONG_DATE, detail, scope=day[:80], day=date[:8], date=date)
    if "host" not in header.headers:
        raise ApiError(errors.UNSIGNED_HOST, "SignedHeaders does not name host")


async def _find_principal(
    request: Request, header: sigv4.Authorization, context: Context
) -> Principal:
    key = header.access_key_id
    principal = await context.find_credential("access_key_id", key)
    if principal is None:
        raise ApiError(errors.UNKNOWN_KEY, f"unknown access key id {key[:80]!r}")
    credential = principal.credential
    kind = credential.rejection(request.at)
    if kind is ErrorKind.PACKAGE_EXPIRED:
        raise ApiError(errors.EXPIRED_TOKEN, credential.describe_state(request.at))
    if credential.state == "disabled":  # guess: an inactive key is answered like an unknown one
        raise ApiError(errors.UNKNOWN_KEY, credential.describe_state(request.at))
    return principal


def _check_token(request: Request) -> None:
    """Compare the session token with the expected one, if the option names one."""
    wanted, sent = request.options[SESSION_TOKEN.name], request.header(sigv4.TOKEN)
    if wanted and sent != wanted:
        found = "another" if sent else "no"
        detail = f"the request has {found} session token; the option demands a certain one"
        raise ApiError(errors.UNKNOWN_KEY, detail)


def _check_time(date: str, now: datetime) -> None:
    sent = _time(date)
    detail = clock_error(sigv4.DATE, sent.timestamp(), now.timestamp(), LIFETIME)
    if not detail:
        return
    expired = sent < now
    entry = errors.SIGNATURE_EXPIRED if expired else errors.NOT_YET_CURRENT
    limit = now - LIFETIME if expired else now + LIFETIME
    times = {"sent": sent, "limit": limit, "now": now}
    facts = {name: time.strftime(sigv4.DATE_FORMAT) for name, time in times.items()}
    raise ApiError(entry, detail, facts=facts)


def _check_signature(
    request: Request,
    header: sigv4.Authorization,
    service: str,
    date: str,
    principal: Principal,
) -> None:
    scope, secret = header.scope, principal.values["secret_access_key"]
    real_host = f"{service}.{scope[1]}.amazonaws.com"
    texts = list(sigv4.canonical_candidates(request, header, real_host))

    def string(canonical: str) -> str:
        return sigv4.string_to_sign(date, "/".join(scope), canonical)

    require_signature(
        header.signature,
        (Candidate(text, sigv4.signature(secret, scope, string(text))) for text in texts),
        lambda text: find_mistake(request, header, date, principal, text),
        "wrong secret access key, or body, host or a signed header changed after signing",
        errors.WRONG_SIGNATURE,
        canonical=texts[0],
        string=string(texts[0]),
    )
