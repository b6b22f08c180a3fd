"""What clients of the gateway and of the platform sign by mistake, for the journal's explanation of
a wrong signature.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from itertools import permutations

from mockocr.core.account import Principal
from mockocr.core.http import Request
from mockocr.signing.diagnosis import likely, secrets_like
from mockocr.vendors.aliyun_market.signature import (
    ALGORITHMS,
    is_form,
    signature,
    signed_headers,
    string_to_sign,
)


def of(
    request: Request, principal: Principal, method: str, sent: str, shown: str, example: str
) -> Slip | None:
    """The slip behind X-Ca-Signature; `shown` is the string that should have been signed."""
    secret = principal.credential.values.get("appsecret", "")

    def made(key: str, text: str) -> bytes:
        return base64.b64decode(signature(text, key, method))

    secrets = list(secrets_like(principal, "appsecret", "appkey", example))
    found = likely(sent, made, shown, secret, secrets, _strings(request, shown))
    if found is not None:
        return found
    for other in (name for name in ALGORITHMS if name != method):
        if hmac.compare_digest(signature(shown, secret, other).encode(), sent.encode()):
            return Slip(shown, f"the signature is {other}, and X-Ca-Signature-Method says {method}")
    return None


def _strings(request: Request, right: str) -> Iterator[Slip]:
    path, _, query = request.target.partition("?")
    for name, cause in (
        ("accept", "the client signed no Accept, and its HTTP library sent one"),
        ("content-type", "the client signed no Content-Type, and its HTTP library sent one"),
        ("content-md5", "the client signed no Content-MD5, and sent one"),
        ("date", "the client signed no Date, and its HTTP library sent one"),
    ):
        if request.has_header(name):
            kept = tuple(pair for pair in request.headers if pair[0].lower() != name)
            yield Slip(string_to_sign(request.replaced(headers=kept)), cause)
    for accept in ("application/json", "*/*", "application/json; charset=utf-8"):
        kept = tuple(pair for pair in request.headers if pair[0].lower() != "accept")
        changed = request.replaced(headers=(*kept, ("Accept", accept)))
        yield Slip(string_to_sign(changed), f"the client signed Accept: {accept}, and sent another")
    if query:
        bare = request.replaced(query="", body=b"")
        encoded = "the client signed the query encoded; it must be sorted and decoded"
        yield Slip(string_to_sign(bare, f"{path}?{query}"), encoded)
        yield Slip(string_to_sign(bare, path), "the client signed the path without its query")
    if is_form(request) and request.body:
        without = string_to_sign(request.replaced(body=b""))
        yield Slip(without, "the client signed the URL without the form's parameters")
    block = signed_headers(request)
    lines = block.splitlines(keepends=True)
    another = "the signed headers are in another order than X-Ca-Signature-Headers names them"
    for ordered in (sorted(lines), sorted(lines, key=str.lower), lines[::-1]):
        yield Slip(string_to_sign(request, block="".join(ordered)), another)
    lowered = [name.lower() + ":" + value for name, _, value in (x.partition(":") for x in lines)]
    for written in (lowered, sorted(lowered)):
        yield Slip(
            string_to_sign(request, block="".join(written)),
            "the names of the signed headers are spelt otherwise than in X-Ca-Signature-Headers",
        )
    yield Slip(string_to_sign(request, block=""), "the client left the signed headers out")
    other = "GET" if request.method.upper() == "POST" else "POST"
    yield Slip(
        string_to_sign(request.replaced(method=other)), f"the request was signed as a {other}"
    )
    yield Slip(right + "\n", "the string was signed with a line end behind it")
    yield Slip(right.replace("\n", "#"), "the string was signed with # in place of its line ends")


def of_platform(sign: str, appid: str, sendtime: str, secret: str) -> str:
    """What is wrong about the platform's sign, empty when nothing is known to be."""
    parts = {"appid": appid, "sendtime": sendtime, "secret": secret}
    for count in (3, 2):
        for names in permutations(parts, count):
            for joint in ("", "&", ",", "|"):
                if _is(sign, joint.join(parts[name] for name in names)):
                    return f"the client signed {(joint or ', ').join(names)}"
            if _is(sign, "&".join(f"{name}={parts[name]}" for name in names)):
                return f"the client signed {'&'.join(f'{name}=…' for name in names)}"
    return ""


def _is(sign: str, text: str) -> bool:
    made = hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
    return hmac.compare_digest(made.encode(), sign.lower().encode("utf-8", "replace"))
