"""Controls a running server from a test: one object per account, one attribute per operation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack, cast
from urllib.parse import quote, urlencode

from mockocr.testing._arguments import AnswerOptions, Filters, Limits, RuleOptions
from mockocr.testing._handles import OperationHandle, VendorHandle
from mockocr.testing._namespaces import Namespaces
from mockocr.testing._remote import ControlError, Remote

if TYPE_CHECKING:
    from mockocr.control.documents.reports import RequestDetail, RequestSummary
    from mockocr.samples.specimens import Specimen

__all__ = [
    "ControlError",
    "EvictedError",
    "OperationHandle",
    "Remote",
    "Session",
    "VendorHandle",
    "connect",
]


class EvictedError(AssertionError):
    """The journal lost requests, so a test cannot rely on what it does not show."""


class Session(Namespaces):
    """One account on one server.

    `credentials` are by vendor name. Each namespace is an attribute, and each operation is an
    attribute of its namespace: `session.tencent.general`. Faults and answers apply to `account`;
    None, as in `mockocr.running()`, means all accounts. `asgi` is the same server without a socket,
    for `httpx.ASGITransport`, if it runs in this process.
    """

    def __init__(
        self,
        url: str,
        name: str,
        credentials: Mapping[str, Any],
        *,
        own: bool,
        asgi: Callable[[Any, Any, Any], Awaitable[None]] | None = None,
    ) -> None:
        self._remote = Remote(url)
        self.url = self._remote.url
        self.name = name
        self._expected: set[str] = set()
        self.asgi = asgi
        self.account = name if own else None
        self.credentials: Mapping[str, Mapping[str, str]] = dict(credentials)
        self._operations: dict[str, dict[str, Any]] = {}
        self._vendors: dict[str, str] = {}
        for vendor in self._remote.request("GET", "/vendors")["vendors"]:
            for service in vendor["services"]:
                self._vendors[service["namespace"]] = vendor["name"]
                operations = self._operations.setdefault(service["namespace"], {})
                operations |= {operation["name"]: operation for operation in service["operations"]}
        self._evicted, self._mark = self._evidence()

    if not TYPE_CHECKING:  # type checkers know the namespaces of `Namespaces` alone

        def __getattr__(self, name: str) -> VendorHandle:
            return self.vendor(name)

    def vendor(self, namespace: str) -> VendorHandle:
        """The services of that namespace; AttributeError without one. For a vendor of your own,
        which type checkers do not know as an attribute.
        """
        operations = self.__dict__.get("_operations", {})
        if namespace not in operations:
            from mockocr.core.validation import nearest  # not when the plugin is loaded

            raise AttributeError(f"no vendor {namespace!r}{nearest(namespace, operations)}")
        return VendorHandle(self, namespace, self._vendors[namespace], operations[namespace])

    def fail(self, fault: str, *, times: int | None = 1, **order: Unpack[RuleOptions]) -> str:
        """Queue a fault for all operations; see `OperationHandle.fail`."""
        return self._fault("*", fault, {"times": times, **order})

    def answers(
        self, lines: Sequence[Any] = (), *, times: int | None = 1, **order: Unpack[AnswerOptions]
    ) -> str:
        """Script the recognition results of all operations; see `OperationHandle.answers`."""
        return self._answer("*", lines, {"times": times, **order})

    def specimen(self, kind: str, seed: int = 1, finish: str = "clean") -> Specimen:
        """A picture of a whole document with known fields: `.image` as bytes, `.fields`, `.items`.

        `kind` is that of `mockocr specimen --list`, `finish` is `clean`, `scan` or `photo`. The
        extra `specimens` must be installed.
        """
        from mockocr.samples import specimens  # its libraries are optional

        return specimens.specimen(kind, seed, finish)

    def requests(self, operation: str = "", **filters: Unpack[Filters]) -> list[RequestSummary]:
        """The account's requests, newest first: rows of `GET /_mockocr/requests`.

        `operation` is a name with or without its vendor; ControlError if no operation or vendor has
        the name. EvictedError if the journal evicted any
        since the session began, or if it was cleared: an empty list would prove nothing.
        """
        query = {"operation": operation, "account": self.account, **filters}
        return self._rows({name: value for name, value in query.items() if value not in (None, "")})

    def _rows(self, filters: Mapping[str, Any]) -> list[RequestSummary]:
        document = self._remote.request("GET", f"/requests?{urlencode(filters)}")
        if document["mark"] != self._mark:
            raise EvictedError("the journal was cleared by another client since this session began")
        gone = document["evicted"] - self._evicted
        if gone > 0:
            raise EvictedError(
                f"the journal evicted {gone} requests: look earlier, or make it larger"
                " (--journal-mb, journal_bytes)"
            )
        return cast("list[RequestSummary]", document["requests"])

    def request(self, id: str) -> RequestDetail:
        """A whole request by its id, which the response header X-Mockocr-Request holds."""
        document = self._remote.request("GET", f"/requests/{quote(id, safe='')}")
        return cast("RequestDetail", document)

    def clear_requests(self) -> None:
        """Clear the journal of the whole server."""
        self._remote.request("DELETE", "/requests")
        self._evicted, self._mark = self._evidence()

    def refusals(self) -> list[RequestSummary]:
        """Requests that the server refused without an injected fault."""
        return [row for row in self.requests() if row["problem"] and not row["fault"]]

    def unauthenticated(self) -> list[RequestSummary]:
        """Refused requests of any client that belong to no account: missing or mistyped
        credentials, an unknown path.
        """
        rows = self._rows({"account": ""})
        return [row for row in rows if row["problem"] and not row["fault"]]

    def unused(self) -> list[str]:
        """The faults and scripted answers of this account that no request met, each as a sentence
        for the tester.
        """
        found = []
        for name, what in (("faults", "fault"), ("answers", "scripted answer")):
            for rule in self._remote.request("GET", f"/{name}")[name]:
                if rule["account"] == self.account and not rule["used"]:
                    text = rule["fault"] if name == "faults" else _first_text(rule)
                    found.append(f"{what} {text!r} for {rule['operation']} was never used")
        return found

    def expect(self, *problems: str) -> None:
        """Declare that the test expects refusals for these neutral problems: `bad_signature`,
        `expired` …, `other` for those that only the vendor names. After `quota`, refusals for the
        quota are expected.
        """
        self._expected.update(problems)

    def unexpected(self, unauthenticated: Sequence[RequestSummary] = ()) -> list[RequestSummary]:
        """Refusals, with the `unauthenticated` ones, that are due neither to a fault, nor to a
        quota of this session, nor declared by `expect`.
        """
        rows = [*self.refusals(), *unauthenticated]
        return [row for row in rows if row["problem"] not in self._expected]

    def freeze(self, at: datetime | str) -> None:
        """Stop the account's clock at this time."""
        now = at if isinstance(at, str) else at.isoformat()
        self._remote.request("PUT", "/clock", {"now": now, "account": self.account})

    def advance(self, seconds: float) -> None:
        """Move the account's clock forward."""
        self._remote.request("PUT", "/clock", {"advance": seconds, "account": self.account})

    def scenario(self, document: Mapping[str, Any] | str) -> dict[str, Any]:
        """Set up a scenario for this account: a document as for `POST /_mockocr/scenario`, or the
        name of one that is in the package, as `quota-runs-out`. KeyError for an unknown name.
        """
        if isinstance(document, str):
            from mockocr.samples import scenarios  # the plugin loads this module in every run

            document = scenarios.find(document)
        tied = document if self.account is None else {"account": self.account, **document}
        made: dict[str, Any] = self._remote.request("POST", "/scenario", tied)
        return made

    def bill(self) -> dict[str, Any]:
        """Calls, billable calls and cost."""
        query = f"?account={quote(self.name)}" if self.account else ""
        document: dict[str, Any] = self._remote.request("GET", f"/bill{query}")
        return document

    def account_of_its_own(self, **wanted: Any) -> Session:
        """A session for a fresh account. `wanted` is the body of `POST /_mockocr/accounts`."""
        made = self._remote.request("POST", "/accounts", wanted)
        return Session(self.url, made["name"], made["credentials"], own=True, asgi=self.asgi)

    def close(self) -> None:
        """Remove the fresh account with its faults, answers, quotas and clock."""
        if self.account is not None:
            self._remote.request("DELETE", f"/accounts/{self.account}")

    def reset(self) -> None:
        """Return the whole server to its start."""
        self._remote.request("POST", "/reset")
        self._evicted, self._mark = self._evidence()

    def _fault(self, operation: str, fault: str, order: Mapping[str, Any]) -> str:
        value = {"operation": operation, "fault": fault, "account": self.account, **order}
        return str(self._remote.request("POST", "/faults", value)["id"])

    def _answer(self, operation: str, lines: Sequence[Any], order: Mapping[str, Any]) -> str:
        value = {"operation": operation, "lines": list(lines), "account": self.account, **order}
        return str(self._remote.request("POST", "/answers", value)["id"])

    def _quota(self, operation: str, limits: Limits) -> dict[str, Any]:
        self.expect("quota_exceeded", "rate_limited")
        place = f"/quotas/{self.name}/{operation}"
        document: dict[str, Any] = self._remote.request("PUT", place, limits)
        return document

    def _evidence(self) -> tuple[int, str]:
        """How many requests the journal evicted, and the token that changes when it is cleared."""
        document = self._remote.request("GET", "/requests?limit=0")
        return int(document["evicted"]), str(document["mark"])


def connect(url: str) -> Session:
    """A session for the account `dev` on the server at `url`. OSError if none answers there."""
    vendors = Remote(url).request("GET", "/vendors")["vendors"]
    dev = {vendor["name"]: vendor["credentials"] for vendor in vendors}
    return Session(url, "dev", dev, own=False)


def _first_text(answer: Mapping[str, Any]) -> str:
    texts = [line.get("text", "") for line in answer["lines"]]
    return str(next(iter([*texts, *(answer["fields"] or {}).values()]), ""))
