"""Who asks for a token: the service account that has signed the assertion."""

from __future__ import annotations

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.request_example import with_fields
from mockocr.signing import rsa
from mockocr.vendors.google import access_token, jwt
from mockocr.vendors.google.oauth.errors import (
    BAD_ASSERTION,
    BAD_AUDIENCE,
    BAD_GRANT,
    BAD_SCOPE,
    MISSING,
)

HOSTS = ("oauth2.googleapis.com",)
PATHS = ("/token", "/oauth2/v4/token", "/o/oauth2/token")
"""doc: token_uri of key files, today's first; the others are of older files, on other hosts."""
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
TOKEN_URI = "https://oauth2.googleapis.com/token"
_OLD_HOSTS = ("www.googleapis.com", "accounts.google.com")


def claimed(request: Request) -> tuple[str, str] | None:
    """The service account that the assertion names, unverified."""
    token = jwt.parse(_fields(request).get("assertion", ""))
    email = token.claim("iss") if token else ""
    return ("client_email", email) if email else None


async def verify(request: Request, context: Context) -> Principal:
    """The service account, and only if every claim of its assertion is right. The order of the
    checks is a guess: parameters, form, account, signature, time, audience, scope.
    """
    fields = _fields(request)
    for name in ("grant_type", "assertion"):
        if not fields.get(name):
            raise ApiError(MISSING, f"the form has no {name}", name=name)
        if name == "grant_type" and fields[name] != GRANT:
            grant = fields[name]
            raise ApiError(BAD_GRANT, f"grant_type is {grant[:80]!r}, not {GRANT}", grant=grant)
    token = jwt.parse(fields["assertion"])
    if token is None:
        raise ApiError(BAD_ASSERTION, "the assertion is not a JWT")
    email = token.claim("iss")
    principal = await context.find_credential("client_email", email) if email else None
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"unknown service account {email[:100]!r}")
    mistake = jwt.signature_mistake(token, principal.values)
    if mistake:
        raise ApiError(ErrorKind.BAD_SIGNATURE, mistake)
    mistake = jwt.time_mistake(token, request.at.timestamp())
    if mistake:
        raise ApiError(ErrorKind.EXPIRED, mistake)
    _require_audience(request, token)
    if not token.claim("scope").strip():
        raise ApiError(BAD_SCOPE, "the assertion has no scope")
    return principal.require_active(request.at)


def sign(request: Request, credential: Credential) -> Request:
    """The form with the assertion added; unchanged if it has one, or if the key is unreadable."""
    if "assertion" in _fields(request) or not rsa.is_available():
        return request
    issued = int(request.at.timestamp())
    claims = {
        "iss": credential.values["client_email"],
        "scope": access_token.SCOPES[0],
        "aud": TOKEN_URI,
        "iat": issued,
        "exp": issued + jwt.LIFETIME,
    }
    key, key_id = credential.values["private_key"], credential.values["private_key_id"]
    try:
        return with_fields(request, {"assertion": jwt.sign(claims, key, key_id)})
    except rsa.InvalidKeyError:
        return request


def requested_scope(request: Request) -> str:
    """The scope of a verified assertion."""
    token = jwt.parse(_fields(request).get("assertion", ""))
    return token.claim("scope") if token else ""


def add_headers(request: Request, response: Response) -> Response:
    """guess: what the front end of the endpoint adds."""
    return response.with_headers(
        ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
        ("Pragma", "no-cache"),
        ("Server", "scaffolding on HTTPServer2"),
        ("X-Content-Type-Options", "nosniff"),
    )


def _fields(request: Request) -> dict[str, str]:
    return dict(request.form_fields()) if request.body else {}


def _require_audience(request: Request, token: jwt.Jwt) -> None:
    audience = token.claim("aud")
    hosts = (*HOSTS, *_OLD_HOSTS, request.host)
    right = {
        f"{scheme}://{h}{path}" for scheme in ("https", "http") for h in hosts for path in PATHS
    }
    if audience not in right and audience.rstrip("/") not in right:
        detail = f"aud of the assertion is {audience[:200]!r}, not {TOKEN_URI} or this server's"
        raise ApiError(BAD_AUDIENCE, detail)
