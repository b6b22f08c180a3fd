"""Who calls IAM: the user in a token request, else the signer or the bearer of a token."""

from __future__ import annotations

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.http import Request
from mockocr.vendors.huawei import signature
from mockocr.vendors.huawei.gateway_auth import authenticate, claimed_by_gateway
from mockocr.vendors.huawei.iam.errors import GATEWAY
from mockocr.vendors.huawei.iam.login import login_user

HOSTS = ("iam.{region}.myhuaweicloud.com", "iam.myhuaweicloud.com")


def claimed(request: Request) -> tuple[str, str] | None:
    """The user who asks for a token, else what the gateway authenticates."""
    user = request.cached(login_user)
    return ("user", user) if user else claimed_by_gateway(request)


async def verify(request: Request, context: Context) -> Principal:
    """The principal behind the signature or the token; `ApiError` with the gateway's entries."""
    principal = await authenticate(request, context, GATEWAY, HOSTS)
    return principal.require_active(request.at)


def sign(request: Request, credential: Credential) -> Request:
    """The request signed with AK and SK; it names no project, since clients look theirs up here.

    A token request, and a request that has a token, are returned unchanged.
    """
    if request.header("x-auth-token") or request.cached(login_user):
        return request
    return signature.sign(request.without_headers("x-project-id"), credential)
