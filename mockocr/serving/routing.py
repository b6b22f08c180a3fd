"""Finds the service and the operation that a request is for: by prefix, by Host, then by path."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind, ErrorTable
from mockocr.core.http import Request, Response
from mockocr.core.operation import Operation
from mockocr.core.service import Service, Vendor

_CACHED_ROUTES, _CACHED_LENGTH = 1024, 1024
"""How many routes are cached, and up to how many characters of host and path."""


class Match(msgspec.Struct, frozen=True):
    """One operation whose path fits, with the values of its `{name}` segments."""

    vendor: Vendor
    service: Service
    operation: Operation
    params: Mapping[str, str]


class Destination(msgspec.Struct, frozen=True):
    """Where a request goes: an operation, or the service that refuses it, and why."""

    vendor: Vendor
    service: Service
    match: Match | None = None
    refusal: ErrorKind | None = None


class Route(msgspec.Struct, frozen=True):
    """What is known before the body is read: the operations whose path fits, and the service that
    answers if none of them does.
    """

    prefix: str
    target: str
    path: str
    matches: tuple[Match, ...]
    fallback: tuple[Vendor, Service]

    @property
    def body_limit(self) -> int:
        limits = [match.service.body_limit for match in self.matches]
        return max(limits or [self.fallback[1].body_limit])

    @property
    def undecided(self) -> Destination:
        """The service that refuses a request whose operation cannot be found out."""
        first = (self.matches[0].vendor, self.matches[0].service) if self.matches else self.fallback
        return Destination(*first, refusal=ErrorKind.BAD_BODY)

    def choose(self, request: Request) -> Destination:
        """The destination of a request, now that its headers and body are known.

        Raises `ApiError` if the body tells the operation and cannot be decoded.
        """
        fitting = [
            match
            for match in self.matches
            if match.operation.selects is None or match.operation.selects(request)
        ]
        for match in fitting:
            if request.method in match.operation.methods:
                return Destination(match.vendor, match.service, match)
        if fitting:
            first = fitting[0]
            return Destination(first.vendor, first.service, refusal=ErrorKind.WRONG_METHOD)
        for match in self.matches:
            if match.service.handles(request):
                return Destination(match.vendor, match.service, refusal=ErrorKind.NO_SUCH_OPERATION)
        return Destination(*self.fallback, refusal=ErrorKind.NO_SUCH_OPERATION)


class Router:
    """Finds routes. Paths match whole, segment by segment, percent-decoded."""

    def __init__(self, vendors: Sequence[Vendor]) -> None:
        services = [(vendor, service) for vendor in vendors for service in vendor.services]
        self._namespaces: dict[str, tuple[Vendor, Service]] = {}
        for vendor, service in services:
            self._namespaces.setdefault(service.namespace, (vendor, service))
        self._hosts = {host: pair for pair in services for host in pair[1].hosts}
        self._patterns = [
            (re.compile(_host_pattern(host)), pair)
            for host, pair in self._hosts.items()
            if "*" in host or "{" in host
        ]
        self._paths = [
            (vendor, service, operation, _template(path))
            for vendor, service in services
            for operation in service.operations
            for path in (operation.path, *operation.aliases)
        ]
        self._cached = lru_cache(_CACHED_ROUTES)(self._find)

    def find(self, host: str, target: str) -> Route:
        """The route of a raw target (path and query as sent) and the Host header's value."""
        path, question, query = target.partition("?")
        short = len(host) + len(path) <= _CACHED_LENGTH
        route = self._cached(host, path) if short else self._find(host, path)
        return replace(route, target=route.target + question + query) if question else route

    def owner(self, host: str) -> Service | None:
        """The service that a host name belongs to; a leading `*.` or `{region}` in `hosts` matches
        one label.
        """
        found = self._owner(host)
        return found[1] if found else None

    def _find(self, host: str, raw_path: str) -> Route:
        first = raw_path.split("/", 2)[1:2]
        owner = self._namespaces.get(first[0]) if first else None
        prefix = f"/{owner[1].namespace}" if owner else ""
        raw_path = raw_path[len(prefix) :] or "/"
        owner = owner or self._owner(host)
        segments = _segments(raw_path)
        matches = [
            Match(vendor, service, operation, params)
            for vendor, service, operation, template in self._paths
            if (owner is None or service.namespace == owner[1].namespace)
            and (params := _fit(template, segments)) is not None
        ]
        if owner is not None:  # of two services that share a path, the one whose host was asked
            matches.sort(key=lambda match: match.service is not owner[1])
        fallback = self._fallback(owner, segments)
        return Route(prefix, raw_path, unquote(raw_path), tuple(matches), fallback)

    def _owner(self, host: str) -> tuple[Vendor, Service] | None:
        name = re.sub(r":\d+$", "", host).lower().rstrip(".")
        exact = self._hosts.get(name)
        if exact is not None:
            return exact
        for pattern, pair in self._patterns:
            if pattern.fullmatch(name):
                return pair
        return None

    def _fallback(
        self, owner: tuple[Vendor, Service] | None, segments: Sequence[str]
    ) -> tuple[Vendor, Service]:
        """The service whose paths resemble the requested one most, within the owner's namespace."""
        best, closest = owner or (NO_VENDOR, NO_SERVICE), (0, False)
        for vendor, service, _, template in self._paths:
            if owner is not None and service.namespace != owner[1].namespace:
                continue
            # of two paths that start alike, the one with as many segments is more likely meant
            near = _shared(template, segments), len(template) == len(segments)
            if near > closest and near[0]:
                best, closest = (vendor, service), near
        return best


def path_params(operation: Operation, raw_path: str) -> Mapping[str, str]:
    """The values of the `{name}` segments of a path; empty if it is not one of the operation."""
    segments = _segments(raw_path)
    fits = (_fit(_template(path), segments) for path in (operation.path, *operation.aliases))
    return next((params for params in fits if params is not None), {})


def _host_pattern(pattern: str) -> str:
    return re.sub(r"\\\{\w+\\\}|\\\*", "[a-z0-9-]+", re.escape(pattern))


def _segments(path: str) -> list[str]:
    return [unquote(segment) for segment in path.split("/")[1:]]


@cache  # each server splits the same paths again
def _template(path: str) -> tuple[str, ...]:
    return tuple(_segments(path))


def _is_parameter(segment: str) -> bool:
    return segment.startswith("{")


def _fit(template: Sequence[str], segments: Sequence[str]) -> dict[str, str] | None:
    """The values of the parameters; None if the segments do not fit. A parameter may have a fixed
    ending, as in `{model}:analyze`, and has at least one character.
    """
    if len(template) != len(segments):
        return None
    params: dict[str, str] = {}
    for wanted, got in zip(template, segments, strict=True):
        name, brace, ending = wanted.partition("}")
        if brace and got.endswith(ending) and len(got) > len(ending):
            params[name[1:]] = got.removesuffix(ending)
        elif wanted != got:
            return None
    return params


def _shared(template: Sequence[str], segments: Sequence[str]) -> int:
    """How many leading segments agree; a parameter agrees only after a literal that did."""
    count = 0
    for wanted, got in zip(template, segments, strict=False):
        if not got or (wanted != got and not (_is_parameter(wanted) and count)):
            break
        count += 1
    return count


async def _verify(request: Request, context: Context) -> Principal:
    raise ApiError(ErrorKind.NO_SUCH_OPERATION, "no vendor answers here")


_NO_ROUTE = ErrorEntry(
    404,
    "no_route",
    "no vendor answers here; GET /_mockocr/vendors lists every path",
    "doc: this project",
    tuple(ErrorKind),
)

NO_SERVICE = Service(
    name="",
    namespace="",
    title="Paths that belong to no vendor",
    hosts=(),
    operations=(),
    errors=ErrorTable((_NO_ROUTE,)),
    claimed=lambda request: None,
    verify=_verify,
    sign=lambda request, credential: request,
    render_error=lambda request, entry: Response.of_json(
        {"error": entry.message}, entry.status, code=entry.code
    ),
    billed=lambda response: False,
    body_limit=1024 * 1024,
)

NO_VENDOR = Vendor(
    name="",
    title="No vendor",
    credentials={},
    generate_credentials=lambda text: {},
    services=(NO_SERVICE,),
)
