"""How the API gateway authenticates a request to either service: by a signature with AK and SK, or
by a token in X-Auth-Token.

A request with both is judged by its signature alone (guess: the gateway answers a request with
neither by asking for the token, so it seems to look for that last).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, Evidence
from mockocr.core.http import Request
from mockocr.signing.candidates import candidate_hosts, candidate_targets
from mockocr.signing.clock_window import clock_error
from mockocr.signing.verification import Candidate, require_signature
from mockocr.vendors.huawei.credentials import region_of
from mockocr.vendors.huawei.gateway_errors import GatewayErrors
from mockocr.vendors.huawei.signature import (
    DATE,
    EMPTY_HASH,
    Authorization,
    authorization,
    build_canonical_request,
    compute_signature,
    is_signed,
    payload_hash,
    signed_at,
    string_to_sign,
)
from mockocr.vendors.huawei.signing_mistakes import find_mistake
from mockocr.vendors.huawei.token import sent_token, token_text

WINDOW = timedelta(minutes=15)
"""doc: API request signing guide, at most 15 minutes between X-Sdk-Date and the gateway's clock."""


def claimed_by_gateway(request: Request) -> tuple[str, str] | None:
    """The field and value of the access key, the token's user or the ready-made token."""
    if is_signed(request):
        header = request.cached(authorization)
        return ("ak", header.access_key) if header else None
    token = request.cached(sent_token)
    if token is not None:
        return "user", token.claims.user
    text = token_text(request)
    return ("token", text) if text else None


async def authenticate(
    request: Request, context: Context, errors: GatewayErrors, hosts: Sequence[str]
) -> Principal:
    """The principal behind the signature or the token; `ApiError` with the gateway's 401 entries.

    `hosts` are the service's real hosts, where `{region}` is the credential's region.
    """
    if is_signed(request):
        return await _verify_signature(request, context, errors, hosts)
    return await _verify_token(request, context, errors)


async def _verify_token(request: Request, context: Context, errors: GatewayErrors) -> Principal:
    claim = claimed_by_gateway(request)
    if claim is None:
        detail = "the request has neither X-Auth-Token nor a signed Authorization"
        raise ApiError(errors.token_missing, detail)
    principal = await context.find_credential(*claim)
    token = request.cached(sent_token)
    if token is None:
        if principal is None:
            detail = f"the token of {len(claim[1])} characters is cut off, altered or unknown"
            raise ApiError(errors.token_unreadable, detail)
        return principal
    claims = token.claims
    if principal is None or principal.values["domain"] != claims.domain:
        detail = f"the token names the unknown user {claims.user!r} of domain {claims.domain!r}"
        raise ApiError(errors.token_unknown, detail)
    if not token.is_signed_with(principal.values["password"]):
        detail = f"the password of user {claims.user!r} has changed since the token was issued"
        raise ApiError(errors.token_outdated, detail)
    over = token.seconds_expired(request.at)
    if over is not None:
        detail = f"the token expired {over:.0f} s ago; tokens are valid for 24 hours"
        raise ApiError(errors.token_expired, detail, expires_at=claims.expires)
    return principal


async def _verify_signature(
    request: Request, context: Context, errors: GatewayErrors, hosts: Sequence[str]
) -> Principal:
    header = request.cached(authorization)
    at = signed_at(request)
    detail = ""
    if header is None:
        detail = "the Authorization header lacks Access or SignedHeaders"
    elif at is None:
        detail = f"X-Sdk-Date {request.header(DATE)!r} is not in the form 20260102T030405Z"
    elif DATE.lower() not in {name.lower() for name in header.headers}:
        detail = "x-sdk-date is not among the signed headers"
    if header is None or at is None or detail:
        evidence = Evidence(received=request.header("authorization"))
        raise ApiError(errors.signature_unreadable, detail, evidence)
    principal = await context.find_credential("ak", header.access_key)
    if principal is None:
        detail = f"unknown access key {header.access_key!r}"
        raise ApiError(errors.access_key_unknown, detail, ak=header.access_key)
    late = clock_error(DATE, at.timestamp(), request.at.timestamp(), WINDOW)
    if late:
        raise ApiError(errors.signature_expired, late)
    absent = [name for name in header.headers if not request.has_header(name)]
    cause = "the SK is wrong, or the request was changed after it was signed"
    if absent:
        cause = f"the signed header {absent[0]} is missing"
    require_signature(
        header.signature,
        _candidates(request, header, principal, hosts),
        partial(find_mistake, request, header, principal),
        cause,
        errors.signature_wrong,
    )
    return principal


def _candidates(
    request: Request, header: Authorization, principal: Principal, hosts: Sequence[str]
) -> Iterator[Candidate]:
    """The canonical requests that a correct client may have signed.

    An empty body is hashed as such by the Python SDK, whatever X-Sdk-Content-Sha256 says.
    """
    region = region_of(principal.values)
    real_hosts = [host.replace("{region}", region) for host in hosts]
    payloads = [payload_hash(request), *([] if request.body else [EMPTY_HASH])]
    for host in candidate_hosts(request, *real_hosts):
        for target in candidate_targets(request):
            for payload in payloads:
                canonical = build_canonical_request(
                    request, header.headers, target=target, host=host, payload=payload
                )
                text = string_to_sign(request, canonical)
                yield Candidate(canonical, compute_signature(principal.values["sk"], text))
