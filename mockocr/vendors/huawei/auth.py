"""Who calls: a token in X-Auth-Token, or a signature with AK and SK; and whose project it is for.

A request with both is judged by its signature alone (guess: the gateway's complaint about a request
with neither names the token, so the token seems to be what it looks for last).
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from mockocr.core import slip
from mockocr.core.problem import Evidence, Refused
from mockocr.core.vendor import Account, Holder, Key, Kit
from mockocr.core.wire import Call
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


def claim(call: Call) -> tuple[str, str] | None:
    """The access key, the token's user, the ready-made token, or the user who asks for a token."""
    if call.path == TOKEN_PATH:
        user = _asking(call)
        return ("user", user) if user else None
    if signature.is_signed(call):
        header = signature.authorization(call)
        return ("ak", header.access) if header else None
    text = call.header("x-auth-token").strip()
    if not text:
        return None
    found = token.opened(text)
    return ("user", found[0].user) if found else ("token", text)


def _asking(call: Call) -> str:
    try:
        value = call.json()["auth"]["identity"]["password"]["user"]["name"]
    except (Refused, KeyError, TypeError):
        return ""
    return value if isinstance(value, str) else ""


async def verify(call: Call, kit: Kit) -> Account:
    """The account behind the signature or the token; `Refused` with the gateway's 401 rows."""
    holder = await (_signer(call, kit) if signature.is_signed(call) else _bearer(call, kit))
    if holder.key.state == "unsubscribed" and "/ocr/" in call.path:
        detail = f"account {holder.account.name} has not subscribed to the API"
        raise Refused(errors.NOT_SUBSCRIBED, detail, api=call.path.rpartition("/")[2])
    return holder.admit(call.at)


async def require_project(call: Call, kit: Kit) -> None:
    """Refuse a credential without project, or (`project=checked`) for another one than the path's.

    The older paths name no project. Nothing is known of a caller that lenient checks let in, so
    nothing is asked of it.
    """
    if signature.is_signed(call):
        holder = await claimed(call, kit)
        scope = call.header("x-project-id").strip()
    else:
        text = call.header("x-auth-token").strip()
        holder = await claimed(call, kit)
        found = token.opened(text)
        scope = found[0].project_id if found else ""
        if found and not scope:
            raise Refused(errors.NO_PROJECT, "the token has domain scope; OCR needs a project's")
    if holder is None or call.choices.get("project", "checked") == "any":
        return
    owned = holder.key.values["project_id"]
    named = call.params.get("project_id", "")
    for place, project in (("X-Project-Id or token", scope), ("path", named)):
        if project and project != owned:
            detail = f"the {place} names project {project}, and the caller's is {owned}"
            raise Refused(errors.OTHER_PROJECT, detail)


async def claimed(call: Call, kit: Kit) -> Holder | None:
    """Whom the caller says it is, unchecked; None for somebody unknown."""
    found = claim(call)
    return await kit.accounts.find(NAME, *found) if found else None


async def _bearer(call: Call, kit: Kit) -> Holder:
    holder = await _token_holder(call, kit)
    region = _OCR_HOST.fullmatch(call.host)
    home = holder.key.values["project_name"].partition("_")[0]
    checked = call.choices.get("project", "checked") == "checked"
    if checked and region and region[1].lower() != home:
        detail = f"the token is for region {home}, and the host is that of {region[1].lower()}"
        raise Refused(gateway.TOKEN_STALE, detail)
    return holder


async def _token_holder(call: Call, kit: Kit) -> Holder:
    text = call.header("x-auth-token").strip()
    if not text:
        raise Refused(gateway.NO_TOKEN, "neither X-Auth-Token nor a signed Authorization came")
    ready = await kit.accounts.find(NAME, "token", text)
    if ready is not None:
        return ready
    found = token.opened(text)
    if found is None:
        detail = f"the token of {len(text)} characters is cut off, altered or not one of ours"
        raise Refused(gateway.UNREADABLE_TOKEN, detail)
    content, seal = found
    holder = await kit.accounts.find(NAME, "user", content.user)
    if holder is None or holder.key.values["domain"] != content.domain:
        detail = f"the token is for user {content.user} of domain {content.domain}, unknown here"
        raise Refused(gateway.FOREIGN_TOKEN, detail)
    if not token.is_sealed_with(holder.key.values["password"], content, seal):
        detail = f"the password of user {content.user} has changed since the token was made"
        raise Refused(gateway.TOKEN_STALE, detail)
    if content.expired(call.at):
        over = (call.at - token.moment(content.expires)).total_seconds()
        detail = f"the token ended {over:.0f} s ago; tokens live 24 hours"
        raise Refused(gateway.TOKEN_EXPIRED, detail, expires_at=content.expires)
    return holder


async def _signer(call: Call, kit: Kit) -> Holder:
    header = signature.authorization(call)
    if header is None:
        detail = "the Authorization header lacks Access or SignedHeaders"
        raise _unreadable(call, detail)
    at = signature.signed_at(call)
    if at is None:
        raise _unreadable(
            call, f"X-Sdk-Date {call.header(signature.DATE)!r} is not like 20260102T030405Z"
        )
    if signature.DATE.lower() not in {name.lower() for name in header.headers}:
        raise _unreadable(call, "x-sdk-date is not among the signed headers")
    holder = await kit.accounts.find(NAME, "ak", header.access)
    if holder is None:
        detail = f"no account has the access key {header.access}"
        raise Refused(gateway.UNKNOWN_AK, detail, ak=header.access)
    if abs(call.at - at) > WINDOW:
        behind = (call.at - at).total_seconds()
        side = "behind" if behind > 0 else "ahead of"
        detail = f"X-Sdk-Date is {abs(behind):.0f} s {side} the clock; 900 s are allowed"
        detail += slip.zone_hint(behind)
        raise Refused(gateway.SIGNATURE_EXPIRED, detail)
    secret = holder.key.values["sk"]
    for canonical in _candidates(call, header, holder):
        made = signature.signature(secret, signature.string_to_sign(call, canonical))
        if hmac.compare_digest(made.encode(), header.signature.encode("utf-8", "replace")):
            return holder
    raise _mismatch(call, header, holder)


def _candidates(call: Call, header: signature.Authorization, holder: Holder) -> Iterator[str]:
    """Canonical requests in the ways that clients are known to differ: with and without our path
    prefix, Host with and without its port, or the real host behind a base URL that was swapped
    after signing. An empty body is hashed as such by the Python SDK, whatever the hash header says.
    """
    targets = [call.target or call.path]
    if call.prefix:
        targets.append(call.prefix + targets[0])
    hosts = [call.host]
    if "host" in {name.lower() for name in header.headers}:
        bare = re.sub(r":\d+$", "", call.host)
        region = holder.key.values["project_name"]
        service = "iam" if call.path.startswith("/v3/") else "ocr"
        hosts += [bare, f"{service}.{region}.myhuaweicloud.com"]
        hosts += ["iam.myhuaweicloud.com"] if service == "iam" else []
    payloads = [signature.payload_hash(call)]
    if not call.body:
        payloads.append(signature.EMPTY_HASH)
    for host in dict.fromkeys(hosts):
        for target in targets:
            for payload in dict.fromkeys(payloads):
                yield signature.canonical_request(
                    call, header.headers, target=target, host=host, payload=payload
                )


def _unreadable(call: Call, detail: str) -> Refused:
    evidence = Evidence(received=call.header("authorization"))
    return Refused(gateway.UNREADABLE_SIGNATURE, detail, evidence)


def _mismatch(call: Call, header: signature.Authorization, holder: Holder) -> Refused:
    secret = holder.key.values["sk"]
    canonical = signature.canonical_request(call, header.headers)
    absent = [name for name in header.headers if not call.has_header(name)]
    found = slips.of(call, header, holder, canonical, EXAMPLE["sk"])
    cause = "wrong SK or changed request"
    if found is not None:
        cause = found.cause
    elif absent:
        cause = f"signed header {absent[0]} did not arrive"
    evidence = Evidence(
        expected=canonical,
        received=found.text if found else "",
        signature=header.signature,
        expected_signature=signature.signature(secret, signature.string_to_sign(call, canonical)),
    )
    return Refused(gateway.WRONG_SIGNATURE, f"the signature does not match: {cause}", evidence)


def sign(call: Call, key: Key) -> Call:
    """The call signed with the key's AK and SK as Huawei's SDKs do, for the key's own project.

    A token request and a call that has its token already stay as they are. An X-Sdk-Date in the
    call is kept, so that a wrong clock can be played. Who asks for projects names none yet.
    """
    if call.path.endswith(TOKEN_PATH) or call.header("x-auth-token"):
        return call
    project = key.values["project_id"]
    naming = () if call.path.endswith(PROJECTS_PATH) else (("X-Project-Id", project),)
    made = {"authorization", "x-project-id"}
    kept = tuple((n, v) for n, v in call.headers if n.lower() not in made)
    date = () if call.has_header(signature.DATE) else ((signature.DATE, _date(call)),)
    call = call.replaced(
        path=_PROJECT.sub(rf"\g<1>{project}\g<2>", call.path, count=1),
        target=_PROJECT.sub(rf"\g<1>{project}\g<2>", call.target, count=1),
        headers=(*kept, *naming, *date),
    )
    signable = {"content-type", "host", "x-project-id", "x-sdk-date", "x-sdk-content-sha256"}
    names = tuple(sorted({n.lower() for n, _ in call.headers} & signable))
    text = signature.string_to_sign(call, signature.canonical_request(call, names))
    value = signature.signature(key.values["sk"], text)
    header = signature.Authorization(key.values["ak"], names, value)
    return call.replaced(headers=(*call.headers, ("Authorization", header.text)))


def _date(call: Call) -> str:
    return signature.date_text(call.at)


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
