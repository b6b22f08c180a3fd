"""The order of things, once: verify, meter, run, refuse, stamp. Faults and the journal wrap around
it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind, Evidence
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Recognition
from mockocr.core.service import (
    Account,
    Context,
    CredentialLookup,
    Operation,
    ReadOptions,
    ResponseSigner,
    Vendor,
)

log = logging.getLogger("mockocr")

OTHER = "other"
"""The problem of a refusal that has no neutral word."""


@dataclass(slots=True)
class Audit:
    """What was noticed on the way through, for the journal: the one thing here that changes.

    `account` is the one claimed or verified, `problem` a `ErrorKind` or `OTHER` where the call was
    refused, `why` one sentence on a refusal (or, under lenient
    checks, what strict ones would have said; or on a bad picture that the answer passes over),
    `fault` what was injected, `images` the pictures that were loaded (without their pixels), `read`
    what was recognized in them, and `read_from` in the picture of which digest.
    """

    account: str = ""
    why: str = ""
    problem: str = ""
    evidence: Evidence | None = None
    fault: str = ""
    images: list[Image] = field(default_factory=list)
    read: list[Recognition] = field(default_factory=list)
    read_from: list[str] = field(default_factory=list)
    billed: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call on its way: the vendor it is for, and the operation unless there is none such.

    `claimed` is the account that the caller says it is, unchecked. `refuse` makes the pipeline
    refuse at once (an injected fault, a path that does not exist), with `why` for the journal;
    `alter` spoils what was read (an injected fault).
    """

    vendor: Vendor
    operation: Operation | None
    request: Request
    audit: Audit = field(default_factory=Audit)
    claimed: Account | None = None
    refuse: ErrorKind | ErrorEntry | None = None
    why: str = ""
    alter: Callable[[Recognition], Recognition] | None = None

    @property
    def name(self) -> str:
        """`vendor.operation`; an empty operation for an unknown path."""
        return f"{self.vendor.name}.{self.operation.name if self.operation else ''}"


Handler = Callable[[Exchange], Awaitable[Response]]
Recognize = Callable[[Image, ReadOptions], Awaitable[Recognition]]


Settle = Callable[[bool], Awaitable[None]]
"""Closes what a meter's `take` opened: keeps the call when it is billed, else gives it back."""


class Meter(Protocol):
    """Calls left and rates."""

    async def take(self, account: Account, name: str, at: datetime) -> Settle:
        """Reserve one call; `ApiError(QUOTA_EXCEEDED | RATE_LIMITED | ...)` when there is none
        left.
        """
        ...


class Clock(Protocol):
    """The test's clock."""

    async def refresh(self, account: str = "") -> None:
        """Learn how it stands where several servers share it; Refused(UNAVAILABLE) when nobody can
        tell.
        """
        ...

    def now(self, account: str = "") -> datetime:
        """Aware UTC; an account may have a clock of its own."""
        ...


@dataclass(slots=True)
class Dependencies:
    """Everything that answering needs, made in `app.py`. `lenient` alone changes while serving.

    `reader` gives the way to read pictures for one hit (scripted answers and the cache know the
    hit). `once` takes token, end and the call's own time. `lenient` is the account that stands in
    where a well-formed credential fails its check; None checks strictly. `key` gives the private
    key for a seal, or nothing where there can be none.
    """

    accounts: CredentialLookup
    load: Callable[[Source, Limits], Awaitable[Image]]
    reader: Callable[[Exchange], Recognize]
    once: Callable[[str, datetime, datetime], Awaitable[bool]]
    meter: Meter
    lenient: Account | None = None
    key: Callable[[ResponseSigner], bytes] = lambda seal: b""


def identifying(accounts: CredentialLookup, clock: Clock, inner: Handler) -> Handler:
    """Find the account that the caller claims to be, and set the call to that account's clock."""

    async def identify(exchange: Exchange) -> Response:
        name, claimed = "", None
        try:
            claim = exchange.vendor.claim(exchange.request)
            principal = await accounts.find(exchange.vendor.name, *claim) if claim else None
            if principal is not None:
                claimed = principal.account
                name = exchange.audit.account = claimed.name
            await clock.refresh(name)
        except ApiError as error:
            exchange = replace(
                exchange, refuse=exchange.refuse or error.why, why=exchange.why or error.detail
            )
        except Exception:
            log.exception(
                "defect in the claim of %s, request %s", exchange.vendor.name, exchange.request.id
            )
        request = exchange.request.replaced(at=clock.now(name))
        return await inner(replace(exchange, request=request, claimed=claimed))

    return identify


def answering(parts: Dependencies) -> Handler:
    """Answer one hit. Every refusal and every defect becomes the vendor's bytes here, nowhere
    else.
    """

    async def unsealed(exchange: Exchange) -> Response:
        try:
            response = await _run(exchange, parts)
        except ApiError as error:
            return refusing(exchange, error)
        except Exception:
            log.exception("defect in %s, request %s", exchange.name, exchange.request.id)
            return refusing(
                exchange, ApiError(ErrorKind.INTERNAL, "a defect of mockocr; see the log")
            )
        return exchange.vendor.stamp(exchange.request, response)

    async def answer(exchange: Exchange) -> Response:
        response = await unsealed(exchange)
        seal = exchange.vendor.seal
        return (
            response if seal is None else seal.sealed(exchange.request, response, parts.key(seal))
        )

    return answer


def refusing(exchange: Exchange, error: ApiError) -> Response:
    """The vendor's own answer for a refusal, whole; the trace tells the journal why."""
    return exchange.vendor.stamp(exchange.request, _refuse(exchange, error))


async def _run(exchange: Exchange, parts: Dependencies) -> Response:
    vendor, request, operation = exchange.vendor, exchange.request, exchange.operation
    if request.method == "OPTIONS" and (preflight := vendor.preflight(request)) is not None:
        return preflight
    if exchange.refuse is not None:
        raise ApiError(exchange.refuse, exchange.why)
    if operation is None:
        raise ApiError(ErrorKind.NO_SUCH_OPERATION, f"no operation at {request.path}")
    if request.oversize:
        limit = vendor.body_limit
        raise ApiError(ErrorKind.BODY_TOO_LARGE, f"the body has more than {limit} bytes")
    context = _kit(exchange, parts)
    if operation.open:
        return await operation.run(request, exchange.claimed or Account(""), context)
    account = await _verified(exchange, context, parts.lenient)
    settle = await parts.meter.take(account, exchange.name, request.at)
    billed = False
    try:
        response = await operation.run(request, account, context)
        exchange.audit.why = exchange.audit.why or response.why
        billed = exchange.audit.billed = vendor.billable(response) and not operation.free
    except ApiError as error:
        response = _refuse(exchange, error)
        billed = exchange.audit.billed = vendor.billable(response) and not operation.free
    finally:
        await settle(billed)
    return response


async def _verified(exchange: Exchange, context: Context, lenient: Account | None) -> Account:
    try:
        account = await exchange.vendor.verify(exchange.request, context)
    except ApiError as error:
        hopeless = {ErrorKind.NO_CREDENTIALS, ErrorKind.BAD_CREDENTIALS, ErrorKind.UNAVAILABLE}
        if lenient is None or hopeless.intersection(error.problems):
            raise
        exchange.audit.why = f"strict would refuse: {error.detail or error}"
        exchange.audit.evidence = error.evidence
        account = exchange.claimed or lenient
    exchange.audit.account = account.name
    return account


def _kit(exchange: Exchange, parts: Dependencies) -> Context:
    read = parts.reader(exchange)

    async def load(source: Source, limits: Limits) -> Image:
        try:
            image = await parts.load(source, limits)
        except ApiError as error:
            # an operation of several pictures may go on without this one, and nothing else says why
            exchange.audit.why = exchange.audit.why or error.detail
            raise
        exchange.audit.images.append(image.without_pixels())
        return image

    async def recognize(image: Image, options: ReadOptions) -> Recognition:
        recognition = await read(image, options)
        if exchange.alter is not None:
            recognition = exchange.alter(recognition)
        exchange.audit.read.append(recognition)
        exchange.audit.read_from.append(image.digest)
        return recognition

    async def once(token: str, until: datetime) -> bool:
        return await parts.once(token, until, exchange.request.at)

    return Context(parts.accounts, load, recognize, once)


def _refuse(exchange: Exchange, error: ApiError) -> Response:
    row = exchange.vendor.row(error.why) if isinstance(error.why, ErrorKind) else error.why
    exchange.audit.why = error.detail or row.filled(error.facts).message
    exchange.audit.problem = next(iter(error.problems), OTHER)
    exchange.audit.evidence = error.evidence or exchange.audit.evidence
    return exchange.vendor.refuse(exchange.request, row.filled(error.facts))
