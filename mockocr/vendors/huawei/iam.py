"""Huawei's identity service as OCR users need it: a token for a user's name and password."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from mockocr.core.account import Account
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.vendors.huawei import identity, token
from mockocr.vendors.huawei.auth import NAME
from mockocr.vendors.huawei.render import JSON, identity_headers


@dataclass(frozen=True, slots=True)
class Named:
    """A project or domain, named by id or by name; one of the two is empty."""

    id: str = ""
    name: str = ""

    def means(self, id: str, name: str) -> bool:
        return self.id == id if self.id else self.name == name

    @property
    def shown(self) -> str:
        return self.id or self.name


@dataclass(frozen=True, slots=True)
class Wish:
    """What a token request asks for. Neither project nor domain: a token of the user's domain."""

    user: str
    password: str
    home: Named
    project: Named | None
    domain: Named | None


async def issue(request: Request, account: Account, context: Context) -> Response:
    """201 with the token in X-Subject-Token; `ApiError` with the identity service's rows.

    doc: IAM, obtaining a user token with a password. A scope with project and domain counts as
    the project's.
    """
    wish = _wish(request)
    principal = await context.accounts.find(NAME, "user", wish.user)
    if principal is None:
        raise ApiError(identity.WRONG_PASSWORD, f"no account has the user {wish.user}")
    values = principal.credential.values
    domain, project = values["domain"], values["project_id"]
    domain_id = identifier("domain", domain)
    if not wish.home.means(domain_id, domain):
        detail = f"user {wish.user} is of domain {domain}, not {wish.home.shown}"
        raise ApiError(identity.WRONG_PASSWORD, detail)
    given, right = wish.password.encode("utf-8", "replace"), values["password"].encode()
    if not hmac.compare_digest(given, right):
        raise ApiError(identity.WRONG_PASSWORD, f"the password of user {wish.user} is another one")
    if principal.credential.state == "disabled":
        raise ApiError(identity.CONSOLE_ONLY, f"the key of account {principal.account.name} is off")
    if wish.project and not wish.project.means(project, values["project_name"]):
        detail = f"the user's project is {values['project_name']} ({project})"
        raise ApiError(identity.PROJECT_UNKNOWN, detail, project=wish.project.shown)
    if wish.domain and not wish.project and not wish.domain.means(domain_id, domain):
        detail = f"the user's domain is {domain}"
        raise ApiError(identity.DOMAIN_UNKNOWN, detail, domain=wish.domain.shown)
    home = {"id": domain_id, "name": domain}
    scope: dict[str, Any] = {"domain": home}
    if wish.project:
        scope = {"project": {"domain": home, "id": project, "name": values["project_name"]}}
    content = token.Content(
        domain=domain,
        user=wish.user,
        project_id=project if wish.project else "",
        issued=token.stamp(request.at),
        expires=token.stamp(request.at + token.LIFETIME),
        nonce=request.id,
    )
    body = {
        "catalog": [] if request.query_value("nocatalog") else catalog(values["project_name"]),
        "expires_at": content.expires,
        "issued_at": content.issued,
        "methods": ["password"],
        **scope,
        "roles": [{"id": "0", "name": "te_admin"}],
        "user": {
            "domain": home,
            "id": identifier("user", f"{domain}/{wish.user}"),
            "name": wish.user,
            "password_expires_at": "",
        },
    }
    headers = (
        ("X-Subject-Token", token.sealed(content, values["password"])),
        ("X-IAM-Trace-Id", f"token_{values['project_name']}_null_{request.id}"),
        *identity_headers,
    )
    return Response.of_json({"token": body}, 201, code=201, content_type=JSON, headers=headers)


def identifier(kind: str, name: str) -> str:
    """The 32 hex digits that stand for a domain, user or service; the same name, the same id."""
    return hashlib.sha256(f"mockocr {kind} {name}".encode("utf-8", "replace")).hexdigest()[:32]


def catalog(region: str) -> list[dict[str, Any]]:
    """The two services that an OCR user meets; the real list names every service there is."""

    def entry(name: str, kind: str, where: str, url: str) -> dict[str, Any]:
        endpoint = {
            "id": identifier("endpoint", url),
            "interface": "public",
            "region": where,
            "region_id": where,
            "url": url,
        }
        return {
            "endpoints": [endpoint],
            "id": identifier("service", name),
            "name": name,
            "type": kind,
        }

    return [
        entry("iam", "identity", "*", "https://iam.myhuaweicloud.com/v3"),
        entry("ocr", "ocr", region, f"https://ocr.{region}.myhuaweicloud.com"),
    ]


def _wish(request: Request) -> Wish:
    try:
        auth = _object(request.json(), "auth")
    except ApiError as error:
        raise _invalid(error.detail) from None
    methods = _object(auth, "identity").get("methods")
    if not isinstance(methods, list) or "password" not in methods:
        raise _invalid("auth.identity.methods must be a list with password in it")
    user = _object(_object(_object(auth, "identity"), "password"), "user")
    scope = auth.get("scope")
    if scope is None:
        scope = {}
    if not isinstance(scope, dict):
        raise _invalid("auth.scope must be an object")
    return Wish(
        user=_string(user, "name"),
        password=_string(user, "password"),
        home=_named(user, "domain"),
        project=_named(scope, "project") if scope.get("project") is not None else None,
        domain=_named(scope, "domain") if scope.get("domain") is not None else None,
    )


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    inner = value.get(name)
    if not isinstance(inner, dict):
        raise _invalid(f"{name} must be an object")
    return inner


def _string(value: dict[str, Any], name: str) -> str:
    inner = value.get(name)
    if not isinstance(inner, str) or not inner:
        raise _invalid(f"{name} must be a text that is not empty")
    return inner


def _named(value: dict[str, Any], name: str) -> Named:
    inner = _object(value, name)
    if inner.get("id") is not None:
        return Named(id=_string(inner, "id"))
    return Named(name=_string(inner, "name"))


def _invalid(detail: str) -> ApiError:
    return ApiError(identity.BODY_INVALID, detail)
