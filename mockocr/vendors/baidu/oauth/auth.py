"""The client of a token request: its API Key and Secret Key."""

from __future__ import annotations

import hmac
from urllib.parse import urlencode

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.baidu.credentials import masked
from mockocr.vendors.baidu.oauth.errors import WRONG_SECRET
from mockocr.vendors.baidu.oauth.fields import oauth_fields


def claimed(request: Request) -> tuple[str, str] | None:
    key = oauth_fields(request).get("client_id", "")
    return ("api_key", key) if key else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal of the API Key, if the Secret Key is its own."""
    fields = oauth_fields(request)
    key, secret = fields.get("client_id", ""), fields.get("client_secret", "")
    if not key:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the request has no client_id")
    principal = await context.find_credential("api_key", key)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"unknown API Key {masked(key)}")
    own = principal.values["secret_key"].encode()
    if not hmac.compare_digest(own, secret.encode("utf-8", "replace")):
        detail = f"client_secret is not the Secret Key of API Key {masked(key)}"
        raise ApiError(WRONG_SECRET, detail if secret else "the request has no client_secret")
    return principal.require_active(request.at)


def sign(request: Request, credential: Credential) -> Request:
    """The request with API Key and Secret Key in its form, or in the query of a GET."""
    pairs = {
        "client_id": credential.values["api_key"],
        "client_secret": credential.values["secret_key"],
    }
    if request.method == "GET":
        query = "&".join(filter(None, (request.query, urlencode(pairs))))
        return request.with_query(query)
    joint = b"&" if request.body else b""
    return request.with_body(request.body + joint + urlencode(pairs).encode())
