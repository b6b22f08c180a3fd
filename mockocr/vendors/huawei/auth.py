"""Who calls: a token in X-Auth-Token, or a signature with AK and SK; and whose project it is for.

A request with both is judged by its signature alone (guess: the gateway's complaint about a request
with neither names the token, so the token seems to be what it looks for last).
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from mockocr.core.account import Account, Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, Evidence
from mockocr.core.http import Request
from mockocr.signing import diagnosis
from mockocr.vendors.huawei import errors, gateway, signature, slips, token

NAME = "huawei"
EXAMPLE: Mapping[str, str] = {
    "domain": "mockocr",
    "user": "dev",
    "password": "mockocr-dev",
    "project_name": "cn-north-4",
    "project_id": "0123456789abcdef0123456789abcdef",
    "ak": "EXAMPLEAK00000000001",
    "sk": "exampleSK0000000000000000000000000000001",
    "token": "MII-mockocr-dev-token",
}
"""The credentials of the account `dev`."""
TOKEN_PATH = "/v3/auth/tokens"
PROJECTS_PATH = "/v3/projects"
WINDOW = timedelta(minutes=15)
"""doc: API request signing guide, at most 15 minutes between X-Sdk-Date and the gateway's clock."""

_PROJECT = re.compile(r"(/v2/)[^/?]+(/ocr/)")
_OCR_HOST = re.compile(r"ocr\.([a-z0-9-]+)\.myhuaweicloud\.com(?::\d+)?", re.IGNORECASE)


def claim(request: Request) -> tuple[str, str] | None:
    """The access key, the token's user, the ready-made token, or the user who asks for a token."""
    if request.path == TOKEN_PATH:
        user = _asking(request)
        return ("user", user) if user else None
    if signature.is_signed(request):
        header = signature.authorization(request)
        return ("ak", header.access) if header else None
    text = request.header("x-auth-token").strip()
    if not text:
        return None
    found = token.opened(text)
    return ("user", found[0].user) if found else ("token", text)


def _asking(request: Request) -> str:
    try:
        value = request.json()["auth"]["identity"]["password"]["user"]["name"]
    except (ApiError, KeyError, TypeError):
        return ""
    return value if isinstance(value, str) else ""


async def verify(request: Request, context: Context) -> Account:
    """The account behind the signature or the token; `ApiError` with the gateway's 401 rows."""
    principal = await (
        _signer(request, context) if signature.is_signed(request) else _bearer(request, context)
    )
    if principal.credential.state == "unsubscribed" and "/ocr/" in request.path:
        detail = f"account {principal.account.name} has not subscribed to the API"
        raise ApiError(errors.NOT_SUBSCRIBED, detail, api=request.path.rpartition("/")[2])
    return principal.admit(request.at)


async def require_project(request: Request, context: Context) -> None:
    """Refuse a credential without project, or (`project=checked`) for another one than the path's.

    The older paths name no project. Nothing is known of a caller that lenient checks let in, so
    nothing is asked of it.
    """
    if signature.is_signed(request):
        principal = await claimed(request, context)
        scope = request.header("x-project-id").strip()
    else:
        text = request.header("x-auth-token").strip()
        principal = await claimed(request, context)
        found = token.opened(text)
        scope = found[0].project_id if found else ""
        if found and not scope:
            raise ApiError(errors.NO_PROJECT, "the token has domain scope; OCR needs a project's")
    if principal is None or request.choices.get("project", "checked") == "any":
        return
    owned = principal.credential.values["project_id"]
    named = request.params.get("project_id", "")
    for place, project in (("X-Project-Id or token", scope), ("path", named)):
        if project and project != owned:
            detail = f"the {place} names project {project}, and the caller's is {owned}"
            raise ApiError(errors.OTHER_PROJECT, detail)


async def claimed(request: Request, context: Context) -> Principal | None:
    """Whom the caller says it is, unchecked; None for somebody unknown."""
    found = claim(request)
    return await context.accounts.find(NAME, *found) if found else None


async def _bearer(request: Request, context: Context) -> Principal:
    principal = await _token_holder(request, context)
    region = _OCR_HOST.fullmatch(request.host)
    home = principal.credential.values["project_name"].partition("_")[0]
    checked = request.choices.get("project", "checked") == "checked"
    if checked and region and region[1].lower() != home:
        detail = f"the token is for region {home}, and the host is that of {region[1].lower()}"
        raise ApiError(gateway.TOKEN_STALE, detail)
    return principal


async def _token_holder(request: Request, context: Context) -> Principal:
    text = request.header("x-auth-token").strip()
    if not text:
        raise ApiError(gateway.NO_TOKEN, "neither X-Auth-Token nor a signed Authorization came")
    ready = await context.accounts.find(NAME, "token", text)
    if ready is not None:
        return ready
    found = token.opened(text)
    if found is None:
        detail = f"the token of {len(text)} characters is cut off, altered or not one of ours"
        raise ApiError(gateway.UNREADABLE_TOKEN, detail)
    content, seal = found
    principal = await context.accounts.find(NAME, "user", content.user)
    if principal is None or principal.credential.values["domain"] != content.domain:
        detail = f"the token is for user {content.user} of domain {content.domain}, unknown here"
        raise ApiError(gateway.FOREIGN_TOKEN, detail)
    if not token.is_sealed_with(principal.credential.values["password"], content, seal):
        detail = f"the password of user {content.user} has changed since the token was made"
        raise ApiError(gateway.TOKEN_STALE, detail)
    if content.expired(request.at):
        over = (request.at - token.moment(content.expires)).total_seconds()
        detail = f"the token ended {over:.0f} s ago; tokens live 24 hours"
        raise ApiError(gateway.TOKEN_EXPIRED, detail, expires_at=content.expires)
    return principal


async def _signer(request: Request, context: Context) -> Principal:
    header = signature.authorization(request)
    if header is None:
        detail = "the Authorization header lacks Access or SignedHeaders"
        raise _unreadable(request, detail)
    at = signature.signed_at(request)
    if at is None:
        raise _unreadable(
            request, f"X-Sdk-Date {request.header(signature.DATE)!r} is not like 20260102T030405Z"
        )
    if signature.DATE.lower() not in {name.lower() for name in header.headers}:
        raise _unreadable(request, "x-sdk-date is not among the signed headers")
    principal = await context.accounts.find(NAME, "ak", header.access)
    if principal is None:
        detail = f"no account has the access key {header.access}"
        raise ApiError(gateway.UNKNOWN_AK, detail, ak=header.access)
    if abs(request.at - at) > WINDOW:
        behind = (request.at - at).total_seconds()
        side = "behind" if behind > 0 else "ahead of"
        detail = f"X-Sdk-Date is {abs(behind):.0f} s {side} the clock; 900 s are allowed"
        detail += diagnosis.zone_hint(behind)
        raise ApiError(gateway.SIGNATURE_EXPIRED, detail)
    secret = principal.credential.values["sk"]
    for canonical in _candidates(request, header, principal):
        made = signature.signature(secret, signature.string_to_sign(request, canonical))
        if hmac.compare_digest(made.encode(), header.signature.encode("utf-8", "replace")):
            return principal
    raise _mismatch(request, header, principal)


def _candidates(
    request: Request, header: signature.Authorization, principal: Principal
) -> Iterator[str]:
    """Canonical requests in the ways that clients are known to differ: with and without our path
    prefix, Host with and without its port, or the real host behind a base URL that was swapped
    after signing. An empty body is hashed as such by the Python SDK, whatever the hash header says.
    """
    targets = [request.target or request.path]
    if request.prefix:
        targets.append(request.prefix + targets[0])
    hosts = [request.host]
    if "host" in {name.lower() for name in header.headers}:
        bare = re.sub(r":\d+$", "", request.host)
        region = principal.credential.values["project_name"]
        service = "iam" if request.path.startswith("/v3/") else "ocr"
        hosts += [bare, f"{service}.{region}.myhuaweicloud.com"]
        hosts += ["iam.myhuaweicloud.com"] if service == "iam" else []
    payloads = [signature.payload_hash(request)]
    if not request.body:
        payloads.append(signature.EMPTY_HASH)
    for host in dict.fromkeys(hosts):
        for target in targets:
            for payload in dict.fromkeys(payloads):
                yield signature.canonical_request(
                    request, header.headers, target=target, host=host, payload=payload
                )


def _unreadable(request: Request, detail: str) -> ApiError:
    evidence = Evidence(received=request.header("authorization"))
    return ApiError(gateway.UNREADABLE_SIGNATURE, detail, evidence)


def _mismatch(request: Request, header: signature.Authorization, principal: Principal) -> ApiError:
    secret = principal.credential.values["sk"]
    canonical = signature.canonical_request(request, header.headers)
    absent = [name for name in header.headers if not request.has_header(name)]
    found = slips.of(request, header, principal, canonical, EXAMPLE["sk"])
    cause = "wrong SK or changed request"
    if found is not None:
        cause = found.cause
    elif absent:
        cause = f"signed header {absent[0]} did not arrive"
    evidence = Evidence(
        expected=canonical,
        received=found.text if found else "",
        signature=header.signature,
        expected_signature=signature.signature(
            secret, signature.string_to_sign(request, canonical)
        ),
    )
    return ApiError(gateway.WRONG_SIGNATURE, f"the signature does not match: {cause}", evidence)


def sign(request: Request, key: Credential) -> Request:
    """The call signed with the key's AK and SK as Huawei's SDKs do, for the key's own project.

    A token request and a call that has its token already stay as they are. An X-Sdk-Date in the
    call is kept, so that a wrong clock can be played. Who asks for projects names none yet.
    """
    if request.path.endswith(TOKEN_PATH) or request.header("x-auth-token"):
        return request
    project = key.values["project_id"]
    naming = () if request.path.endswith(PROJECTS_PATH) else (("X-Project-Id", project),)
    made = {"authorization", "x-project-id"}
    kept = tuple((n, v) for n, v in request.headers if n.lower() not in made)
    date = () if request.has_header(signature.DATE) else ((signature.DATE, _date(request)),)
    request = request.replaced(
        path=_PROJECT.sub(rf"\g<1>{project}\g<2>", request.path, count=1),
        target=_PROJECT.sub(rf"\g<1>{project}\g<2>", request.target, count=1),
        headers=(*kept, *naming, *date),
    )
    signable = {"content-type", "host", "x-project-id", "x-sdk-date", "x-sdk-content-sha256"}
    names = tuple(sorted({n.lower() for n, _ in request.headers} & signable))
    text = signature.string_to_sign(request, signature.canonical_request(request, names))
    value = signature.signature(key.values["sk"], text)
    header = signature.Authorization(key.values["ak"], names, value)
    return request.replaced(headers=(*request.headers, ("Authorization", header.text)))


def _date(request: Request) -> str:
    return signature.date_text(request.at)


def mint(text: str) -> Mapping[str, str]:
    """Credentials in the forms of real ones: 32 hex digits of project, 20 of AK, 40 of SK."""
    return {
        "domain": f"mockocr-{text[:8]}",
        "user": f"user-{text[:16]}",
        "password": f"password-{text[16:]}",
        "project_name": "cn-north-4",
        "project_id": text[:32],
        "ak": text[:20].upper(),
        "sk": text[::-1],
        "token": f"MII-{text}",
    }
