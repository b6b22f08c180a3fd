"""Who calls `ocr-api`: ACS3 in the Authorization header, or an RPC signature among the parameters.

The order of the checks (guess): version, credential, time, AccessKey, token, signature, nonce,
state of the account.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlencode

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind, Evidence
from mockocr.core.http import Request
from mockocr.signing.clock_window import clock_error
from mockocr.signing.verification import Candidate, require_signature
from mockocr.vendors.aliyun.credentials import masked
from mockocr.vendors.aliyun.ocr_api import acs3, errors, rpc
from mockocr.vendors.aliyun.ocr_api.options import SECURITY_TOKEN
from mockocr.vendors.aliyun.ocr_api.parameters import (
    FORM,
    VERSION,
    access_key_id,
    fields_of,
    is_acs3,
    pairs_of,
    version,
)
from mockocr.vendors.aliyun.ocr_api.signing_mistakes import (
    find_acs3_mistake,
    find_rpc_mistake,
    shown_text,
)

WINDOW = timedelta(minutes=15)
"""doc: how far the time may be from the server's clock, and for how long a nonce is remembered."""

_TIME = "%Y-%m-%dT%H:%M:%SZ"


def claimed(request: Request) -> tuple[str, str] | None:
    """The AccessKeyId that the request names, unverified."""
    authorization = request.cached(acs3.parse_authorization)
    id = authorization.access_key_id if authorization else access_key_id(request)
    return ("access_key_id", id) if id else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal that signed."""
    check_version(request)
    if request.header("authorization").strip():
        return await _verify_acs3(request, context)
    return await _verify_rpc(request, context)


def check_version(request: Request) -> None:
    """`ApiError` for a request to another version of the API, or to none."""
    sent = version(request)
    if not sent:
        raise ApiError(errors.MISSING_VERSION, "the request has no version")
    if sent != VERSION:
        raise ApiError(errors.BAD_VERSION, f"the version is {sent[:40]!r}, not {VERSION}")


def sign(request: Request, credential: Credential) -> Request:
    """The request as the official SDKs sign it: with RPC if the parameters name the action and no
    header does, else with ACS3.
    """
    if not request.has_header("x-acs-action") and any(k == "Action" for k, _ in pairs_of(request)):
        return _sign_rpc(request, credential)
    return _sign_acs3(request, credential)


async def _verify_acs3(request: Request, context: Context) -> Principal:
    authorization = request.cached(acs3.parse_authorization)
    if authorization is None:
        form = f"{acs3.ALGORITHM} Credential=<id>,SignedHeaders=<a;b>,Signature=<64 hex>"
        if not is_acs3(request):
            detail = f"Authorization does not begin with {acs3.ALGORITHM}"
            raise ApiError(ErrorKind.NO_CREDENTIALS, detail)
        raise ApiError(ErrorKind.BAD_CREDENTIALS, f"Authorization is not of the form {form}")
    absent = [name for name in acs3.REQUIRED_HEADERS if name not in authorization.headers]
    if absent:
        raise ApiError(ErrorKind.BAD_CREDENTIALS, f"SignedHeaders lacks {', '.join(absent)}")
    nonce = _required_nonce(request.header("x-acs-signature-nonce"))
    sent = _checked_time(request, "x-acs-date", request.header("x-acs-date").strip())
    principal = await _find_principal(authorization.access_key_id, context)
    _check_token(request, request.header("x-acs-security-token").strip())
    secret = principal.values["access_key_secret"]
    _check_body(request)

    def candidate(canonical: str) -> Candidate:
        text = acs3.string_to_sign(canonical)
        return Candidate(shown_text(canonical), acs3.signature(secret, text))

    canonicals = tuple(acs3.canonical_candidates(request, authorization))
    require_signature(
        authorization.signature,
        map(candidate, canonicals),
        partial(find_acs3_mistake, request, authorization, principal),
        "wrong AccessKey secret, or method, query or a signed header changed after signing",
        string=acs3.string_to_sign(canonicals[0]),
    )
    await _claim_nonce(context, authorization.access_key_id, nonce, sent)
    return _require_usable(principal, request.at)


async def _verify_rpc(request: Request, context: Context) -> Principal:
    fields = request.cached(fields_of)
    id = fields.get("AccessKeyId", "").strip()
    if not id:
        detail = "the request has neither an Authorization header nor an AccessKeyId"
        raise ApiError(ErrorKind.NO_CREDENTIALS, detail)
    method, number = fields.get("SignatureMethod", rpc.METHOD), fields.get("SignatureVersion")
    if method != rpc.METHOD:
        detail = f"SignatureMethod is {method[:40]!r}, not {rpc.METHOD}"
        raise ApiError(ErrorKind.BAD_CREDENTIALS, detail)
    if number not in (None, rpc.VERSION):
        detail = f"SignatureVersion is {number[:40]!r}, not {rpc.VERSION}"
        raise ApiError(errors.BAD_SIGNATURE_VERSION, detail)
    received = fields.get("Signature", "")
    if not received:
        raise ApiError(errors.MISSING_SIGNATURE, "the parameters have no Signature")
    nonce = _required_nonce(fields.get("SignatureNonce", ""))
    sent = _checked_time(request, "Timestamp", fields.get("Timestamp", "").strip())
    principal = await _find_principal(id, context)
    _check_token(request, fields.get("SecurityToken", "").strip())
    pairs = pairs_of(request)
    text = rpc.string_to_sign(request.method, pairs)
    require_signature(
        received,
        (Candidate(text, rpc.signature(principal.values["access_key_secret"], text)),),
        partial(find_rpc_mistake, request, pairs, received, principal),
        "wrong AccessKey secret, or a parameter changed after signing",
        string=text,
    )
    await _claim_nonce(context, id, nonce, sent)
    return _require_usable(principal, request.at)


def _checked_time(request: Request, name: str, text: str) -> datetime:
    if not text:
        raise ApiError(errors.MISSING_TIMESTAMP, f"the request has no {name}")
    try:
        sent = datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:
        detail = f"{name} is {text[:40]!r}, not of the form 2026-01-02T03:04:05Z"
        raise ApiError(errors.BAD_TIMESTAMP, detail) from None
    detail = clock_error(name, sent.timestamp(), request.at.timestamp(), WINDOW)
    if detail:
        raise ApiError(ErrorKind.EXPIRED, detail)
    return sent


async def _find_principal(id: str, context: Context) -> Principal:
    principal = await context.find_credential("access_key_id", id)
    if principal is None:
        raise ApiError(ErrorKind.UNKNOWN_ACCOUNT, f"unknown AccessKeyId {masked(id)}")
    return principal


def _check_token(request: Request, sent: str) -> None:
    """Compare the security token with the expected one, if the option names one."""
    wanted = request.options[SECURITY_TOKEN.name]
    if wanted and sent != wanted:
        found = "another" if sent else "no"
        detail = f"the request has {found} security token; the option demands a certain one"
        raise ApiError(errors.BAD_TOKEN, detail)


def _check_body(request: Request) -> None:
    """The hash that is signed must be that of the body."""
    said, made = request.header(acs3.HASH).strip(), request.body_sha256()
    if said.lower() != made:
        detail = f"{acs3.HASH} is {said[:80]!r}; the body of {len(request.body)} bytes has {made}"
        evidence = Evidence(expected=made, received=said)
        raise ApiError(ErrorKind.BAD_SIGNATURE, detail, evidence, string=f"{acs3.ALGORITHM}\n")


def _required_nonce(text: str) -> str:
    if not text.strip():
        raise ApiError(errors.MISSING_NONCE, "the request has no signature nonce")
    return text.strip()


async def _claim_nonce(context: Context, id: str, nonce: str, sent: datetime) -> None:
    if not await context.claim_nonce(f"aliyun/{id}/{nonce}", sent + 2 * WINDOW):
        raise ApiError(ErrorKind.REPLAYED, f"the nonce {nonce[:60]!r} was used before")


def _require_usable(principal: Principal, at: datetime) -> Principal:
    credential = principal.credential
    if credential.state == "disabled":
        raise ApiError(errors.KEY_DISABLED, credential.describe_state(at))
    if credential.state == "unsubscribed":
        raise ApiError(errors.NOT_OPEN, credential.describe_state(at))
    return principal.require_active(at)


def _sign_acs3(request: Request, credential: Credential) -> Request:
    """sdk: the headers that the official client for Node signs."""
    names = ("x-acs-date", "x-acs-signature-nonce", acs3.HASH, "authorization")
    request = request.without_headers(*names).with_headers(
        ("x-acs-date", request.at.strftime(_TIME)),
        ("x-acs-signature-nonce", request.id),
        (acs3.HASH, request.body_sha256()),
    )
    own = (name.lower() for name, _ in request.headers if name.lower().startswith("x-acs-"))
    typed = ("content-type",) if request.has_header("content-type") else ()
    signed = sorted({*own, *typed, "host"})
    canonical = acs3.canonical_request(
        request.method,
        "/",
        acs3.canonical_query(request.query_fields()),
        acs3.signed_headers(request, signed),
        request.body_sha256(),
    )
    secret = credential.values["access_key_secret"]
    value = (
        f"{acs3.ALGORITHM} Credential={credential.values['access_key_id']},"
        f"SignedHeaders={';'.join(signed)},"
        f"Signature={acs3.signature(secret, acs3.string_to_sign(canonical))}"
    )
    return request.with_headers(("Authorization", value))


def _sign_rpc(request: Request, credential: Credential) -> Request:
    added = {
        "AccessKeyId": credential.values["access_key_id"],
        "SignatureMethod": rpc.METHOD,
        "SignatureVersion": rpc.VERSION,
        "SignatureNonce": request.id,
        "Timestamp": request.at.strftime(_TIME),
    }
    kept = [pair for pair in request.query_fields() if pair[0] not in {*added, "Signature"}]
    pairs = (*kept, *added.items())
    form = request.form_fields() if request.content_type == FORM else ()
    text = rpc.string_to_sign(request.method, (*pairs, *form))
    made = rpc.signature(credential.values["access_key_secret"], text)
    return request.with_query(urlencode([*pairs, ("Signature", made)]))
