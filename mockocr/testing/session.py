"""Controls a running server from a test: one object per account, one attribute per operation."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

__all__ = [
    "ControlError",
    "EvictedError",
    "OperationHandle",
    "Remote",
    "Session",
    "VendorHandle",
    "connect",
]


class ControlError(Exception):
    """The server refused a control request. The text is its own sentence."""


class EvictedError(AssertionError):
    """The journal lost requests, so a test cannot rely on what it does not show."""


class Remote:
    """A client of the control routes of one server. `token` is the server's `--control-token`, by
    default that of the variable `MOCKOCR_CONTROL_TOKEN`.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json"}
        if token is None:
            token = os.environ.get("MOCKOCR_CONTROL_TOKEN", "")
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        # ignore a proxy in the environment: the server is usually on this machine
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def request(self, method: str, path: str, value: Any = None) -> Any:
        """The JSON of the response, None if it is empty. ControlError on 4xx and 5xx."""
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(
            f"{self.url}/_mockocr{path}",
            data=data,
            method=method,
            headers=self._headers,
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

    def __getattr__(self, name: str) -> VendorHandle:
        operations = self.__dict__.get("_operations", {})
        if name not in operations:
            raise AttributeError(f"no vendor {name!r}; there are {', '.join(operations)}")
        return VendorHandle(self, name, self._vendors[name], operations[name])

    def fail(self, fault: str, **order: Any) -> str:
        """Queue a fault for all operations; see `OperationHandle.fail`."""
        return self._fault("*", fault, order)

    def answers(self, lines: Sequence[Any], **order: Any) -> str:
        """Script the recognition results of all operations; see `OperationHandle.answers`."""
        return self._answer("*", lines, order)

    def requests(self, operation: str = "", **filters: Any) -> list[dict[str, Any]]:
        """The account's requests, newest first: rows of `GET /_mockocr/requests`.

        `operation` is a name with or without its vendor. EvictedError if the journal evicted any
        since the session began, or if it was cleared: an empty list would prove nothing.
        """
        query = {"operation": operation, "account": self.account, **filters}
        return self._rows({name: value for name, value in query.items() if value not in (None, "")})

    def _rows(self, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
        document = self._remote.request("GET", f"/requests?{urlencode(filters)}")
        if document["mark"] != self._mark:
            raise EvictedError("the journal was cleared by another client since this session began")
        gone = document["evicted"] - self._evicted
        if gone > 0:
            raise EvictedError(
                f"the journal evicted {gone} requests: look earlier, or make it larger"
                " (--journal-mb, journal_bytes)"
            )
        rows: list[dict[str, Any]] = document["requests"]
        return rows

    def request(self, id: str) -> dict[str, Any]:
        """A whole request by its id, which the response header X-Mockocr-Request holds."""
        document: dict[str, Any] = self._remote.request("GET", f"/requests/{quote(id, safe='')}")
        return document

    def clear_requests(self) -> None:
        """Clear the journal of the whole server."""
        self._remote.request("DELETE", "/requests")
        self._evicted, self._mark = self._evidence()

    def refusals(self) -> list[dict[str, Any]]:
        """Requests that the server refused without an injected fault."""
        return [row for row in self.requests() if row["problem"] and not row["fault"]]

    def unauthenticated(self) -> list[dict[str, Any]]:
        """Refused requests of any client that belong to no account: missing or mistyped
        credentials, an unknown path.
        """
        rows = self._rows({"account": ""})
        return [row for row in rows if row["problem"] and not row["fault"]]

    def expect(self, *problems: str) -> None:
        """Declare that the test expects refusals for these neutral problems: `bad_signature`,
        `expired` …, `other` for those that only the vendor names. After `quota`, refusals for the
        quota are expected.
        """
        self._expected.update(problems)

    def unexpected(self, unauthenticated: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
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

    def scenario(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Set up a scenario for this account; see `POST /_mockocr/scenario`."""
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

    def _quota(self, operation: str, limits: Mapping[str, int | None]) -> dict[str, Any]:
        self.expect("quota_exceeded", "rate_limited")
        place = f"/quotas/{self.name}/{operation}"
        document: dict[str, Any] = self._remote.request("PUT", place, limits)
        return document

    def _evidence(self) -> tuple[int, str]:
        """How many requests the journal evicted, and the token that changes when it is cleared."""
        document = self._remote.request("GET", "/requests?limit=0")
        return int(document["evicted"]), str(document["mark"])


class VendorHandle:
    """The services of one vendor that share a namespace, for one account."""

    def __init__(
        self, session: Session, namespace: str, vendor: str, operations: Mapping[str, Any]
    ) -> None:
        self._session = session
        self._namespace = namespace
        self._vendor = vendor
        self._operations = operations
        self.url = f"{session.url}/{namespace}"

    @property
    def credentials(self) -> Mapping[str, str]:
        """The account's credentials, by the vendor's own names."""
        return self._session.credentials[self._vendor]

    def __getattr__(self, name: str) -> OperationHandle:
        operations = self.__dict__.get("_operations", {})
        if name not in operations:
            raise AttributeError(f"no operation {name!r}; there are {', '.join(operations)}")
        return OperationHandle(self._session, f"{self._namespace}.{name}", operations[name]["path"])

    def fail(self, fault: str, **order: Any) -> str:
        """Queue a fault for all operations of the namespace."""
        return self._session._fault(f"{self._namespace}.*", fault, order)


class OperationHandle:
    """One operation, for one account."""

    def __init__(self, session: Session, name: str, path: str) -> None:
        self._session = session
        self.name = name
        self.path = path
        self.url = f"{session.url}/{name.partition('.')[0]}{path}"

    def fail(self, fault: str, *, times: int | None = 1, **order: Any) -> str:
        """Queue a fault (`error=9`, `delay=0.2,truncated` …) and return its id.

        With `times` None it lasts until it is deleted. `order` takes `after`, `probability` and
        `seed`.
        """
        return self._session._fault(self.name, fault, {"times": times, **order})

    def answers(self, lines: Sequence[Any], *, times: int | None = 1, **order: Any) -> str:
        """Script the recognition result: lines as texts, or as objects with text and box. Return
        the id. `order` takes `image_sha256`, `angle` and `after`.
        """
        return self._session._answer(self.name, lines, {"times": times, **order})

    def quota(self, **limits: int | None) -> dict[str, Any]:
        """Set the limits `left`, `per_second` and `per_day`; None removes one."""
        return self._session._quota(self.name, limits)

    def requests(self, **filters: Any) -> list[dict[str, Any]]:
        """The account's requests to this operation, newest first."""
        return self._session.requests(self.name, **filters)


def connect(url: str) -> Session:
    """A session for the account `dev` on the server at `url`. OSError if none answers there."""
    vendors = Remote(url).request("GET", "/vendors")["vendors"]
    dev = {vendor["name"]: vendor["credentials"] for vendor in vendors}
    return Session(url, "dev", dev, own=False)


def _sentence(raw: bytes, status: int) -> str:
    try:
        return str(json.loads(raw)["error"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered {status}: {raw[:200]!r}"
