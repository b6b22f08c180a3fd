"""issue_token: a bearer token of ten minutes for a subscription key."""

from __future__ import annotations

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.vendors.azure import keys
from mockocr.vendors.azure.paths import doubled


async def run(request: Request, principal: Principal, context: Context) -> Response:
    """The token as text. guess: it is opaque here, while the real one is a JWT."""
    if not keys.subscription_key(request):
        raise ApiError(ErrorKind.NO_CREDENTIALS, "a token is issued for a subscription key only")
    value = {"key": principal.values["key"]}
    token = await context.issue_token(keys.TOKEN_KIND, value, keys.TOKEN_LIFETIME)
    return Response(200, token.encode(), (("Content-Type", "application/jwt; charset=us-ascii"),))


OPERATION = Operation(
    name="issue_token",
    methods=("POST",),
    path="/sts/v1.0/issueToken",
    aliases=doubled("/sts/v1.0/issueToken", "/sts/v1.0/issuetoken"),
    source="doc: learn.microsoft.com, authenticate requests to Azure AI services",
    run=run,
    free=True,
)
