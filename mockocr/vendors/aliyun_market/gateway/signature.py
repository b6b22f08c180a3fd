"""The gateway's AppKey/AppSecret signature: the string to sign, and what makes it match.

    METHOD, Accept, Content-MD5, Content-Type, Date (each with LF), the signed headers, the URL

The URL is the path with query and form parameters merged, sorted and decoded. sdk: the official
Node, Python and Java signers agree; their vectors are in the tests.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from typing import NamedTuple

from mockocr.core.http import Request
from mockocr.signing.candidates import candidate_targets

ALGORITHMS = {"HmacSHA256": hashlib.sha256, "HmacSHA1": hashlib.sha1}
ECHO_BYTES = 4096
"""guess: how much of its string the server shows; clients stop reading headers at 16 KB."""
_FIXED = ("Accept", "Content-MD5", "Content-Type", "Date")
_NEVER_SIGNED = {"x-ca-signature", "x-ca-signature-headers", *(name.lower() for name in _FIXED)}


class StringToSign(NamedTuple):
    """The parts of the string to sign, in order.

    Text that is not UTF-8 on the wire holds surrogate escapes in the headers. `signed_headers` is
    the block of `name:value` lines, each with its LF; `url` is `path` with `parameters`.
    """

    method: str
    accept: str
    content_md5: str
    content_type: str
    date: str
    signed_headers: str
    path: str
    parameters: str

    @property
    def text(self) -> str:
        """The canonical text, LF between its lines and none at the end."""
        lines = "\n".join(self[:5]) + "\n"
        url = f"{self.path}?{self.parameters}" if self.parameters else self.path
        return lines + self.signed_headers + url


def signed_parts(request: Request) -> StringToSign:
    """The parts of the string that a correct client signs."""
    return request.cached(_signed_parts)


def string_to_sign(request: Request) -> str:
    """The string that a correct client signs."""
    return signed_parts(request).text


def candidate_strings(request: Request) -> Iterator[StringToSign]:
    """Every string that a correct client may have signed, the likeliest first.

    A path prefix may be the client's or a proxy's. Without a list of signed headers the Java SDK
    signs none, while the console's README says that X-Ca-Key takes part.
    """
    parts = signed_parts(request)
    blocks = [parts.signed_headers]
    if not request.header("x-ca-signature-headers").strip():
        blocks.append(f"X-Ca-Key:{_header(request, 'x-ca-key')}\n")
    for target in candidate_targets(request):
        path = target.partition("?")[0]
        for block in blocks:
            yield parts._replace(path=path, signed_headers=block)


def signature(text: str, secret: str, method: str = "HmacSHA256") -> str:
    """base64 of the HMAC; KeyError for an unknown method."""
    return base64.b64encode(digest(text, secret, method)).decode()


def digest(text: str, secret: str, method: str) -> bytes:
    """The HMAC; KeyError for an unknown method."""
    key = secret.encode("utf-8", "replace")
    return hmac.digest(key, text.encode("utf-8", "surrogateescape"), ALGORITHMS[method])


def content_md5(body: bytes) -> str:
    """What Content-MD5 must hold for a body that is not a form."""
    return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()


def has_wrong_digest(request: Request) -> bool:
    """True if Content-MD5 came with a body that is not a form, and does not match the body."""
    sent = request.header("content-md5")
    return bool(sent) and not is_form(request) and sent.strip() != content_md5(request.body)


def is_form(request: Request) -> bool:
    """True if the body's parameters are signed with those of the query."""
    return request.content_type.startswith("application/x-www-form-urlencoded")


def echo(text: str) -> str:
    """The string as the gateway shows it: `#` for every LF, cut at 4 KB."""
    return readable(text[: ECHO_BYTES + 1].replace("\n", "#"))


def readable(text: str) -> str:
    """The string without surrogate escapes, cut at 4 KB: it may hold a whole picture."""
    raw = text[: ECHO_BYTES + 1].encode("utf-8", "surrogateescape")
    return raw[:ECHO_BYTES].decode("utf-8", "ignore" if len(raw) > ECHO_BYTES else "replace")


def _signed_parts(request: Request) -> StringToSign:
    accept, content_md5, content_type, date = (_header(request, name) for name in _FIXED)
    return StringToSign(
        method=request.method.upper(),
        accept=accept,
        content_md5=content_md5,
        content_type=content_type,
        date=date,
        signed_headers=_signed_headers(request),
        path=(request.target or request.path).partition("?")[0],
        parameters=_parameters(request),
    )


def _signed_headers(request: Request) -> str:
    """The lines in the order and spelling of X-Ca-Signature-Headers; empty without it."""
    names = (name.strip() for name in request.header("x-ca-signature-headers").split(","))
    return "".join(
        f"{name}:{_header(request, name)}\n"
        for name in names
        if name and name.lower() not in _NEVER_SIGNED
    )


def _parameters(request: Request) -> str:
    """The first value of a name counts, the query's before the form's; an empty one is bare."""
    pairs = request.query_fields()
    if is_form(request):
        pairs += request.form_fields()
    values: dict[str, str] = {}
    for name, value in pairs:
        values.setdefault(name, value)
    return "&".join(f"{name}={values[name]}" if values[name] else name for name in sorted(values))


def _header(request: Request, name: str) -> str:
    """A header's value as the text that its bytes are in UTF-8."""
    return request.header(name).encode("latin-1", "replace").decode("utf-8", "surrogateescape")
