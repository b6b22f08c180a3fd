"""Decides who may use the control routes: no foreign web page, and with a token only its holders.

A page that a tester's browser shows can send requests to this server. The browser names the page in
`Origin`, asks before it sends JSON, and sends the page's own host name in `Host`, even if that name
leads here (DNS rebinding).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mockocr.control.api.json_http import PREFIX, error_response
from mockocr.control.api.routing import JSON, TOML

_OPEN = frozenset({PREFIX + "/livez"})
"""Routes that need no token."""
_HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Refusal(msgspec.Struct, frozen=True):
    """Why a control request is refused, and its status."""

    sentence: str
    status: int


class ControlAccess:
    """The ASGI app `app` behind these checks.

    `hosts` are further names of this server, joined by commas: `*.name` means all below, `*` every
    host. `owner` returns the service that a host belongs to, or None. `token`, if it is not empty,
    must come as `Authorization: Bearer`, or as the password of Basic. `policy` is the
    Content-Security-Policy.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: str,
        token: str,
        owner: Callable[[str], object],
        policy: str,
    ) -> None:
        self._app = app
        self._hosts = [host.strip().lower() for host in hosts.split(",")]
        self._token = token
        self._owner = owner
        self._headers = {**_HEADERS, "Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        refusal = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, send_guarded)
            return
        response = error_response(refusal.sentence, refusal.status)
        if refusal.status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer, Basic realm="mockocr"'
        await response(scope, receive, send_guarded)

    def _refusal(self, method: str, path: str, headers: Headers) -> Refusal | None:
        host, origin = headers.get("host", ""), headers.get("origin")
        if host and not self._is_allowed(host):
            return Refusal(
                f"{host!r} is not a name of this server: control requests need a local host name,"
                " an address, or a name from --control-hosts",
                403,
            )
        if origin is not None and _host_of(origin) != host.lower():
            return Refusal(f"the web page {origin!r} may not use the control routes", 403)
        if method == "POST" and not _is_safe_body(headers):
            kind = headers.get("content-type", "no Content-Type")
            return Refusal(f"the body needs Content-Type: {JSON}, not {kind}", 415)
        if self._token and path not in _OPEN and not self._has_token(headers):
            return Refusal("this needs Authorization: Bearer with the --control-token", 401)
        return None

    def _is_allowed(self, host: str) -> bool:
        name = re.sub(r":\d+$", "", host).lower().rstrip(".")
        return _is_local(name) or self._owner(name) is not None or self._is_configured(name)

    def _is_configured(self, name: str) -> bool:
        return any(
            pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))
            for pattern in self._hosts
        )

    def _has_token(self, headers: Headers) -> bool:
        scheme, _, value = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                value = base64.b64decode(value, validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return False
        elif scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(value.strip().encode(), self._token.encode())


def _is_local(name: str) -> bool:
    """True for an address, and for a name that public DNS cannot have: `localhost`, a name without
    a dot (a container's), and `.internal`.
    """
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return "." not in name or name.endswith((".localhost", ".internal"))
    return True


def _host_of(origin: str) -> str:
    """Host and port of an origin as they stand in `Host`; empty for `null`."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _is_safe_body(headers: Headers) -> bool:
    """True if a browser sends this body only after it has asked this server, which refuses."""
    kind = headers.get("content-type")
    if kind is None:
        return headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
    return kind.partition(";")[0].strip().lower() in (JSON, TOML)
