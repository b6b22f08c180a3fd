"""Where a request of API 3.0 has its common parameters and those of its action.

`POST /` with JSON and `GET /?…`, signed with TC3, have the common parameters in `X-TC-` headers.
With the older signatures all parameters are together in the query or in a urlencoded body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.core.urlencoded import Pairs
from mockocr.vendors.tencent.cloud.errors import UNSPLIT

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
"""Names that are next to the action's parameters under the older signatures."""

FORM = "application/x-www-form-urlencoded"

_LIST_ITEM = re.compile(r"([A-Za-z]\w{0,60})\.(\d{1,4})", re.ASCII)


def has_common_headers(request: Request) -> bool:
    """True if the common parameters are in headers, as with TC3."""
    return request.has_header("x-tc-action") or request.header("authorization").startswith("TC3-")


def common_parameter(request: Request, name: str) -> str:
    """A common parameter by its plain name, as in `Action`; empty if it is missing."""
    if has_common_headers(request):
        return request.header(f"x-tc-{name}").strip()
    return request.cached(_first_values).get(name, "").strip()


def is_cloud_request(request: Request) -> bool:
    """True for a request to API 3.0: other vendors have `Action` parameters at `/` too, but none
    with a `SecretId`.
    """
    return has_common_headers(request) or bool(
        common_parameter(request, "Action") and common_parameter(request, "SecretId")
    )


def action_name(request: Request) -> str:
    """The action that a request to API 3.0 names; empty for any other request."""
    return common_parameter(request, "Action") if is_cloud_request(request) else ""


def url_parameters(request: Request) -> Mapping[str, str]:
    """The parameters of the query or form by name; the last of two with one name. Use it through
    `request.cached`.

    Raises `ApiError(InvalidParameter)` for a piece without `=`.
    """
    for piece in _encoded(request).split(b"&"):
        if piece and b"=" not in piece:
            text = piece[:80].decode("utf-8", "replace")
            raise ApiError(UNSPLIT, f"{text!r} in the query or form has no =")
    return dict(_pairs(request))


def with_lists(parameters: Mapping[str, str]) -> Mapping[str, str | list[str]]:
    """The parameters of a query or form, with the items of a list (`Types.0`, `Types.1`) joined."""
    found: dict[str, str | list[str]] = {}
    lists: dict[str, dict[int, str]] = {}
    for name, value in parameters.items():
        item = _LIST_ITEM.fullmatch(name)
        if item is None:
            found[name] = value
        else:
            lists.setdefault(item[1], {})[int(item[2])] = value
    return {**found, **{name: [items[n] for n in sorted(items)] for name, items in lists.items()}}


def _first_values(request: Request) -> Mapping[str, str]:
    try:
        return dict(reversed(_pairs(request)))
    except ApiError:  # raised again where parameters are needed, but not for an error's language
        return {}


def _encoded(request: Request) -> bytes:
    if request.method == "GET":
        return request.query.encode("latin-1", "replace")
    return request.body if request.content_type == FORM else b""


def _pairs(request: Request) -> Pairs:
    if request.method == "GET":
        return request.query_fields()
    return request.form_fields() if request.content_type == FORM else ()
