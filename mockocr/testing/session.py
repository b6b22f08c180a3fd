"""Steers a running server from a test: one object per account, one attribute per operation."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode


class ControlError(Exception):
    """The server did not do what was asked; the text is its own sentence."""


class EvictedError(AssertionError):
    """The journal lost requests, so nothing can be said about what did not happen."""


class Remote:
    """The control routes of one server, as calls."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        # a proxy in the environment must not come between a test and its own machine
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, method: str, path: str, value: Any = None) -> Any:
        """The JSON that came back, None when there was none; ControlError on 4xx and 5xx."""
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(
            f"{self.url}/_mockocr{path}",
            data=data,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=60) as response:
                raw = response.read()
        except urllib.error.HTTPError as error:
            with error:
                raise ControlError(_sentence(error.read(), error.code)) from None
        return json.loads(raw) if raw else None


class Session:
    """One account on one server.

    `credentials` are by vendor name; each vendor is an attribute, each operation one of that.
    Faults and answers are tied to `account`; None, as in `mockocr.running()`, means every account.
    `asgi` is the same server without the socket, for `httpx.ASGITransport`, where it runs in this
    process.
    """

    def __init__(
        self,
        url: str,
        name: str,
        credentials: Mapping[str, Any],
        *,
        own: bool,
        asgi: Callable[..., Awaitable[None]] | None = None,
    ) -> None:
        self._remote = Remote(url)
        self.url = self._remote.url
        self.name = name
        self._expected: set[str] = set()
        self.asgi = asgi
        self.account = name if own else None
        self.credentials: Mapping[str, Mapping[str, str]] = dict(credentials)
        self._operations = {
            vendor["name"]: {operation["name"]: operation for operation in vendor["operations"]}
            for vendor in self._remote.ask("GET", "/vendors")["vendors"]
        }
        self._evicted, self._mark = self._evidence()

    def __getattr__(self, name: str) -> VendorHandle:
        operations = self.__dict__.get("_operations", {})
        if name not in operations:
            raise AttributeError(f"no vendor {name!r}; there are {', '.join(operations)}")
        return VendorHandle(self, name, operations[name])

    def fail(self, fault: str, **order: Any) -> str:
        """Queue a fault for every operation; see `OperationHandle.fail`."""
        return self._fault("*", fault, order)

    def answers(self, lines: Sequence[Any], **order: Any) -> str:
        """Script what is read by any operation; see `OperationHandle.answers`."""
        return self._answer("*", lines, order)

    def requests(self, operation: str = "", **filters: Any) -> list[dict[str, Any]]:
        """The account's requests, newest first: rows of `GET /_mockocr/requests`.

        `operation` is a name with its vendor or without. EvictedError when the journal dropped any
        since the session began, or somebody else cleared it: an empty list would prove nothing.
        """
        query = {"operation": operation, "account": self.account, **filters}
        return self._rows({name: value for name, value in query.items() if value not in (None, "")})

    def _rows(self, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
        document = self._remote.ask("GET", f"/requests?{urlencode(filters)}")
        if document["mark"] != self._mark:
            raise EvictedError("the journal was cleared by somebody else since this session began")
        gone = document["evicted"] - self._evicted
        if gone > 0:
            raise EvictedError(
                f"the journal dropped {gone} requests: ask earlier, or give it more room"
                " (--journal-mb, journal_bytes)"
            )
        rows: list[dict[str, Any]] = document["requests"]
        return rows

    def request(self, id: str) -> dict[str, Any]:
        """One request whole, as the header X-Mockocr-Request of its answer names it."""
        document: dict[str, Any] = self._remote.ask("GET", f"/requests/{quote(id, safe='')}")
        return document

    def clear_requests(self) -> None:
        """Empty the whole server's journal, and count from here on."""
        self._remote.ask("DELETE", "/requests")
        self._evicted, self._mark = self._evidence()

    def refusals(self) -> list[dict[str, Any]]:
        """Requests that were refused without a fault having asked for it."""
        return [row for row in self.requests() if row["problem"] and not row["fault"]]

    def strangers(self) -> list[dict[str, Any]]:
        """Refused requests that named no account that there is, whoever sent them: credentials
        forgotten or mistyped, a path that nobody serves.
        """
        rows = self._rows({"account": ""})
        return [row for row in rows if row["problem"] and not row["fault"]]

    def expect(self, *problems: str) -> None:
        """Say that refusals for these neutral problems are wanted (`bad_signature`, `expired` …,
        `other` where only the vendor has a word for it); those of a quota are, once this session
        has set one.
        """
        self._expected.update(problems)

    def unexpected(self, strangers: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
        """Refusals, and strangers' ones, that neither a fault, nor a quota of this session, nor
        `expect` asked for.
        """
        rows = [*self.refusals(), *strangers]
        return [row for row in rows if row["problem"] not in self._expected]

    def freeze(self, at: datetime | str) -> None:
        """Stop the account's clock."""
        now = at if isinstance(at, str) else at.isoformat()
        self._remote.ask("PUT", "/clock", {"now": now, "account": self.account})

    def advance(self, seconds: float) -> None:
        """Move the account's clock."""
        self._remote.ask("PUT", "/clock", {"advance": seconds, "account": self.account})

    def scenario(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Play a scenario for this account."""
        tied = document if self.account is None else {"account": self.account, **document}
        made: dict[str, Any] = self._remote.ask("POST", "/scenario", tied)
        return made

    def usage(self) -> dict[str, Any]:
        """Calls, billable calls and cost."""
        query = f"?account={quote(self.name)}" if self.account else ""
        document: dict[str, Any] = self._remote.ask("GET", f"/bill{query}")
        return document

    def account_of_its_own(self, **wanted: Any) -> Session:
        """A session on a fresh account, as `POST /_mockocr/accounts` makes it."""
        made = self._remote.ask("POST", "/accounts", wanted)
        return Session(self.url, made["name"], made["credentials"], own=True, asgi=self.asgi)

    def close(self) -> None:
        """Take the fresh account away, with all that is tied to it."""
        if self.account is not None:
            self._remote.ask("DELETE", f"/accounts/{self.account}")

    def reset(self) -> None:
        """Put the whole server back to its start."""
        self._remote.ask("POST", "/reset")
        self._evicted, self._mark = self._evidence()

    def _fault(self, operation: str, fault: str, order: Mapping[str, Any]) -> str:
        value = {"operation": operation, "fault": fault, "account": self.account, **order}
        return str(self._remote.ask("POST", "/faults", value)["id"])

    def _answer(self, operation: str, lines: Sequence[Any], order: Mapping[str, Any]) -> str:
        value = {"operation": operation, "lines": list(lines), "account": self.account, **order}
        return str(self._remote.ask("POST", "/answers", value)["id"])

    def _quota(self, operation: str, limits: Mapping[str, int | None]) -> dict[str, Any]:
        self.expect("quota_exceeded", "rate_limited")
        place = f"/quotas/{self.name}/{operation}"
        document: dict[str, Any] = self._remote.ask("PUT", place, limits)
        return document

    def _evidence(self) -> tuple[int, str]:
        """How many requests are gone, and the mark of the journal that says so."""
        document = self._remote.ask("GET", "/requests?limit=0")
        return int(document["evicted"]), str(document["mark"])


class VendorHandle:
    """One vendor as this account sees it."""

    def __init__(self, session: Session, name: str, operations: Mapping[str, Any]) -> None:
        self._session = session
        self._name = name
        self._operations = operations
        self.url = f"{session.url}/{name}"

    @property
    def credentials(self) -> Mapping[str, str]:
        """The account's credentials, by the vendor's own names."""
        return self._session.credentials[self._name]

    def __getattr__(self, name: str) -> OperationHandle:
        operations = self.__dict__.get("_operations", {})
        if name not in operations:
            raise AttributeError(f"no operation {name!r}; there are {', '.join(operations)}")
        return OperationHandle(self._session, f"{self._name}.{name}", operations[name]["path"])

    def fail(self, fault: str, **order: Any) -> str:
        """Queue a fault for all of the vendor's operations."""
        return self._session._fault(f"{self._name}.*", fault, order)


class OperationHandle:
    """One operation as this account sees it."""

    def __init__(self, session: Session, name: str, path: str) -> None:
        self._session = session
        self.name = name
        self.path = path
        self.url = f"{session.url}/{name.partition('.')[0]}{path}"

    def fail(self, fault: str, *, times: int | None = 1, **order: Any) -> str:
        """Queue a fault (`error=9`, `delay=0.2,truncated` …) and give its id. `times` None: until
        deleted. `order`: `after`, `probability`, `seed`.
        """
        return self._session._fault(self.name, fault, {"times": times, **order})

    def answers(self, lines: Sequence[Any], *, times: int | None = 1, **order: Any) -> str:
        """Script what is read: texts, or objects with text and box. `order`: `image_sha256`,
        `angle`, `after`.
        """
        return self._session._answer(self.name, lines, {"times": times, **order})

    def quota(self, **limits: int | None) -> dict[str, Any]:
        """Set `left`, `per_second`, `per_day`; None lifts one."""
        return self._session._quota(self.name, limits)

    def requests(self, **filters: Any) -> list[dict[str, Any]]:
        """The account's requests to this operation, newest first."""
        return self._session.requests(self.name, **filters)


def connect(url: str) -> Session:
    """A session on `dev` of a server that runs elsewhere; OSError when nothing answers there."""
    vendors = Remote(url).ask("GET", "/vendors")["vendors"]
    dev = {vendor["name"]: vendor["credentials"] for vendor in vendors}
    return Session(url, "dev", dev, own=False)


def _sentence(raw: bytes, status: int) -> str:
    try:
        return str(json.loads(raw)["error"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered {status}: {raw[:200]!r}"
