"""Who calls the API: an API key, an access token, or a JWT that a service account has signed.

sdk: the clients send `x-goog-api-key`, or `Authorization: Bearer` with a self-signed JWT and no
call of a token endpoint; other programs send `?key=` or a token. `access_token` and `oauth_token`
are parameters of every method (doc: discovery document).
"""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.signing import rsa
from mockocr.vendors.google import access_token, jwt
from mockocr.vendors.google.vision.errors import (
    DISABLED,
    EXPIRED_TOKEN,
    INVALID_TOKEN,
    NARROW_SCOPE,
    NO_BILLING,
)

HOSTS = (
    "vision.googleapis.com",
    "eu-vision.googleapis.com",
    "us-vision.googleapis.com",
    "content-vision.googleapis.com",
    "vision.mtls.googleapis.com",
)
AUDIENCE = "https://vision.googleapis.com/"
SELF_SIGNED = "Bearer self-signed"
"""An example's Authorization header that asks `sign` for a JWT."""

_TOKEN_PARAMETERS = ("access_token", "oauth_token")


def claimed(request: Request) -> tuple[str, str] | None:
    """The API key or the service account that the request names, unverified."""
    token = bearer(request)
    if token:
        parsed = jwt.parse(token)
        email = parsed.claim("iss") if parsed else access_token.named_account(token)
        return ("client_email", email) if email else None
    key = api_key(request)
    return ("api_key", key) if key else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal; a token counts if the request has a key too (guess)."""
    token = bearer(request)
    if token:
        principal = await _verified_token(request, token, context)
    else:
        authorization = request.header("authorization").strip()
        if authorization:
            scheme = authorization.partition(" ")[0][:20]
            detail = f"the Authorization header is of the scheme {scheme!r} and not Bearer"
            raise ApiError(ErrorKind.BAD_CREDENTIALS, detail)
        principal = await _verified_key(request, context)
    return _active(request, principal)


def sign(request: Request, credential: Credential) -> Request:
    """The request with the API key as the parameter `key`, if the request has that, else as the
    header; with a JWT, if its Authorization asks for one. A request with a token stays unchanged.
    """
    if request.header("authorization") == SELF_SIGNED:
        return _self_signed(request, credential)
    if bearer(request):
        return request
    fields = request.query_fields()
    if any(name == "key" for name, _ in fields):
        key = credential.values["api_key"]
        return request.with_query(urlencode([(n, key if n == "key" else v) for n, v in fields]))
    unsigned = request.without_headers("x-goog-api-key")
    return unsigned.with_headers(("X-Goog-Api-Key", credential.values["api_key"]))


def bearer(request: Request) -> str:
    """The token of the request, empty if it has none."""
    match = re.fullmatch(r"(?i)bearer +(\S+)\s*", request.header("authorization"))
    if match:
        return match[1]
    return next((v for name in _TOKEN_PARAMETERS if (v := request.query_value(name))), "")


def api_key(request: Request) -> str:
    """The API key, empty if there is none."""
    return request.query_value("key") or request.header("x-goog-api-key").strip()


async def _verified_key(request: Request, context: Context) -> Principal:
    key = api_key(request)
    if not key:
        detail = "the request has no API key and no token"
        raise ApiError(ErrorKind.NO_CREDENTIALS, detail)
    principal = await context.find_credential("api_key", key)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"unknown API key {key[:6]!r}…")
    return principal


async def _verified_token(request: Request, token: str, context: Context) -> Principal:
    parsed = jwt.parse(token)
    if parsed is None:
        issued = await access_token.find(token, context)
        principal = None
        if issued is not None:
            principal = await context.find_credential("client_email", issued.client_email)
        if issued is None or principal is None:
            named = access_token.named_account(token)
            if named and await context.find_credential("client_email", named):
                detail = f"the access token of {named} has expired, or is not one of this server"
                raise ApiError(EXPIRED_TOKEN, detail)
            raise ApiError(INVALID_TOKEN, "the access token is unknown")
        if not _has_scope(issued.scope):
            needed = " or ".join(access_token.SCOPES)
            detail = f"the scope of the access token is {issued.scope[:200]!r} and not {needed}"
            raise ApiError(NARROW_SCOPE, detail)
        return principal
    return await _verified_jwt(request, parsed, context)


async def _verified_jwt(request: Request, token: jwt.Jwt, context: Context) -> Principal:
    email = token.claim("iss")
    principal = await context.find_credential("client_email", email) if email else None
    if principal is None:
        detail = f"the JWT is of the unknown service account {email[:100]!r}"
        raise ApiError(INVALID_TOKEN, detail)
    mistake = jwt.signature_mistake(token, principal.values)
    if mistake:
        raise ApiError(INVALID_TOKEN, mistake)
    mistake = jwt.time_mistake(token, request.at.timestamp())
    if mistake:
        raise ApiError(EXPIRED_TOKEN, mistake)
    if not _is_for_this_api(token):
        detail = f"aud of the JWT is {token.claim('aud')[:200]!r} and not {AUDIENCE}"
        raise ApiError(INVALID_TOKEN, detail)
    return principal


def _is_for_this_api(token: jwt.Jwt) -> bool:
    """True if aud is one of the API's hosts or this server, or if a scope fits.

    sdk: the Java client names the host that it calls. This server has many names and does not know
    them all, so any host but another one of Google's is taken for it.
    """
    if _has_scope(token.claim("scope")):
        return True
    try:
        name = urlsplit(token.claim("aud")).hostname or ""
    except ValueError:
        return False
    return name in HOSTS or not (name == "" or name.endswith("googleapis.com"))


def _has_scope(scopes: str) -> bool:
    return not set(access_token.SCOPES).isdisjoint(scopes.split())


def _active(request: Request, principal: Principal) -> Principal:
    credential, project = principal.credential, principal.values.get("project_number", "")
    kind = credential.rejection(request.at)
    detail = f"{credential.describe_state(request.at)}; account {principal.account.name}"
    if kind is ErrorKind.FORBIDDEN and credential.state == "unsubscribed":
        raise ApiError(DISABLED, detail, project=project)
    if kind is ErrorKind.ARREARS:
        raise ApiError(NO_BILLING, detail, project=project)
    if kind is ErrorKind.PACKAGE_EXPIRED and bearer(request):
        raise ApiError(EXPIRED_TOKEN, detail)
    return principal.require_active(request.at)


def _self_signed(request: Request, credential: Credential) -> Request:
    issued = int(request.at.timestamp())
    email = credential.values["client_email"]
    claims = {"iss": email, "sub": email, "aud": AUDIENCE, "iat": issued}
    claims["exp"] = issued + jwt.LIFETIME
    unsigned = request.without_headers("authorization")
    try:
        token = jwt.sign(
            claims, credential.values["private_key"], credential.values["private_key_id"]
        )
    except rsa.InvalidKeyError:
        return unsigned
    return unsigned.with_headers(("Authorization", f"Bearer {token}"))
