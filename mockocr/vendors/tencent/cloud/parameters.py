"""Where a request of API 3.0 keeps its common and its own parameters, in each of its three forms.

`POST /` with JSON and `GET /?…` carry the common parameters in `X-TC-` headers when they are signed
with TC3; with the older signatures all stand together in the query or in a urlencoded body.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote_plus

from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.vendors.tencent_cloud.errors import UNSPLIT

COMMON = frozenset(
    {
        "Action",
        "Version",
        "Timestamp",
        "Nonce",
        "SecretId",
        "Signature",
        "SignatureMethod",
        "Region",
        "Token",
        "Language",
        "RequestClient",
    }
)
"""Names that stand beside an action's own parameters under the older signatures."""

FORM = "application/x-www-form-urlencoded"


def has_headers(request: Request) -> bool:
    """Whether the common parameters stand in headers, as TC3 has them."""
    return request.has_header("x-tc-action") or request.header("authorization").startswith("TC3-")


def urlencoded(request: Request) -> bytes:
    """What holds the parameters: the query of a GET, a form's body."""
    if request.method == "GET":
        return request.query.encode("latin-1", "replace")
    return request.body if request.content_type == FORM else b""


def common(request: Request, name: str) -> str:
    """A common parameter by its plain name, empty when it is missing."""
    if has_headers(request):
        return request.header(f"x-tc-{name}").strip()
    # Looked for and not parsed: megabytes of picture may stand beside it, and every action asks.
    raw, key = b"&" + urlencoded(request), f"&{name}=".encode()
    start = raw.find(key)
    if start < 0:
        return ""
    end = raw.find(b"&", start + 1)
    value = raw[start + len(key) : end if end >= 0 else len(raw)]
    return unquote_plus(value.decode("utf-8", "replace")).strip()


def action_of(request: Request) -> str:
    """The action that the call names, if it is a call of API 3.0 at all."""
    return common(request, "Action") if addressed(request) else ""


def addressed(request: Request) -> bool:
    """Whether the call is one of API 3.0: other vendors have `Action` parameters at `/` too, but
    none with a `SecretId`.
    """
    return has_headers(request) or bool(common(request, "Action") and common(request, "SecretId"))


def pairs(request: Request) -> Mapping[str, str]:
    """Query or form by name, decoded; of two with one name the last. `ApiError` when a piece has no
    `=`.
    """
    found: dict[str, str] = {}
    for piece in urlencoded(request).decode("utf-8", "replace").split("&"):
        if not piece:
            continue
        name, equals, value = piece.partition("=")
        if not equals:
            raise ApiError(UNSPLIT, f"{piece[:80]!r} in the query or form has no =")
        found[unquote_plus(name)] = unquote_plus(value)
    return found
