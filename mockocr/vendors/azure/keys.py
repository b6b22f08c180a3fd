"""Who calls an Azure service: a subscription key in the header or the query, or a bearer token.

Source: learn.microsoft.com, authenticate requests to Azure AI services.
"""

from __future__ import annotations

from datetime import timedelta

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.azure.credentials import LONG

HEADER = "Ocp-Apim-Subscription-Key"
QUERY = "subscription-key"
TOKEN_KIND = "azure"
TOKEN_LIFETIME = timedelta(minutes=10)
"""doc: the page above, multi-service access token."""


def claimed(request: Request) -> tuple[str, str] | None:
    """The credential field and the key that the caller sends. A token names no key."""
    key = subscription_key(request)
    return (_fields(key)[0], key) if key else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal of the key, or of the key that the token was issued for."""
    key = subscription_key(request)
    if key:
        principal = await find_key(key, context)
        if principal is None:
            raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, "no account has this subscription key")
        return principal.require_active(request.at)
    scheme, _, token = request.header("authorization").partition(" ")
    if not scheme:
        detail = f"the request has neither the header {HEADER} nor a bearer token"
        raise ApiError(ErrorKind.NO_CREDENTIALS, detail)
    if scheme.lower() != "bearer" or not token.strip():
        raise ApiError(ErrorKind.BAD_CREDENTIALS, "the Authorization header is not a bearer token")
    value = await context.find_token(TOKEN_KIND, token.strip())
    if value is None:
        detail = "the bearer token was not issued here, or it has expired"
        raise ApiError(ErrorKind.EXPIRED, detail)
    principal = await find_key(str(value["key"]), context)
    if principal is None:
        raise ApiError(ErrorKind.EXPIRED, "the account of the bearer token was deleted")
    return principal.require_active(request.at)


async def find_key(key: str, context: Context) -> Principal | None:
    """The principal that has this key as one of its two."""
    for field in _fields(key):
        principal = await context.find_credential(field, key)
        if principal is not None:
            return principal
    return None


def sign(request: Request, credential: Credential) -> Request:
    """The request with the first key of the account."""
    return request.without_headers(HEADER).with_headers((HEADER, credential.values["key"]))


def subscription_key(request: Request) -> str:
    """The key in the header, else in the query; empty without one."""
    return request.header(HEADER).strip() or request.query_value(QUERY).strip()


def _fields(key: str) -> tuple[str, str]:
    """The credential fields, the likelier one first."""
    return ("key2", "key") if len(key) == LONG else ("key", "key2")
