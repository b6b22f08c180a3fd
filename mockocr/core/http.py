"""One HTTP request as it came in (`Request`) and one answer as it goes out (`Response`): plain values,
no framework.

Bodies are parsed here and not by the framework, because signatures need the raw bytes, because form
parsers refuse the megabyte fields that base64 pictures are, and because a `filename` decides
nothing.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from urllib.parse import parse_qsl

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.multipart import Part as Part
from mockocr.core.multipart import split

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Time, id and random numbers arrive with it, so that nothing below reads a clock.

    `path` is decoded and `target` is raw (path and query as sent), both without the `/{vendor}`
    prefix. Header names keep their spelling; values are latin-1 text of the raw bytes. `body`
    holds at most what the vendor accepts: `oversize` says that more came. `at` is aware UTC on the
    test's clock. `choices` are the vendor's settings in force, by name (see `Vendor.choices`).
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
    params: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    oversize: bool = False
    scheme: str = "http"
    client: str = ""
    prefix: str = ""

    def header(self, name: str, default: str = "") -> str:
        """The first value of a header, looked up without regard to case."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return default

    def has_header(self, name: str) -> bool:
        wanted = name.lower()
        return any(key.lower() == wanted for key, _ in self.headers)

    @property
    def host(self) -> str:
        """The Host header as received (with its port, if one was sent)."""
        return self.header("host")

    @property
    def content_type(self) -> str:
        """The media type alone, lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()

    def random(self) -> random.Random:
        """A generator that gives the same numbers each time it is asked for."""
        return random.Random(self.seed)

    def query_fields(self) -> tuple[tuple[str, str], ...]:
        """The query's pairs in order, decoded; blank values kept."""
        return tuple(parse_qsl(self.query, keep_blank_values=True))

    def query_value(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.query_fields() if key == name), default)

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; `ApiError(BAD_BODY)` when it is anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise ApiError(ErrorKind.BAD_BODY, f"the body is not JSON: {error}") from None
        if not isinstance(value, dict):
            kind = type(value).__name__
            raise ApiError(ErrorKind.BAD_BODY, f"the body is JSON, but a {kind} and not an object")
        return value

    def form_fields(self) -> tuple[tuple[str, str], ...]:
        """The pairs of a urlencoded body in order, decoded; any field size."""
        text = self.body.decode("utf-8", "replace")
        return tuple(parse_qsl(text, keep_blank_values=True))

    def parts(self) -> tuple[Part, ...]:
        """The parts of a multipart body in order; `ApiError(BAD_BODY)` when it is broken or cut
        off.
        """
        return split(self.body, self.header("content-type"))

    def replaced(self, **changes: Any) -> Request:
        """A copy with some fields changed."""
        return replace(self, **changes)


def dump_json(value: Any) -> bytes:
    """JSON as the vendors print it: no blanks, UTF-8 unescaped; a lone surrogate becomes `?`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. `wire` says how it leaves the socket, `drip` at how many bytes a second (0: at
    once).

    `code` is the vendor's own code for the journal and the log, and `why` one sentence where the
    answer passes over something (one picture of several); neither is sent from here.
    """

    status: int = 200
    body: bytes = b""
    headers: Headers = ()
    code: str = ""
    wire: Literal["whole", "truncated", "empty", "reset"] = "whole"
    drip: float = 0.0
    why: str = ""

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
        """A JSON answer with its content type first and `headers` after it."""
        typed = (("Content-Type", content_type), *headers)
        return cls(status, dump_json(value), typed, str(code))

    def header(self, name: str, default: str = "") -> str:
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), default)

    def with_headers(self, *pairs: tuple[str, str]) -> Response:
        return replace(self, headers=(*self.headers, *pairs))

    def replaced(self, **changes: Any) -> Response:
        return replace(self, **changes)
