"""Where a request of API 3.0 keeps its common and its own parameters, in each of its three forms.

`POST /` with JSON and `GET /?…` carry the common parameters in `X-TC-` headers when they are signed
with TC3; with the older signatures all stand together in the query or in a urlencoded body.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote_plus

from mockocr.core.problem import Refused
from mockocr.core.wire import Call
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


def has_headers(call: Call) -> bool:
    """Whether the common parameters stand in headers, as TC3 has them."""
    return call.has_header("x-tc-action") or call.header("authorization").startswith("TC3-")


def urlencoded(call: Call) -> bytes:
    """What holds the parameters: the query of a GET, a form's body."""
    if call.method == "GET":
        return call.query.encode("latin-1", "replace")
    return call.body if call.content_type == FORM else b""


def common(call: Call, name: str) -> str:
    """A common parameter by its plain name, empty when it is missing."""
    if has_headers(call):
        return call.header(f"x-tc-{name}").strip()
    # Looked for and not parsed: megabytes of picture may stand beside it, and every action asks.
    raw, key = b"&" + urlencoded(call), f"&{name}=".encode()
    start = raw.find(key)
    if start < 0:
        return ""
    end = raw.find(b"&", start + 1)
    value = raw[start + len(key) : end if end >= 0 else len(raw)]
    return unquote_plus(value.decode("utf-8", "replace")).strip()


def action_of(call: Call) -> str:
    """The action that the call names, if it is a call of API 3.0 at all."""
    return common(call, "Action") if addressed(call) else ""


def addressed(call: Call) -> bool:
    """Whether the call is one of API 3.0: other vendors have `Action` parameters at `/` too, but
    none with a `SecretId`.
    """
    return has_headers(call) or bool(common(call, "Action") and common(call, "SecretId"))


def pairs(call: Call) -> Mapping[str, str]:
    """Query or form by name, decoded; of two with one name the last. `Refused` when a piece has no
    `=`.
    """
    found: dict[str, str] = {}
    for piece in urlencoded(call).decode("utf-8", "replace").split("&"):
        if not piece:
            continue
        name, equals, value = piece.partition("=")
        if not equals:
            raise Refused(UNSPLIT, f"{piece[:80]!r} in the query or form has no =")
        found[unquote_plus(name)] = unquote_plus(value)
    return found
