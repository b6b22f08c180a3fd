"""The order of things, once: verify, meter, run, refuse, stamp. Faults and the journal wrap around
it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from mockocr.core.image import Image, Limits, Source
from mockocr.core.problem import Evidence, Problem, Refused, Row
from mockocr.core.text import Recognition
from mockocr.core.vendor import Account, Accounts, Kit, Operation, Options, Seal, Vendor
from mockocr.core.wire import Call, Reply

log = logging.getLogger("mockocr")

OTHER = "other"
"""The problem of a refusal that has no neutral word."""


@dataclass(slots=True)
class Trace:
    """What was noticed on the way through, for the journal: the one thing here that changes.

    `account` is the one claimed or verified, `problem` a `Problem` or `OTHER` where the call was
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
class Hit:
    """One call on its way: the vendor it is for, and the operation unless there is none such.

    `claimed` is the account that the caller says it is, unchecked. `refuse` makes the pipeline
    refuse at once (an injected fault, a path that does not exist), with `why` for the journal;
    `alter` spoils what was read (an injected fault).
    """

    vendor: Vendor
    operation: Operation | None
    call: Call
    trace: Trace = field(default_factory=Trace)
    claimed: Account | None = None
    refuse: Problem | Row | None = None
    why: str = ""
    alter: Callable[[Recognition], Recognition] | None = None

    @property
    def name(self) -> str:
        """`vendor.operation`; an empty operation for an unknown path."""
        return f"{self.vendor.name}.{self.operation.name if self.operation else ''}"


Handler = Callable[[Hit], Awaitable[Reply]]
Recognize = Callable[[Image, Options], Awaitable[Recognition]]


Settle = Callable[[bool], Awaitable[None]]
"""Closes what a meter's `take` opened: keeps the call when it is billed, else gives it back."""


class Meter(Protocol):
    """Calls left and rates."""

    async def take(self, account: Account, name: str, at: datetime) -> Settle:
        """Reserve one call; `Refused(QUOTA_EXCEEDED | RATE_LIMITED | ...)` when there is none
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
class Parts:
    """Everything that answering needs, made in `app.py`. `lenient` alone changes while serving.

    `reader` gives the way to read pictures for one hit (scripted answers and the cache know the
    hit). `once` takes token, end and the call's own time. `lenient` is the account that stands in
    where a well-formed credential fails its check; None checks strictly. `key` gives the private
    key for a seal, or nothing where there can be none.
    """

    accounts: Accounts
    load: Callable[[Source, Limits], Awaitable[Image]]
    reader: Callable[[Hit], Recognize]
    once: Callable[[str, datetime, datetime], Awaitable[bool]]
    meter: Meter
    lenient: Account | None = None
    key: Callable[[Seal], bytes] = lambda seal: b""


def identifying(accounts: Accounts, clock: Clock, inner: Handler) -> Handler:
    """Find the account that the caller claims to be, and set the call to that account's clock."""

    async def identify(hit: Hit) -> Reply:
        name, claimed = "", None
        try:
            claim = hit.vendor.claim(hit.call)
            holder = await accounts.find(hit.vendor.name, *claim) if claim else None
            if holder is not None:
                claimed = holder.account
                name = hit.trace.account = claimed.name
            await clock.refresh(name)
        except Refused as refused:
            hit = replace(hit, refuse=hit.refuse or refused.why, why=hit.why or refused.detail)
        except Exception:
            log.exception("defect in the claim of %s, request %s", hit.vendor.name, hit.call.id)
        call = hit.call.replaced(at=clock.now(name))
        return await inner(replace(hit, call=call, claimed=claimed))

    return identify


def answering(parts: Parts) -> Handler:
    """Answer one hit. Every refusal and every defect becomes the vendor's bytes here, nowhere
    else.
    """

    async def unsealed(hit: Hit) -> Reply:
        try:
            reply = await _run(hit, parts)
        except Refused as refused:
            return refusing(hit, refused)
        except Exception:
            log.exception("defect in %s, request %s", hit.name, hit.call.id)
            return refusing(hit, Refused(Problem.INTERNAL, "a defect of mockocr; see the log"))
        return hit.vendor.stamp(hit.call, reply)

    async def answer(hit: Hit) -> Reply:
        reply = await unsealed(hit)
        seal = hit.vendor.seal
        return reply if seal is None else seal.sealed(hit.call, reply, parts.key(seal))

    return answer


def refusing(hit: Hit, refused: Refused) -> Reply:
    """The vendor's own answer for a refusal, whole; the trace tells the journal why."""
    return hit.vendor.stamp(hit.call, _refuse(hit, refused))


async def _run(hit: Hit, parts: Parts) -> Reply:
    vendor, call, operation = hit.vendor, hit.call, hit.operation
    if call.method == "OPTIONS" and (preflight := vendor.preflight(call)) is not None:
        return preflight
    if hit.refuse is not None:
        raise Refused(hit.refuse, hit.why)
    if operation is None:
        raise Refused(Problem.NO_SUCH_OPERATION, f"no operation at {call.path}")
    if call.oversize:
        limit = vendor.body_limit
        raise Refused(Problem.BODY_TOO_LARGE, f"the body has more than {limit} bytes")
    kit = _kit(hit, parts)
    if operation.open:
        return await operation.run(call, hit.claimed or Account(""), kit)
    account = await _verified(hit, kit, parts.lenient)
    settle = await parts.meter.take(account, hit.name, call.at)
    billed = False
    try:
        reply = await operation.run(call, account, kit)
        hit.trace.why = hit.trace.why or reply.why
        billed = hit.trace.billed = vendor.billable(reply) and not operation.free
    except Refused as refused:
        reply = _refuse(hit, refused)
        billed = hit.trace.billed = vendor.billable(reply) and not operation.free
    finally:
        await settle(billed)
    return reply


async def _verified(hit: Hit, kit: Kit, lenient: Account | None) -> Account:
    try:
        account = await hit.vendor.verify(hit.call, kit)
    except Refused as refused:
        hopeless = {Problem.NO_CREDENTIALS, Problem.BAD_CREDENTIALS, Problem.UNAVAILABLE}
        if lenient is None or hopeless.intersection(refused.problems):
            raise
        hit.trace.why = f"strict would refuse: {refused.detail or refused}"
        hit.trace.evidence = refused.evidence
        account = hit.claimed or lenient
    hit.trace.account = account.name
    return account


def _kit(hit: Hit, parts: Parts) -> Kit:
    read = parts.reader(hit)

    async def load(source: Source, limits: Limits) -> Image:
        try:
            image = await parts.load(source, limits)
        except Refused as refused:
            # an operation of several pictures may go on without this one, and nothing else says why
            hit.trace.why = hit.trace.why or refused.detail
            raise
        hit.trace.images.append(image.without_pixels())
        return image

    async def recognize(image: Image, options: Options) -> Recognition:
        recognition = await read(image, options)
        if hit.alter is not None:
            recognition = hit.alter(recognition)
        hit.trace.read.append(recognition)
        hit.trace.read_from.append(image.digest)
        return recognition

    async def once(token: str, until: datetime) -> bool:
        return await parts.once(token, until, hit.call.at)

    return Kit(parts.accounts, load, recognize, once)


def _refuse(hit: Hit, refused: Refused) -> Reply:
    row = hit.vendor.row(refused.why) if isinstance(refused.why, Problem) else refused.why
    hit.trace.why = refused.detail or row.filled(refused.facts).message
    hit.trace.problem = next(iter(refused.problems), OTHER)
    hit.trace.evidence = refused.evidence or hit.trace.evidence
    return hit.vendor.refuse(hit.call, row.filled(refused.facts))
