"""Servers that answer an exchange as its file expects, and requests for the jobs they start."""

from __future__ import annotations

import json

from mockocr.app import Mock
from mockocr.core.http import Request, Response
from mockocr.recordings.fixture import lines_in
from mockocr.recordings.jobs import asking_for, handed_out, named_in
from mockocr.recordings.reading import VendorReading
from tests.asgi import Answer, ask
from tests.conformance import Case, case_of, kept_mock, mock, send_before
from tests.exchange import Exchange


def server_of(exchange: Exchange, *, kept: bool = False) -> Mock:
    """A mock (a kept one, if so wished) with the exchange's time, options, reading and fault, which
    has answered the exchange that it follows.
    """
    case = case_of(exchange)
    options = {exchange.namespace: exchange.options} if exchange.options else {}
    to = (kept_mock if kept else mock)(exchange.reads, exchange.at, options)
    if isinstance(to.engine, VendorReading):
        to.engine.lines = lines_in(case.service, case.operation, exchange.answer or "")
    send_before(to, exchange)
    if exchange.fault:
        fault = {"operation": case.id, "fault": exchange.fault}
        posted = ask(
            to.asgi,
            "POST",
            "/_mockocr/faults",
            (("Content-Type", "application/json"),),
            json.dumps(fault).encode(),
        )
        assert posted.status == 201, posted.body
    return to


def for_own_job(case: Case, request: Request, earlier: Answer | None) -> Request:
    """The request for the job that the earlier response handed out, if it did."""
    if earlier is None:
        return request
    response = Response(earlier.status, earlier.body, earlier.headers)
    job = handed_out(case.service, response)
    return asking_for(request, named_in(case.service, case.operation, request), job)
