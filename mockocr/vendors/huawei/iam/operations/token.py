"""token: issues a token for a user's name and password."""

from __future__ import annotations

import hmac
from typing import Any

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.huawei.credentials import region_of
from mockocr.vendors.huawei.iam.catalog import catalog
from mockocr.vendors.huawei.iam.errors import (
    CONSOLE_ONLY,
    DOMAIN_UNKNOWN,
    PROJECT_UNKNOWN,
    WRONG_PASSWORD,
)
from mockocr.vendors.huawei.iam.headers import IDENTITY_HEADERS, trace_header
from mockocr.vendors.huawei.iam.identifiers import identifier
from mockocr.vendors.huawei.iam.login import Scope, User, parse_login
from mockocr.vendors.huawei.options import PROJECT
from mockocr.vendors.huawei.token import LIFETIME, Claims, encode, format_time


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """201 with the token in X-Subject-Token; `ApiError` with the entries of IAM.

    doc: IAM, obtaining a user token with a password. `principal` is the user that the body names,
    unverified. With `project=any`, the token is for the project that the scope names.
    """
    login = parse_login(request)
    user = login.user
    _require_password(principal, user)
    values = principal.values
    scoped = login.scope.project
    project_id, project_name = values["project_id"], values["project_name"]
    if request.options[PROJECT.name] != "any":
        _require_scope(principal, login.scope)
    elif scoped:
        project_id, project_name = scoped.id or project_id, scoped.name or project_name
    claims = Claims(
        domain=values["domain"],
        user=user.name,
        project_id=project_id if scoped else "",
        issued=format_time(request.at),
        expires=format_time(request.at + LIFETIME),
        nonce=request.id,
    )
    domain = {"id": identifier("domain", values["domain"]), "name": values["domain"]}
    scope: dict[str, Any] = {"domain": domain}
    if scoped:
        named = {"id": project_id, "name": project_name}
        scope = {"project": {"domain": domain, **named}}
    body = {
        "catalog": [] if request.query_value("nocatalog") else catalog(region_of(values)),
        "expires_at": claims.expires,
        "issued_at": claims.issued,
        "methods": ["password"],
        **scope,
        "roles": [{"id": "0", "name": "te_admin"}],
        "user": {
            "domain": domain,
            "id": identifier("user", f"{values['domain']}/{user.name}"),
            "name": user.name,
            "password_expires_at": "",
        },
    }
    headers = (
        ("X-Subject-Token", encode(claims, values["password"])),
        trace_header(request, project_name),
        *IDENTITY_HEADERS,
    )
    return Response.of_json({"token": body}, 201, code=201, headers=headers)


def _require_password(principal: Principal, user: User) -> None:
    values = principal.values
    if values.get("user") != user.name:
        raise ApiError(WRONG_PASSWORD, f"unknown user {user.name!r}")
    domain = values["domain"]
    if not user.domain.matches(identifier("domain", domain), domain):
        detail = f"user {user.name!r} is of domain {domain!r}, not {user.domain.label!r}"
        raise ApiError(WRONG_PASSWORD, detail)
    given, right = user.password.encode("utf-8", "replace"), values["password"].encode()
    if not hmac.compare_digest(given, right):
        raise ApiError(WRONG_PASSWORD, f"wrong password for user {user.name!r}")
    if principal.credential.state == "disabled":
        detail = f"the credential of account {principal.account.name} is disabled"
        raise ApiError(CONSOLE_ONLY, detail)


def _require_scope(principal: Principal, scope: Scope) -> None:
    values = principal.values
    id, name, domain = values["project_id"], values["project_name"], values["domain"]
    if scope.project:
        if not scope.project.matches(id, name):
            detail = f"the user's project is {name} ({id})"
            raise ApiError(PROJECT_UNKNOWN, detail, project=scope.project.label)
    elif scope.domain and not scope.domain.matches(identifier("domain", domain), domain):
        detail = f"the user's domain is {domain}"
        raise ApiError(DOMAIN_UNKNOWN, detail, domain=scope.domain.label)


OPERATION = Operation(
    name="token",
    methods=("POST",),
    path="/v3/auth/tokens",
    run=run,
    source="doc: Huawei Cloud IAM, obtaining a user token with a password",
    open=True,
)
