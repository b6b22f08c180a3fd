"""One request on its way to a response, and the audit of what happened to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import msgspec.structs

from mockocr.core.account import CredentialStore, Principal
from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind, Evidence
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Source
from mockocr.core.operation import Operation
from mockocr.core.recognition import Recognition
from mockocr.core.service import Service, Vendor

OTHER = "other"
"""The journal's word for an error that has no neutral kind."""


class LoadedImage(msgspec.Struct, frozen=True):
    """A picture that was loaded for a request, without its pixels, and where it came from."""

    image: Image
    source: Source


class Audit(msgspec.Struct):
    """What the journal, the usage and the metrics need to know about a request; filled on the way.

    `account` is the claimed or verified one. `problem` is an `ErrorKind` or `OTHER` if the request
    was refused, `why` one sentence about that (or why strict auth would refuse it, or about a
    picture that was skipped). `fault` is what was injected. `recognitions` are pairs of the
    picture's digest and what was recognised in it. `units` are what is paid for if it is `billed`,
    and `unit_price` what each of them costs, if that is not the operation's price.
    """

    account: str = ""
    why: str = ""
    problem: str = ""
    evidence: Evidence | None = None
    fault: str = ""
    images: list[LoadedImage] = msgspec.field(default_factory=list)
    recognitions: list[tuple[str, Recognition]] = msgspec.field(default_factory=list)
    billed: bool = False
    units: int = 1
    unit_price: float | None = None

    @property
    def unavailable(self) -> bool:
        """Whether the request was already refused because the store does not answer."""
        return self.problem == ErrorKind.UNAVAILABLE


class CredentialLookup:
    """Finds credentials at one vendor, each at most once per request."""

    def __init__(self, store: CredentialStore, vendor: str) -> None:
        self._store = store
        self._vendor = vendor
        self._found: dict[tuple[str, str], Principal | None] = {}

    async def find(self, field: str, value: str) -> Principal | None:
        key = (field, value)
        if key not in self._found:
            self._found[key] = await self._store.find(self._vendor, field, value)
        return self._found[key]


class Exchange(msgspec.Struct, frozen=True):
    """A request on its way to a response: the vendor, the service and the operation that it is for
    (None if no operation matches).

    `claimed` is the principal that the request names, unverified, and `credentials` the lookup that
    found it. `refusal` makes the pipeline refuse at once (a fault, an unknown path). `alter`
    degrades what is recognised (a fault).
    """

    vendor: Vendor
    service: Service
    operation: Operation | None
    request: Request
    audit: Audit = msgspec.field(default_factory=Audit)
    claimed: Principal | None = None
    credentials: CredentialLookup | None = None
    refusal: ApiError | None = None
    alter: Callable[[Recognition], Recognition] | None = None

    def replaced(self, **changes: Any) -> Exchange:
        """A copy with some fields changed."""
        return msgspec.structs.replace(self, **changes)

    @property
    def operation_name(self) -> str:
        """The operation's name, empty if none matches."""
        return self.operation.name if self.operation else ""

    @property
    def name(self) -> str:
        """The public operation id, as in `tencent.general`; ends in a dot for an unknown path."""
        return f"{self.service.namespace}.{self.operation_name}"


Handler = Callable[[Exchange], Awaitable[Response]]
Recognize = Callable[[Image, ReadOptions], Awaitable[Recognition]]


def refuse(exchange: Exchange, error: ApiError) -> Response:
    """The vendor's complete response to an error; the audit tells the journal why."""
    return exchange.service.add_headers(exchange.request, render_error(exchange, error))


def render_error(exchange: Exchange, error: ApiError) -> Response:
    """The vendor's response to an error, before `Service.add_headers`; noted in the audit."""
    service = exchange.service
    entry: ErrorEntry = service.errors.entry(error, exchange.operation_name)
    entry = entry.filled(error.facts)
    audit = exchange.audit
    audit.why = error.detail or entry.message
    audit.problem = error.kind or OTHER
    audit.evidence = error.evidence or audit.evidence
    return service.render_error(exchange.request, entry)
