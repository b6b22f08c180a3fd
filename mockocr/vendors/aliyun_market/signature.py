"""The gateway's AppKey/AppSecret signature: the string to sign, and what makes it match.

    METHOD, Accept, Content-MD5, Content-Type, Date (each with LF), the signed headers, the URL

The URL is the path with query and form parameters merged, sorted and decoded. sdk: the official
Node, Python and Java signers agree; their vectors are in the tests.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import parse_qsl

from mockocr.core.http import Request

ALGORITHMS = {"HmacSHA256": hashlib.sha256, "HmacSHA1": hashlib.sha1}
ECHO_BYTES = 4096
"""guess: how much of its string the server shows; clients stop reading headers at 16 KB."""
_FIXED = ("Accept", "Content-MD5", "Content-Type", "Date")
_NEVER = {"x-ca-signature", "x-ca-signature-headers", *(name.lower() for name in _FIXED)}


def string_to_sign(request: Request, path: str | None = None, block: str | None = None) -> str:
    """The canonical text of a call, LF between its lines and none at the end.

    `path` stands in for the path of the call's target (without a query), `block` for the signed
    headers. Text that is not UTF-8 on the wire holds surrogate escapes.
    """
    lines = [request.method.upper(), *(_value(request, name) for name in _FIXED)]
    signed = signed_headers(request) if block is None else block
    return "\n".join(lines) + "\n" + signed + _url(request, path)


def signed_headers(request: Request) -> str:
    """`name:value` lines in the order and spelling of X-Ca-Signature-Headers; empty without it."""
    names = (name.strip() for name in request.header("x-ca-signature-headers").split(","))
    return "".join(
        f"{name}:{_value(request, name)}\n" for name in names if name and name.lower() not in _NEVER
    )


def readings(request: Request) -> list[str]:
    """Every string to sign that a right client may have signed, the likeliest first.

    A path prefix may be the client's or a proxy's. Without a list of signed headers the Java SDK
    signs none, while the console's README says that X-Ca-Key takes part.
    """
    path = request.target.partition("?")[0]
    blocks = [signed_headers(request)]
    if not request.header("x-ca-signature-headers").strip():
        blocks.append(f"X-Ca-Key:{_value(request, 'x-ca-key')}\n")
    paths = [path, request.prefix + path] if request.prefix else [path]
    return [string_to_sign(request, p, block) for p in paths for block in blocks]


def signature(text: str, secret: str, method: str = "HmacSHA256") -> str:
    """base64 of the HMAC; KeyError for an unknown method."""
    key = secret.encode("utf-8", "replace")
    digest = hmac.new(key, text.encode("utf-8", "surrogateescape"), ALGORITHMS[method]).digest()
    return base64.b64encode(digest).decode()


def content_md5(body: bytes) -> str:
    """What Content-MD5 must hold for a body that is no form."""
    return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()


def has_wrong_digest(request: Request) -> bool:
    """Whether Content-MD5 came for a body that is no form, and is not the body's."""
    sent = request.header("content-md5")
    return bool(sent) and not is_form(request) and sent.strip() != content_md5(request.body)


def echo(text: str) -> str:
    """The string as the gateway shows it: `#` for every LF, cut at 4 KB."""
    raw = text.replace("\n", "#").encode("utf-8", "surrogateescape")
    return raw[:ECHO_BYTES].decode("utf-8", "ignore" if len(raw) > ECHO_BYTES else "replace")


def _value(request: Request, name: str) -> str:
    """A header's value as the text that its bytes are in UTF-8."""
    return request.header(name).encode("latin-1", "replace").decode("utf-8", "surrogateescape")


def is_form(request: Request) -> bool:
    """Whether the body's parameters are signed with those of the query."""
    return request.content_type.startswith("application/x-www-form-urlencoded")


def _url(request: Request, path: str | None) -> str:
    """The first value of a name counts, the query's before the form's; an empty one is bare."""
    where = request.target.partition("?")[0] if path is None else path
    pairs = parse_qsl(request.query, keep_blank_values=True, errors="surrogateescape")
    if is_form(request):
        text = request.body.decode("utf-8", "surrogateescape")
        pairs += parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    if not values:
        return where
    merged = (f"{name}={values[name]}" if values[name] else name for name in sorted(values))
    return where + "?" + "&".join(merged)
