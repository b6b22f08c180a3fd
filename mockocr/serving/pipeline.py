"""The order of steps for every request, once: verify, reserve quota, answer, bill, add headers.

Faults, usage, journal and metrics wrap around it as middleware (`Handler` in, `Handler` out).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec

from mockocr.core.account import ANONYMOUS, Account, CredentialStore, Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.exchange import CredentialLookup, Exchange, Handler, refuse, render_error
from mockocr.core.http import Response
from mockocr.core.service import ResponseSigner
from mockocr.serving.body import before_decoding, decode_large

log = logging.getLogger("mockocr")

_NOT_LENIENT = {ErrorKind.NO_CREDENTIALS, ErrorKind.BAD_CREDENTIALS, ErrorKind.UNAVAILABLE}
"""Lenient auth refuses these too: there is no credential to accept."""


class Reservation(Protocol):
    """One request taken from a quota."""

    async def commit(self) -> None:
        """Keep it: the request is billed."""
        ...

    async def release(self) -> None:
        """Give it back."""
        ...


class QuotaLimiter(Protocol):
    """Requests left, and rates."""

    async def reserve(self, account: Account, operation_id: str, at: datetime) -> Reservation:
        """Take one request; `ApiError(QUOTA_EXCEEDED | RATE_LIMITED)` if none is left."""
        ...


class Clock(Protocol):
    """The test clock."""

    async def refresh(self, account: str = "") -> None:
        """Reads the shared clock, if several servers share one; `ApiError(UNAVAILABLE)` if the
        store does not answer.
        """
        ...

    def now(self, account: str = "") -> datetime:
        """Aware UTC; an account may have a clock of its own."""
        ...


class Dependencies(msgspec.Struct):
    """Everything that `answer_requests` needs, made in `app.py`. Only `lenient` changes at run
    time.

    `context` builds the context of one exchange. `lenient` is the account to use if a
    well-formed credential fails its check; None checks strictly. `signing_key` returns the private
    key for a response signer, empty if there can be none.
    """

    context: Callable[[Exchange, CredentialLookup], Context]
    credentials: CredentialStore
    quotas: QuotaLimiter
    lenient: Account | None = None
    signing_key: Callable[[ResponseSigner], bytes] = lambda signer: b""


def with_account(credentials: CredentialStore, clock: Clock, inner: Handler) -> Handler:
    """Finds the account that the request claims, and sets the request to that account's clock."""

    async def handle(exchange: Exchange) -> Response:
        lookup = CredentialLookup(credentials, exchange.vendor.name)
        name, claimed = "", None

        async def claim_of_caller() -> tuple[str, str] | None:
            return exchange.service.claimed(exchange.request)

        try:
            claim = await before_decoding(exchange.request, claim_of_caller)
            claimed = await lookup.find(*claim) if claim else None
            if claimed is not None:
                name = exchange.audit.account = claimed.account.name
            await clock.refresh(name)
        except ApiError as error:
            exchange = exchange.replaced(refusal=exchange.refusal or error)
        except Exception:
            log.exception(
                "defect in the claim of %s, request %s", exchange.name, exchange.request.id
            )
        request = exchange.request.replaced(at=clock.now(name))
        return await inner(exchange.replaced(request=request, claimed=claimed, credentials=lookup))

    return handle


def answer_requests(dependencies: Dependencies) -> Handler:
    """Answers one exchange. Every refusal and every defect becomes the vendor's bytes here, and
    nowhere else.
    """

    async def unsigned(exchange: Exchange) -> Response:
        try:
            try:
                response = await _answer(exchange, dependencies)
            except ApiError as error:
                return refuse(exchange, error)
            return exchange.service.add_headers(exchange.request, response)
        except Exception:
            log.exception("defect in %s, request %s", exchange.name, exchange.request.id)
            return refuse(
                exchange, ApiError(ErrorKind.INTERNAL, "a defect of mockocr; see the log")
            )

    async def handle(exchange: Exchange) -> Response:
        response = await unsigned(exchange)
        signer = exchange.service.response_signer
        if signer is None:
            return response
        return signer.sign(exchange.request, response, dependencies.signing_key(signer))

    return handle


async def _answer(exchange: Exchange, dependencies: Dependencies) -> Response:
    service, request, operation = exchange.service, exchange.request, exchange.operation
    if request.method == "OPTIONS" and (preflight := service.preflight(request)) is not None:
        return preflight
    if exchange.refusal is not None:
        raise exchange.refusal
    if operation is None:
        raise ApiError(ErrorKind.NO_SUCH_OPERATION, f"no operation at {request.path}")
    if request.oversize:
        detail = f"the body has more than {service.body_limit} bytes"
        raise ApiError(ErrorKind.BODY_TOO_LARGE, detail)
    lookup = exchange.credentials
    if lookup is None:
        lookup = CredentialLookup(dependencies.credentials, exchange.vendor.name)
    context = dependencies.context(exchange, lookup)
    if operation.open:
        await decode_large(request)
        return await operation.answer(request, exchange.claimed or ANONYMOUS, context)
    principal = await _verified(exchange, context, dependencies.lenient)
    await decode_large(request)
    reservation = await dependencies.quotas.reserve(principal.account, exchange.name, request.at)
    billed = False
    try:
        response = await operation.answer(request, principal, context)
        exchange.audit.why = exchange.audit.why or response.why
        billed = service.billed(response) and not operation.free
        exchange.audit.units = response.units
        exchange.audit.unit_price = response.unit_price
    except ApiError as error:
        response = render_error(exchange, error)
        billed = service.billed(response) and not operation.free
    finally:
        exchange.audit.billed = billed
        await (reservation.commit() if billed else reservation.release())
    return response


async def _verified(exchange: Exchange, context: Context, lenient: Account | None) -> Principal:
    try:
        request, verify = exchange.request, exchange.service.verify
        principal = await before_decoding(request, lambda: verify(request, context))
    except ApiError as error:
        if lenient is None or not _NOT_LENIENT.isdisjoint(error.kinds):
            raise
        exchange.audit.why = f"strict auth would refuse: {error.detail or error}"
        exchange.audit.evidence = error.evidence
        principal = exchange.claimed or Principal(lenient, lenient.credential(exchange.vendor.name))
    exchange.audit.account = principal.account.name
    return principal
