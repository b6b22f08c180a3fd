"""The gateway's own responses to errors, the headers that it adds to every response, and what it
bills.
"""

from __future__ import annotations

from http import HTTPMethod
from urllib.parse import unquote

from mockocr.core.errors import ErrorEntry
from mockocr.core.http import Headers, Request, Response
from mockocr.vendors.aliyun_market.gateway.entry import GatewayEntry
from mockocr.vendors.aliyun_market.gateway.signature import echo, string_to_sign

SERVER = "Kaede/3.5.3.523(zb001t4h6)"
"""observed: the Server header of a market API's 403 logged on 2021-03-12."""
_METHODS = frozenset(HTTPMethod)


def render_error(request: Request, entry: GatewayEntry) -> Response:
    """Headers and mostly no body, in the spelling of the generation that the options name."""
    if entry.unknown_method is not None and request.method not in _METHODS:
        entry = entry.unknown_method
    if entry.later is None:
        return _later(entry)
    if request.options["gateway"] == "vpc":
        return _later(entry.later.filled(_facts(request, entry.later)))
    return _classic(entry)


def add_headers(request: Request, response: Response) -> Response:
    """Adds what the gateway sends with every response, those of its services included."""
    plain = request.id.upper()
    parts = (plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:])
    headers: Headers = (("X-Ca-Request-Id", "-".join(parts)),)
    if billed(response):
        headers = (*headers, ("X-Ca-Market-Billing-Result", "1"))
    if request.header("x-ca-request-mode").lower() == "debug":
        # the shape is documented; a request carries no stopwatch, so both times are zero
        headers = (*headers, ("X-Ca-Debug-Info", '{"ServiceLatency":0,"TotalLatency":0}'))
    return response.with_headers(*headers)


def billed(response: Response) -> bool:
    """doc: product page and guide: only HTTP 200..300 is counted and paid for."""
    return 200 <= response.status <= 300


def _facts(request: Request, entry: GatewayEntry) -> dict[str, str]:
    """Values for the fields of a later message; the string to sign only if it is shown."""
    facts = {
        "path": unquote(request.target.partition("?")[0]),
        "method": request.method,
        "host": request.host,
        "protocol": request.scheme.upper(),
    }
    if "string" in entry.sample:
        facts["string"] = echo(string_to_sign(request))
    return facts


def _classic(entry: GatewayEntry) -> Response:
    headers: Headers = (("Server", "Tengine"), ("X-Ca-Error-Message", _utf8(entry.message)))
    body = b""
    if entry.in_body:
        body = entry.message.encode()
        headers = (("Content-Type", "text/plain; charset=utf-8"), *headers)
    return Response(entry.status, body, headers, str(entry.code))


def _later(entry: ErrorEntry) -> Response:
    headers: Headers = (
        ("Content-Type", "application/oct-stream"),  # sic
        ("Server", SERVER),
        ("X-Ca-Error-Code", str(entry.code)),
        ("X-Ca-Error-Message", _utf8(entry.message)),
    )
    return Response(entry.status, b"", headers, str(entry.code))


def _utf8(text: str) -> str:
    """The text of a header whose latin-1 bytes are the UTF-8 that the gateway sends."""
    return text.encode("utf-8", "replace").decode("latin-1")
