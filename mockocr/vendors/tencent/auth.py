"""Tencent's older signature: base64 of HMAC-SHA1 over a line of text, followed by that line.

Source: 智能图像服务, 鉴权签名. The official SDKs put the keys in different orders, which is why the
bytes are signed as they came and never rebuilt.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import quote

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Headers, Request
from mockocr.signing import diagnosis
from mockocr.vendors.tencent.errors import OTHER_APPID, UNKNOWN_APPID, UNKNOWN_SECRET_ID

EXAMPLE: Mapping[str, str] = {
    "appid": "1251000000",
    "bucket": "test",
    "secret_id": "AKIDMOCKOCR0000000000000000000000000",
    "secret_key": "mockocrSecretKey0000000000000000",
}
"""The credentials of the account `dev`."""

LIFETIME = timedelta(days=30)
"""The vendor's example lives 30 days; its SDKs choose between 30 s and 300 s."""

SINGLE_USE_MEMORY = timedelta(days=90)
"""How long a used single-use signature is remembered: the farthest end that the page allows."""

_MAC = 20
_NEEDED = ("a", "k", "e", "t")
_SECONDS = re.compile(r"-?\d{1,18}(\.\d*)?", re.ASCII)
_EXAMPLE_APPID = re.compile(
    # As a JSON value, or as the whole of a multipart part with any further headers.
    rb'("appid"\s*:\s*"|name="appid"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)'
    + EXAMPLE["appid"].encode()
    + rb'(?="|\r\n)'
)


@dataclass(frozen=True, slots=True)
class Sign:
    """An Authorization value taken apart.

    `fields`: a appid, b bucket, k SecretId, e end and t start in seconds, r random, u user, f file.
    `plain` is the text as it was signed, `mac` the 20 bytes before it.
    """

    mac: bytes
    plain: bytes
    fields: Mapping[str, str]

    @property
    def end(self) -> float:
        """Seconds since 1970; 0 marks a signature for a single use."""
        return float(self.fields["e"])


def plain_text(fields: Mapping[str, str]) -> str:
    """The text that is signed: `k=v` joined with `&`, in the order given, nothing escaped."""
    return "&".join(f"{name}={value}" for name, value in fields.items())


def signature(secret_key: str, plain: bytes) -> bytes:
    """HMAC-SHA1, 20 raw bytes."""
    return hmac.digest(secret_key.encode(), plain, "sha1")


def authorization(secret_key: str, plain: str) -> str:
    """The header's value; it carries no scheme word."""
    raw = plain.encode()
    return base64.b64encode(signature(secret_key, raw) + raw).decode()


def read(request: Request) -> Sign:
    """The call's signature; `ApiError(NO_CREDENTIALS | BAD_CREDENTIALS)` when there is none to
    check.
    """
    text = request.header("authorization").strip()
    if not text:
        raise ApiError(ErrorKind.NO_CREDENTIALS, "the Authorization header is missing or empty")
    # asked several times in one call, and clients send one signature for a month
    return _told(text) if len(text) <= 1024 else _read(text)


def _read(text: str) -> Sign:
    try:
        # Clients have been seen that lose the padding on the way.
        bare = text.rstrip("=")
        raw = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except ValueError:
        raise _malformed(
            "Authorization is not base64 (standard alphabet, no scheme word)"
        ) from None
    mac, plain = raw[:_MAC], raw[_MAC:]
    if not plain:
        raise _malformed(f"Authorization holds {len(raw)} bytes, 20 of HMAC and the text expected")
    pairs = (part.partition("=") for part in plain.decode("utf-8", "replace").split("&"))
    fields = {name: value for name, equals, value in pairs if equals}
    missing = [name for name in _NEEDED if not fields.get(name)]
    if missing:
        raise _malformed(f"the signed text has no {', '.join(missing)}{_guess_length(raw)}")
    for name in ("e", "t"):
        if not _SECONDS.fullmatch(fields[name]):
            raise _malformed(f"{name}={fields[name]!r} in the signed text is not a time in seconds")
    return Sign(mac, plain, fields)


_told = lru_cache(256)(_read)


def claim(request: Request) -> tuple[str, str] | None:
    """The SecretId that the signature names, unchecked."""
    try:
        return "secret_id", read(request).fields["k"]
    except ApiError:
        return None


async def verify(request: Request, context: Context) -> Account:
    """The account that signed: form, SecretId, appid, HMAC, end, single use, in that order."""
    sign = read(request)
    principal = await _holder(sign, context)
    _check_mac(sign, principal)
    await _check_end(request, sign, context)
    return principal.admit(request.at)


def sign(request: Request, key: Credential) -> Request:
    """The call as the Node SDK sends it, which signs no bucket; the key's own appid stands in the
    body where that names the example account.
    """
    now = int(request.at.timestamp())
    plain = plain_text(
        {
            "a": key.values["appid"],
            "k": key.values["secret_id"],
            "e": str(now + int(LIFETIME.total_seconds())),
            "t": str(now),
            "r": str(request.random().randrange(10**9)),
            "u": "0",
            "f": "",
        }
    )
    body = _EXAMPLE_APPID.sub(rb"\g<1>" + key.values["appid"].encode(), request.body)
    headers = _without(request.headers, "authorization")
    if body != request.body and request.has_header("content-length"):
        headers = (*_without(headers, "content-length"), ("Content-Length", str(len(body))))
    value = authorization(key.values["secret_key"], plain)
    return request.replaced(headers=(*headers, ("Authorization", value)), body=body, size=len(body))


def mint(text: str) -> Mapping[str, str]:
    """Credentials in the vendor's form: ten digits, `AKID` and 32 characters, 32 characters."""
    return {
        "appid": f"13{int(text, 16) % 10**8:08d}",
        "bucket": "test",
        "secret_id": f"AKID{text[:32]}",
        "secret_key": hashlib.sha256(text.encode()).hexdigest()[:32],
    }


async def _holder(sign: Sign, context: Context) -> Principal:
    appid, secret_id = sign.fields["a"], sign.fields["k"]
    evidence = Evidence(received=_readable(sign.plain))
    principal = await context.accounts.find("tencent", "secret_id", secret_id)
    if principal is None:
        detail = f"no account has the SecretId k={secret_id!r}"
        raise ApiError(UNKNOWN_SECRET_ID, detail, evidence)
    own = principal.credential.values["appid"]
    if appid != own:
        known = await context.accounts.find("tencent", "appid", appid)
        row, what = (
            (OTHER_APPID, "is another account's") if known else (UNKNOWN_APPID, "is unknown")
        )
        detail = f"the signed appid a={appid!r} {what}; that SecretId belongs to appid {own}"
        raise ApiError(row, detail, evidence)
    return principal


def _check_mac(sign: Sign, principal: Principal) -> None:
    secret = principal.credential.values["secret_key"]
    wanted = signature(secret, sign.plain)
    if hmac.compare_digest(sign.mac, wanted):
        return
    text = _readable(sign.plain)
    secrets = diagnosis.secrets_like(principal, "secret_key", "secret_id", EXAMPLE["secret_key"])
    found = diagnosis.likely(sign.mac.hex(), _mac, text, secret, secrets, _slips(sign))
    cause = found.cause if found else "wrong SecretKey, or the text was changed after it was signed"
    raise ApiError(
        ErrorKind.BAD_SIGNATURE,
        f"the signature does not match: {cause}; HMAC-SHA1 over {text!r}",
        Evidence(text, found.text if found else text, sign.mac.hex(), wanted.hex()),
    )


def _mac(secret: str, text: str) -> bytes:
    return signature(secret, text.encode())


def _slips(sign: Sign) -> Iterator[diagnosis.Slip]:
    """The texts that clients sign by mistake and then send another one."""
    text = _readable(sign.plain)
    sent = dict(sign.fields)
    another = "the text was signed in another order of its fields than it was sent in"
    for order in (sorted(sent), "abketruf", "aketruf", "abkterf", "akterf"):
        fields = {name: sent[name] for name in order if name in sent}
        yield diagnosis.Slip(plain_text(fields), another)
    filled = {name: value for name, value in sent.items() if value}
    yield diagnosis.Slip(plain_text(filled), "the text was signed without its empty fields")
    yield diagnosis.Slip(text + "\n", "the text was signed with a line end behind it")
    yield diagnosis.Slip(quote(text, safe=""), "the text was signed percent-encoded and sent plain")
    yield diagnosis.Slip(
        "&".join(f"{name}={quote(value, safe='')}" for name, value in sent.items()),
        "the values were signed percent-encoded and sent plain",
    )
    yield diagnosis.Slip(
        base64.b64encode(sign.plain).decode(), "the base64 of the text was signed, not the text"
    )


async def _check_end(request: Request, sign: Sign, context: Context) -> None:
    now = request.at.timestamp()
    evidence = Evidence(received=_readable(sign.plain))
    if sign.end != 0:
        if sign.end < now:
            late = now - sign.end
            detail = f"the signature ended {late:.0f} s ago (e={sign.fields['e']}, now {now:.0f})"
            raise ApiError(ErrorKind.EXPIRED, detail, evidence)
        return
    if request.choices.get("single_use", "expired") == "expired":
        detail = "e=0 marks a signature for a single use, which OCR does not take"
        raise ApiError(ErrorKind.EXPIRED, detail, evidence)
    if not await context.once(f"tencent:{sign.mac.hex()}", request.at + SINGLE_USE_MEMORY):
        raise ApiError(
            ErrorKind.REPLAYED, "this signature for a single use (e=0) came again", evidence
        )


def _malformed(detail: str) -> ApiError:
    return ApiError(ErrorKind.BAD_CREDENTIALS, detail)


def _guess_length(raw: bytes) -> str:
    """What a text that begins in the wrong place tells of the digest before it."""
    if re.match(rb"[0-9a-fA-F]{40}", raw):
        return "; the HMAC is 40 hex digits, and 20 raw bytes are expected"
    if re.match(rb"[abk]=", raw[32:]):
        return "; the HMAC is 32 bytes long (SHA-256?), and SHA-1's 20 are expected"
    if re.match(rb"[abk]=", raw):
        return "; the text stands first, and the HMAC is expected before it"
    return ""


def _readable(plain: bytes) -> str:
    return plain.decode("utf-8", "replace")


def _without(headers: Headers, name: str) -> Headers:
    return tuple(pair for pair in headers if pair[0].lower() != name)
