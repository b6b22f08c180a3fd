"""The API key: the header `apikey`, a field of the body, or a parameter of the query."""

from __future__ import annotations

import hmac
import re
from datetime import timedelta

from mockocr.core.account import Credential, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.ocr_space.api.errors import QUOTA
from mockocr.vendors.ocr_space.api.fields import key_of
from mockocr.vendors.ocr_space.api.options import plan_of

DEVELOPMENT_KEY = "K80000000000957"
DEMO_KEY = "helloworld"
"""doc: ocr.space/ocrapi, a public key for trying the API; here it belongs to the account `dev`."""
DEMO_REQUESTS, DEMO_WINDOW = 10, timedelta(seconds=600)
"""observed: the text of the demo key's refusal."""
DAY = timedelta(seconds=86400)
_WELL_FORMED = re.compile(r"[!-~]{1,128}")
"""guess: visible ASCII."""


def claimed(request: Request) -> tuple[str, str] | None:
    key = key_of(request)
    return ("apikey", DEVELOPMENT_KEY if key == DEMO_KEY else key) if key else None


async def verify(request: Request, context: Context) -> Principal:
    """The principal of the key, within the requests that its plan allows."""
    key = key_of(request)
    if not key:
        detail = "neither a header, a field nor a query parameter named apikey has a value"
        raise ApiError(ErrorKind.NO_CREDENTIALS, detail)
    if _WELL_FORMED.fullmatch(key) is None:
        raise ApiError(ErrorKind.BAD_CREDENTIALS, "the key has a blank or a non-ASCII character")
    owner = DEVELOPMENT_KEY if key == DEMO_KEY else key
    principal = await context.find_credential("apikey", owner)
    if principal is None or not hmac.compare_digest(principal.values["apikey"], owner):
        raise ApiError(
            ErrorKind.UNKNOWN_ACCOUNT, f"unknown key {key[:4]}… of {len(key)} characters"
        )
    principal.require_active(request.at)
    await _count(request, context, key)
    return principal


async def _count(request: Request, context: Context, key: str) -> None:
    if key == DEMO_KEY:
        maximum, window, why = DEMO_REQUESTS, DEMO_WINDOW, "the key helloworld"
    elif request.options["quotas"] == "documented":
        maximum, window = plan_of(request).per_day, DAY
        why = f"a key of the plan {request.options['plan']} (--ocr-space-quotas off lifts it)"
    else:
        return
    if maximum and not await context.count_use(key, maximum, window):
        seconds = round(window.total_seconds())
        detail = f"{why} has {maximum} requests in {seconds} s, and they are used up"
        facts = {"maximum": str(maximum), "seconds": str(seconds)}
        raise ApiError(QUOTA, detail, facts=facts)


def sign(request: Request, credential: Credential) -> Request:
    """The request with the key in its header, in place of any other key there."""
    return request.without_headers("apikey").with_headers(("apikey", credential.values["apikey"]))
