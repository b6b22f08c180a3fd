"""`mockocr` with a defect that only mutated requests show: `PLANTED_DEFECT` names it."""

from __future__ import annotations

import os
from typing import Any

from mockocr.cli import main
from mockocr.control.journal.journal import Journal
from mockocr.core import http
from mockocr.core.exchange import Exchange
from mockocr.core.http import Response

VARIABLE = "PLANTED_DEFECT"
LEAK = 20 * 1024 * 1024


def _raise_for_odd_numbers() -> None:
    load = http.load_json

    def load_json(raw: bytes) -> Any:
        if any(odd in raw for odd in (b"Infinity", b"NaN", b"null", b"1e+308")):
            raise ZeroDivisionError
        return load(raw)

    setattr(http, "load_json", load_json)  # noqa: B010 - mypy refuses a plain assignment


def _forget_traces() -> None:
    record = Journal.record

    async def record_some(
        journal: Journal, exchange: Exchange, response: Response, seconds: float
    ) -> Response:
        if exchange.request.method == "TRACE":
            return response
        return await record(journal, exchange, response, seconds)

    setattr(Journal, "record", record_some)  # noqa: B010 - as above


def _leak() -> None:
    respond, kept = http.Response.with_headers, []

    def with_headers(response: Response, *headers: tuple[str, str]) -> Response:
        if response.status == 404:
            kept.append(b"x" * LEAK)
        return respond(response, *headers)

    setattr(http.Response, "with_headers", with_headers)  # noqa: B010 - as above


DEFECTS = {"exception": _raise_for_odd_numbers, "journal": _forget_traces, "memory": _leak}

if __name__ == "__main__":
    DEFECTS[os.environ[VARIABLE]]()
    main()
