"""Which vendor and operation a request is for: by prefix, by Host, then by path."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from urllib.parse import unquote

from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Request, Response
from mockocr.core.service import Account, Context, Operation, Vendor

_PLACES, _SHORT = 1024, 1024
"""Places that are remembered, and characters of host and path up to which they are."""


@dataclass(frozen=True, slots=True)
class Match:
    """One operation whose path fits, with the values of its `{name}` segments."""

    vendor: Vendor
    operation: Operation
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """What is known before the body is read: where the path fits, and whose 404 it is if
    nowhere.
    """

    prefix: str
    target: str
    path: str
    matches: tuple[Match, ...]
    fallback: Vendor

    @property
    def body_limit(self) -> int:
        return max([m.vendor.body_limit for m in self.matches] or [self.fallback.body_limit])

    def choose(self, request: Request) -> tuple[Vendor, Match | None, ErrorKind | None]:
        """The operation for the call, or the vendor that says no and why."""
        fitting = [m for m in self.matches if m.operation.when is None or m.operation.when(request)]
        for match in fitting:
            if request.method in match.operation.methods:
                return match.vendor, match, None
        if fitting:
            return fitting[0].vendor, None, ErrorKind.WRONG_METHOD
        meant = (m.vendor for m in self.matches if m.vendor.addressed(request))
        return next(meant, self.fallback), None, ErrorKind.NO_SUCH_OPERATION


class Router:
    """Finds routes. Paths fit whole, segment by segment, percent-decoded."""

    def __init__(self, vendors: Sequence[Vendor]) -> None:
        self._vendors = {vendor.name: vendor for vendor in vendors}
        self._hosts = {host: vendor for vendor in vendors for host in vendor.hosts}
        self._patterns = [
            (re.compile(_host_pattern(host)), vendor)
            for host, vendor in self._hosts.items()
            if "*" in host or "{" in host
        ]
        self._paths = [
            (vendor, operation, _segments(path))
            for vendor in vendors
            for operation in vendor.operations
            for path in (operation.path, *operation.aliases)
        ]
        self._placed = lru_cache(_PLACES)(self._place)

    def find(self, host: str, target: str) -> Route:
        """`target` is raw, path and query as sent; `host` the Host header's value."""
        path, question, query = target.partition("?")
        short = len(host) + len(path) <= _SHORT
        route = self._placed(host, path) if short else self._place(host, path)
        return replace(route, target=route.target + question + query) if question else route

    def _place(self, host: str, raw_path: str) -> Route:
        first = raw_path.split("/", 2)[1:2]
        owner = self._vendors.get(first[0]) if first else None
        prefix = f"/{owner.name}" if owner else ""
        raw_path = raw_path[len(prefix) :] or "/"
        owner = owner or self.owner(host)
        path = unquote(raw_path)
        segments = _segments(raw_path)
        matches = tuple(
            Match(vendor, operation, params)
            for vendor, operation, template in self._paths
            if (owner is None or vendor is owner)
            and (params := _fit(template, segments)) is not None
        )
        fallback = owner or self._nearest(segments)
        return Route(prefix, raw_path, path, matches, fallback)

    def owner(self, host: str) -> Vendor | None:
        """The vendor that a host name belongs to; a leading `*.` or `{region}` in `hosts` matches
        one label.
        """
        name = re.sub(r":\d+$", "", host).lower().rstrip(".")
        exact = self._hosts.get(name)
        if exact is not None:
            return exact
        for pattern, vendor in self._patterns:
            if pattern.fullmatch(name):
                return vendor
        return None

    def _nearest(self, segments: Sequence[str]) -> Vendor:
        best, closest = NOBODY, (0, False)
        for vendor, _, template in self._paths:
            # of two paths that begin alike, the one with as many segments is rather meant
            near = _shared(template, segments), len(template) == len(segments)
            if near > closest and near[0]:
                best, closest = vendor, near
        return best


def _host_pattern(pattern: str) -> str:
    return re.sub(r"\\\{\w+\\\}|\\\*", "[a-z0-9-]+", re.escape(pattern))


def _segments(path: str) -> list[str]:
    return [unquote(segment) for segment in path.split("/")[1:]]


def _is_slot(segment: str) -> bool:
    return segment.startswith("{") and segment.endswith("}")


def _fit(template: Sequence[str], segments: Sequence[str]) -> dict[str, str] | None:
    if len(template) != len(segments):
        return None
    params: dict[str, str] = {}
    for wanted, got in zip(template, segments, strict=True):
        if _is_slot(wanted) and got:
            params[wanted[1:-1]] = got
        elif wanted != got:
            return None
    return params


def _shared(template: Sequence[str], segments: Sequence[str]) -> int:
    """How many leading segments agree; a slot agrees only behind a literal that did."""
    count = 0
    for wanted, got in zip(template, segments, strict=False):
        if not got or (wanted != got and not (_is_slot(wanted) and count)):
            break
        count += 1
    return count


async def _verify(request: Request, context: Context) -> Account:
    raise AssertionError("nobody has operations to verify calls for")


_NO_ROUTE = ErrorEntry(
    404,
    "no_route",
    "no vendor answers here; GET /_mockocr/vendors lists every path",
    "doc: this project",
    tuple(ErrorKind),
)

NOBODY = Vendor(
    name="",
    title="No vendor: a path that nobody claims",
    hosts=(),
    operations=(),
    catalogue=(_NO_ROUTE,),
    credentials={},
    claim=lambda request: None,
    verify=_verify,
    sign=lambda request, key: request,
    refuse=lambda request, row: Response.of_json({"error": row.message}, row.status, code=row.code),
    mint=lambda text: {},
    billable=lambda response: False,
    body_limit=1024 * 1024,
    lifetime=timedelta(0),
)
