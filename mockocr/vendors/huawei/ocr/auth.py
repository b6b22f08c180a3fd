"""Who calls OCR, and whether the caller may use the project, the region and the API."""

from __future__ import annotations

import re

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError
from mockocr.core.http import Request
from mockocr.vendors.huawei import signature
from mockocr.vendors.huawei.credentials import region_of
from mockocr.vendors.huawei.gateway_auth import authenticate, claimed_by_gateway
from mockocr.vendors.huawei.ocr.errors import GATEWAY
from mockocr.vendors.huawei.ocr.platform_errors import NO_PROJECT, NOT_SUBSCRIBED, OTHER_PROJECT
from mockocr.vendors.huawei.options import PROJECT
from mockocr.vendors.huawei.token import sent_token

HOSTS = ("ocr.{region}.myhuaweicloud.com", "ais.{region}.myhuaweicloud.com")
"""The host of the API's pages, and the one that older clients use (observed in public code)."""

_PROJECT_IN_PATH = re.compile(r"(/v2/)[^/?]+(/ocr/)")
_REGION = re.compile(r"(?:ocr|ais)\.([a-z0-9-]+)\.myhuaweicloud\.com(?::\d+)?", re.IGNORECASE)

claimed = claimed_by_gateway


async def verify(request: Request, context: Context) -> Principal:
    """The principal behind the signature or the token, if it may call this operation.

    `ApiError` with the gateway's 401 entries, and with the platform's for an API that is not
    subscribed, a token without a project, and another project than the caller's own.
    """
    principal = await authenticate(request, context, GATEWAY, HOSTS)
    _require_region(request, principal)
    if principal.credential.state == "unsubscribed":
        detail = f"account {principal.account.name} has not subscribed to the API"
        raise ApiError(NOT_SUBSCRIBED, detail, api=request.path.rpartition("/")[2])
    principal.require_active(request.at)
    _require_project(request, principal)
    return principal


def sign(request: Request, credential: Credential) -> Request:
    """The request signed with AK and SK for the credential's own project, as the SDKs do it.

    A request that has a token is returned unchanged.
    """
    if request.header("x-auth-token"):
        return request
    project = credential.values["project_id"]
    request = request.without_headers("x-project-id").replaced(
        path=_PROJECT_IN_PATH.sub(rf"\g<1>{project}\g<2>", request.path, count=1),
        target=_PROJECT_IN_PATH.sub(rf"\g<1>{project}\g<2>", request.target, count=1),
    )
    return signature.sign(request.with_headers(("X-Project-Id", project)), credential)


def _require_region(request: Request, principal: Principal) -> None:
    """Refuses a token at the host of another region; a signature is valid in every region."""
    if signature.is_signed(request) or request.options[PROJECT.name] == "any":
        return
    host, region = _REGION.fullmatch(request.host), region_of(principal.values)
    if host and host[1].lower() != region:
        detail = f"the token is for region {region}, but the host is in {host[1].lower()}"
        raise ApiError(GATEWAY.token_outdated, detail)


def _require_project(request: Request, principal: Principal) -> None:
    """Refuses a token without a project, and (option `project=checked`) any project but the
    caller's own. The older paths name no project.
    """
    if signature.is_signed(request):
        source, scope = "X-Project-Id header", request.header("x-project-id").strip()
    else:
        token = request.cached(sent_token)
        source, scope = "token", token.claims.project_id if token else ""
        if token and not scope:
            raise ApiError(NO_PROJECT, "the token has domain scope, but OCR needs project scope")
    if request.options[PROJECT.name] == "any":
        return
    owned = principal.values["project_id"]
    named = request.params.get("project_id", "")
    for place, project in ((source, scope), ("path", named)):
        if project and project != owned:
            detail = f"the {place} names project {project}, but the caller's project is {owned}"
            raise ApiError(OTHER_PROJECT, detail)
