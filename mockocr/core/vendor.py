"""What a vendor is: data and plain functions. `ocr(parse, render, limits)` makes the usual
operation.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from mockocr.core.image import Image, Limits, Source
from mockocr.core.problem import Problem, Refused, Row
from mockocr.core.text import Recognition
from mockocr.core.wire import Call, Reply

State = Literal["active", "disabled", "expired", "arrears", "unsubscribed"]


@dataclass(frozen=True, slots=True)
class Key:
    """One set of credentials of an account at one vendor, by the vendor's own names.

    `state` other than `active` earns the vendor's own refusal; `until` ends the key on the test's
    clock.
    """

    vendor: str
    values: Mapping[str, str]
    state: State = "active"
    until: datetime | None = None

    def refusal(self, at: datetime) -> Problem | None:
        """The problem that a right signature by this key earns at that time, if any."""
        if self.until is not None and at >= self.until:
            return Problem.PACKAGE_EXPIRED
        return _STATES.get(self.state)

    def standing(self, at: datetime) -> str:
        """How the key stands at that time, as a clause for the journal."""
        if self.until is not None and at >= self.until:
            return f"the key ended at {self.until.isoformat()} and it is {at.isoformat()}"
        return f"the state of the key is {self.state!r}"


_STATES: Mapping[str, Problem] = {
    "disabled": Problem.FORBIDDEN,
    "unsubscribed": Problem.FORBIDDEN,
    "expired": Problem.PACKAGE_EXPIRED,
    "arrears": Problem.ARREARS,
}


@dataclass(frozen=True, slots=True)
class Account:
    """One customer with keys at any number of vendors, several per vendor allowed."""

    name: str
    keys: tuple[Key, ...] = ()

    def key(self, vendor: str) -> Key:
        """The account's first key at that vendor; KeyError when it has none."""
        for key in self.keys:
            if key.vendor == vendor:
                return key
        raise KeyError(f"account {self.name} has no key for {vendor}")


@dataclass(frozen=True, slots=True)
class Holder:
    """An account together with the one of its keys that a look-up found."""

    account: Account
    key: Key

    def admit(self, at: datetime) -> Account:
        """The account, unless its key is disabled, ended or in debt: then the refusal for that."""
        problem = self.key.refusal(at)
        if problem is not None:
            raise Refused(problem, f"{self.key.standing(at)}; account {self.account.name}")
        return self.account


class Accounts(Protocol):
    """Every account there is."""

    async def find(self, vendor: str, field: str, value: str) -> Holder | None:
        """The holder of the key whose credential `field` (its name in `Vendor.credentials`) has
        that value.
        """
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """How a picture is to be read.

    `turn`: find the direction of the text at any angle. `layout`: a whole page, or one single line.
    """

    turn: bool = False
    handwriting: bool = False
    layout: Literal["page", "line"] = "page"


class Engine(Protocol):
    """Reads one picture; `Refused(ENGINE_FAILED | BUSY)` when it cannot."""

    name: str

    async def recognize(self, image: Image, options: Options) -> Recognition: ...


@dataclass(frozen=True, slots=True)
class Kit:
    """All that a vendor can reach beyond its own folder, bound to one call.

    `once(token, until)` is true the first time a nonce or single-use token is shown before `until`.
    """

    accounts: Accounts
    load: Callable[[Source, Limits], Awaitable[Image]]
    recognize: Callable[[Image, Options], Awaitable[Recognition]]
    once: Callable[[str, datetime], Awaitable[bool]]


Run = Callable[[Call, Account, Kit], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Choice:
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
    when: Callable[[Call], bool] | None = None
    price: Price | None = None
    aliases: tuple[str, ...] = ()
    free: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
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
    sealed: Callable[[Call, Reply, bytes], Reply]


def no_preflight(call: Call) -> Reply | None:
    """For vendors whose hosts are not known to answer a browser's CORS preflight."""
    return None


def never(call: Call) -> bool:
    """For vendors whose calls are known by their path or host alone."""
    return False


def as_is(call: Call, reply: Reply) -> Reply:
    """For vendors that put nothing on every answer."""
    return reply


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
    catalogue: tuple[Row, ...]
    credentials: Mapping[str, str]
    claim: Callable[[Call], tuple[str, str] | None]
    verify: Callable[[Call, Kit], Awaitable[Account]]
    sign: Callable[[Call, Key], Call]
    refuse: Callable[[Call, Row], Reply]
    mint: Callable[[str], Mapping[str, str]]
    billable: Callable[[Reply], bool]
    body_limit: int
    lifetime: timedelta | None = None
    choices: tuple[Choice, ...] = ()
    stamp: Callable[[Call, Reply], Reply] = as_is
    preflight: Callable[[Call], Reply | None] = no_preflight
    addressed: Callable[[Call], bool] = never
    seal: Seal | None = None

    def row(self, problem: Problem) -> Row:
        """The first row of the catalogue that answers the problem; KeyError when none does."""
        for row in self.catalogue:
            if problem in row.problems:
                return row
        raise KeyError(f"{self.name} has no row for {problem}")
