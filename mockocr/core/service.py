"""What a vendor is: data and plain functions. `ocr(parse, render, limits)` makes the usual
operation.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.image import Image, Limits, Source
from mockocr.core.recognition import Recognition

State = Literal["active", "disabled", "expired", "arrears", "unsubscribed"]


@dataclass(frozen=True, slots=True)
class Credential:
    """One set of credentials of an account at one vendor, by the vendor's own names.

    `state` other than `active` earns the vendor's own refusal; `until` ends the key on the test's
    clock.
    """

    vendor: str
    values: Mapping[str, str]
    state: State = "active"
    until: datetime | None = None

    def refusal(self, at: datetime) -> ErrorKind | None:
        """The problem that a right signature by this key earns at that time, if any."""
        if self.until is not None and at >= self.until:
            return ErrorKind.PACKAGE_EXPIRED
        return _STATES.get(self.state)

    def standing(self, at: datetime) -> str:
        """How the key stands at that time, as a clause for the journal."""
        if self.until is not None and at >= self.until:
            return f"the key ended at {self.until.isoformat()} and it is {at.isoformat()}"
        return f"the state of the key is {self.state!r}"


_STATES: Mapping[str, ErrorKind] = {
    "disabled": ErrorKind.FORBIDDEN,
    "unsubscribed": ErrorKind.FORBIDDEN,
    "expired": ErrorKind.PACKAGE_EXPIRED,
    "arrears": ErrorKind.ARREARS,
}


@dataclass(frozen=True, slots=True)
class Account:
    """One customer with keys at any number of vendors, several per vendor allowed."""

    name: str
    keys: tuple[Credential, ...] = ()

    def key(self, vendor: str) -> Credential:
        """The account's first key at that vendor; KeyError when it has none."""
        for key in self.keys:
            if key.vendor == vendor:
                return key
        raise KeyError(f"account {self.name} has no key for {vendor}")


@dataclass(frozen=True, slots=True)
class Principal:
    """An account together with the one of its keys that a look-up found."""

    account: Account
    key: Credential

    def admit(self, at: datetime) -> Account:
        """The account, unless its key is disabled, ended or in debt: then the refusal for that."""
        problem = self.key.refusal(at)
        if problem is not None:
            raise ApiError(problem, f"{self.key.standing(at)}; account {self.account.name}")
        return self.account


class CredentialLookup(Protocol):
    """Every account there is."""

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        """The holder of the key whose credential `field` (its name in `Vendor.credentials`) has
        that value.
        """
        ...


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a picture is to be read.

    `turn`: find the direction of the text at any angle. `layout`: a whole page, or one single line.
    """

    turn: bool = False
    handwriting: bool = False
    layout: Literal["page", "line"] = "page"


class Engine(Protocol):
    """Reads one picture; `ApiError(ENGINE_FAILED | BUSY)` when it cannot."""

    name: str

    async def recognize(self, image: Image, options: ReadOptions) -> Recognition: ...


@dataclass(frozen=True, slots=True)
class Context:
    """All that a vendor can reach beyond its own folder, bound to one call.

    `once(token, until)` is true the first time a nonce or single-use token is shown before `until`.
    """

    accounts: CredentialLookup
    load: Callable[[Source, Limits], Awaitable[Image]]
    recognize: Callable[[Image, ReadOptions], Awaitable[Recognition]]
    once: Callable[[str, datetime], Awaitable[bool]]


Run = Callable[[Request, Account, Context], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class ServiceOption:
    """A reading of the contract that a setting picks; becomes flag, variable and TOML key by
    itself.

    `name` is appended to the vendor's: `confidence` of tencent is `--tencent-confidence`. An empty
    `values` takes any text that `check` (a regular expression) matches whole.
    """

    name: str
    default: str
    help: str
    values: tuple[str, ...] = ()
    check: str = r".*"

    def accepts(self, value: str) -> bool:
        if self.values:
            return value in self.values
        return re.fullmatch(self.check, value) is not None


@dataclass(frozen=True, slots=True)
class Price:
    """What a billed call costs: yuan, where that is stated, and how many an account has for free
    before. `yuan` 0 means that no source names a price.
    """

    source: str
    yuan: float = 0.0
    free: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint. `path` may hold `{name}` segments. `open`: answered without `verify`.

    `when` tells apart operations that share a path. `source` is where the endpoint is documented.
    `price` is what a source states. `aliases` are older paths of the same operation.
    `free`: never billed and never counted against a quota, whatever the answer.
    """

    name: str
    methods: tuple[str, ...]
    path: str
    run: Run
    source: str
    open: bool = False
    when: Callable[[Request], bool] | None = None
    price: Price | None = None
    aliases: tuple[str, ...] = ()
    free: bool = False


@dataclass(frozen=True, slots=True)
class ResponseSigner:
    """A vendor's signature over its answers, by a private key that each user has made once.

    `name` is the file under which `public` of the key is published. `possible` says whether keys
    can be made at all here, `make` makes one and `good` knows one again. `sealed` gives the answer
    as the vendor sends it; its key is empty where none is possible.
    """

    name: str
    possible: Callable[[], bool]
    make: Callable[[], bytes]
    good: Callable[[bytes], bool]
    public: Callable[[bytes], bytes]
    sealed: Callable[[Request, Response, bytes], Response]


def no_preflight(request: Request) -> Response | None:
    """For vendors whose hosts are not known to answer a browser's CORS preflight."""
    return None


def never(request: Request) -> bool:
    """For vendors whose calls are known by their path or host alone."""
    return False


def as_is(request: Request, response: Response) -> Response:
    """For vendors that put nothing on every answer."""
    return response


@dataclass(frozen=True, slots=True)
class Vendor:
    """One vendor's whole contract.

    `claim` names the credential field and value that the caller claims to own, before any check, so
    that faults and clocks can be tied to accounts. `verify` checks for real and gives the account.
    `sign` returns the call with credentials added, as a client of that account would send it.
    `refuse` turns a row into the vendor's bytes; `stamp` adds what every answer carries.
    `mint(text)` makes fresh, well-formed credentials out of a unique lower-case hex text of 40
    digits. `billable` says whether an answer is paid for. `lifetime` is how long credentials on
    the wire live. `addressed` says whether a call is meant for the vendor though no operation takes
    it, where several share a path; then the vendor says no in its own way.
    `seal` signs the answers of a vendor that does so.
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    operations: tuple[Operation, ...]
    catalogue: tuple[ErrorEntry, ...]
    credentials: Mapping[str, str]
    claim: Callable[[Request], tuple[str, str] | None]
    verify: Callable[[Request, Context], Awaitable[Account]]
    sign: Callable[[Request, Credential], Request]
    refuse: Callable[[Request, ErrorEntry], Response]
    mint: Callable[[str], Mapping[str, str]]
    billable: Callable[[Response], bool]
    body_limit: int
    lifetime: timedelta | None = None
    choices: tuple[ServiceOption, ...] = ()
    stamp: Callable[[Request, Response], Response] = as_is
    preflight: Callable[[Request], Response | None] = no_preflight
    addressed: Callable[[Request], bool] = never
    seal: ResponseSigner | None = None

    def row(self, problem: ErrorKind) -> ErrorEntry:
        """The first row of the catalogue that answers the problem; KeyError when none does."""
        for row in self.catalogue:
            if problem in row.problems:
                return row
        raise KeyError(f"{self.name} has no row for {problem}")
