"""One HTTP request as it arrived (`Request`) and one response to send (`Response`): plain values.

Bodies are decoded here and not by the framework: signatures need the raw bytes, form parsers refuse
the megabyte fields that base64 pictures are, and a `filename` must not decide anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, TypeVar
from urllib.parse import quote

import msgspec
import msgspec.structs

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.json_text import dump_json as dump_json
from mockocr.core.json_text import load_json as load_json
from mockocr.core.json_text import parse_json_integer as parse_json_integer
from mockocr.core.json_text import without_surrogates as without_surrogates
from mockocr.core.multipart import Multipart, split
from mockocr.core.multipart import Part as Part
from mockocr.core.urlencoded import Pairs, parse_urlencoded

Headers = tuple[tuple[str, str], ...]
T = TypeVar("T")

_SENT = frozenset({"method", "path", "target", "headers", "query", "body"})
"""Fields that come from the client; results cached on a request depend on these alone."""
_JSON_MARKS = (b",", b":", b"[", b"{")
_MAX_JSON_MARKS = 100_000
"""Ten megabytes of small values would take seconds, in which no other request is served."""
_REMEMBERED, _REMEMBERED_BYTES = 128, 64 * 1024
"""How many digests and forms of bodies are remembered, and of how many bytes at most."""
_DEFERRED = "deferred"
_MISSING = object()


class BodyDeferredError(Exception):
    """The body must not be decoded yet: the caller is not known. See `Request.deferring_body`."""


class Request(msgspec.Struct, frozen=True, eq=False):
    """One request. Time, id and seed are part of it, so that nothing below reads a clock.

    `path` is decoded, `target` is raw (path and query as sent); both lack the `/{namespace}`
    prefix, which is in `prefix`. Header names keep their spelling; values are latin-1 text of the
    raw bytes. `body` holds at most what the service accepts; `oversize` says that more came, `size`
    how many bytes. `at` is aware UTC on the test clock. `params` are the path's `{name}` segments,
    `options` the service's options in force, each with a value (see `ServiceOption`).
    """

    method: str
    path: str
    target: str = ""
    headers: Headers = ()
    query: str = ""
    body: bytes = b""
    id: str = ""
    at: datetime = datetime.min
    seed: int = 0
    params: Mapping[str, str] = msgspec.field(default_factory=dict)
    options: Mapping[str, str] = msgspec.field(default_factory=dict)
    size: int = 0
    oversize: bool = False
    scheme: str = "http"
    client: str = ""
    prefix: str = ""
    _cache: dict[Any, Any] = msgspec.field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        """Equal in every field; what was computed so far does not count."""
        if not isinstance(other, Request):
            return NotImplemented
        names = self.__struct_fields__
        return all(getattr(self, n) == getattr(other, n) for n in names if n != "_cache")

    def cached(self, compute: Callable[[Request], T]) -> T:
        """The result of `compute(self)`, computed at most once for a request.

        `compute` is a module-level function that reads nothing but what the client sent. An
        `ApiError` that it raises is kept and raised again.
        """
        result: Any = self._cache.get(compute, _MISSING)
        if result is _MISSING:
            try:
                result = compute(self)
            except ApiError as error:
                result = error
            self._cache[compute] = result
        if isinstance(result, ApiError):
            raise result
        found: T = result
        return found

    @contextlib.contextmanager
    def deferring_body(self) -> Iterator[None]:
        """Until the end of the context, decoding the body raises `BodyDeferredError`."""
        self._cache[_DEFERRED] = True
        try:
            yield
        finally:
            del self._cache[_DEFERRED]

    def _decoded(self, decode: Callable[[Request], T]) -> T:
        if _DEFERRED in self._cache and decode not in self._cache:
            raise BodyDeferredError
        return self.cached(decode)

    def header(self, name: str, default: str = "") -> str:
        """The first value of a header; the name is compared without regard to case."""
        return self.cached(_header_map).get(name.lower(), default)

    def has_header(self, name: str) -> bool:
        return name.lower() in self.cached(_header_map)

    @property
    def host(self) -> str:
        """The Host header as received (with its port, if one was sent)."""
        return self.header("host")

    @property
    def content_type(self) -> str:
        """The media type alone, lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()

    def random(self) -> random.Random:
        """A generator that yields the same numbers each time it is asked for."""
        return random.Random(self.seed)

    def query_fields(self) -> Pairs:
        """The query's pairs in order, decoded; blank values kept."""
        return self.cached(_query_fields)

    def query_value(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.query_fields() if key == name), default)

    def body_sha256(self) -> str:
        """The SHA-256 of the body in lower-case hex digits."""
        return self.cached(_body_sha256)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. The caller must not change it.

        Raises `ApiError(BAD_BODY)` with the cause NOT_JSON or NOT_AN_OBJECT.
        """
        return self._decoded(_json_object)

    def form_fields(self) -> Pairs:
        """The pairs of a urlencoded body in order, decoded; any field size."""
        return self._decoded(_form_fields)

    def parts(self, *, unclosed: bool = False) -> tuple[Part, ...]:
        """The parts of a multipart body in order; `ApiError(BAD_BODY)` if broken or cut off.
        `unclosed` accepts a body without its closing boundary.
        """
        found = self._decoded(_multipart)
        if not (found.closed or unclosed):
            raise ApiError(ErrorKind.BAD_BODY, "the multipart body lacks its closing boundary")
        return found.parts

    def replaced(self, **changes: Any) -> Request:
        """A copy with some fields changed."""
        if not _SENT.isdisjoint(changes):
            changes["_cache"] = {}
        return msgspec.structs.replace(self, **changes)

    def with_body(self, body: bytes) -> Request:
        """A copy with another body; a Content-Length header follows it."""
        headers = tuple(
            (name, str(len(body)) if name.lower() == "content-length" else value)
            for name, value in self.headers
        )
        return self.replaced(body=body, size=len(body), headers=headers)

    def with_query(self, query: str) -> Request:
        """A copy with another query, also in its target."""
        path = self.target.partition("?")[0] or quote(self.path)
        return self.replaced(query=query, target=f"{path}?{query}" if query else path)

    def with_headers(self, *pairs: tuple[str, str]) -> Request:
        """A copy with these headers after the ones it has."""
        return self.replaced(headers=(*self.headers, *pairs))

    def without_headers(self, *names: str) -> Request:
        """A copy without any header of these names."""
        dropped = {name.lower() for name in names}
        kept = tuple(pair for pair in self.headers if pair[0].lower() not in dropped)
        return self.replaced(headers=kept)


def _header_map(request: Request) -> Mapping[str, str]:
    return {name.lower(): value for name, value in reversed(request.headers)}


def _body_sha256(request: Request) -> str:
    return sha256(request.body)


def _query_fields(request: Request) -> Pairs:
    return parse_urlencoded(request.query.encode("latin-1", "replace"))


def _form_fields(request: Request) -> Pairs:
    return _of_body(parse_urlencoded, request.body)


def _of_body(compute: Callable[[bytes], T], body: bytes) -> T:
    """`compute(body)`, remembered for a short body: tests send the same picture often, and to find
    its body takes a quarter of the time of hashing and decoding it.
    """
    if len(body) > _REMEMBERED_BYTES:
        return compute(body)
    found: T = _remembered(compute, body)
    return found


@lru_cache(_REMEMBERED)
def _remembered(compute: Callable[[bytes], Any], body: bytes) -> Any:
    return compute(body)


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _multipart(request: Request) -> Multipart:
    return split(request.body, request.header("content-type"))


def _json_object(request: Request) -> dict[str, Any]:
    if sum(request.body.count(mark) for mark in _JSON_MARKS) > _MAX_JSON_MARKS:
        detail = f"the JSON has more than {_MAX_JSON_MARKS} commas, colons and brackets"
        raise ApiError(ErrorKind.BAD_BODY, detail, cause=ErrorCause.NOT_JSON)
    try:
        value = load_json(request.body)
    except (ValueError, RecursionError) as error:
        detail = f"the body is not JSON: {error}"
        raise ApiError(ErrorKind.BAD_BODY, detail, cause=ErrorCause.NOT_JSON) from None
    if not isinstance(value, dict):
        detail = f"the body is JSON, but a {type(value).__name__} and not an object"
        raise ApiError(ErrorKind.BAD_BODY, detail, cause=ErrorCause.NOT_AN_OBJECT)
    return value


def sha256(body: bytes) -> str:
    """The SHA-256 of a body in lower-case hex digits."""
    return _of_body(_sha256, body)


class Response(msgspec.Struct, frozen=True):
    """One response. `wire` says how it leaves the socket, `drip` at how many bytes a second (0: at
    once).

    `code` is the vendor's own code and `why` one sentence about what was skipped (one picture of
    several); both go to the journal and the log only. `units` are paid for if the vendor bills the
    response: pages or pictures. `unit_price` is what each of them costs, in the currency of the
    operation's price, if that is not the operation's own price (a cheaper model).
    """

    status: int = 200
    body: bytes = b""
    headers: Headers = ()
    code: str = ""
    wire: Literal["whole", "truncated", "empty", "reset"] = "whole"
    drip: float = 0.0
    why: str = ""
    units: int = 1
    unit_price: float | None = None

    @classmethod
    def of_json(
        cls,
        value: Any,
        status: int = 200,
        *,
        code: object = "",
        content_type: str = "application/json",
        headers: Headers = (),
    ) -> Response:
        """A JSON response with its content type first and `headers` after it."""
        typed = (("Content-Type", content_type), *headers)
        return cls(status, dump_json(value), typed, str(code))

    def header(self, name: str, default: str = "") -> str:
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), default)

    def with_headers(self, *pairs: tuple[str, str]) -> Response:
        """A copy with these headers after the ones it has."""
        return self.replaced(headers=(*self.headers, *pairs))

    def replaced(self, **changes: Any) -> Response:
        """A copy with some fields changed."""
        return msgspec.structs.replace(self, **changes)
