"""Faults of the connection and of a gateway on the way: delays, cut and missing responses."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from functools import partial
from typing import Literal

from mockocr.control.faults.fault_kind import Effect, FaultKind, parse_number
from mockocr.control.validation import InvalidInputError
from mockocr.core.http import Response
from mockocr.core.service import Service

MAX_DELAY = 600.0
"""Seconds. A longer delay is a typing error; a drawn one is cut to it."""


def _delay(value: str, services: Sequence[Service]) -> Effect:
    kind, _, rest = value.partition(":")
    if kind != "lognormal":
        seconds = parse_number("delay", value, 0, MAX_DELAY)
        return Effect(delay=lambda source: seconds)
    median_text, colon, sigma_text = rest.partition(":")
    if not colon:
        raise InvalidInputError(
            "delay=lognormal:<median>:<sigma> needs both, for example lognormal:0.2:0.5"
        )
    median = parse_number("the median of delay", median_text, 0.0001, MAX_DELAY)
    sigma = parse_number("the sigma of delay", sigma_text, 0, 10)

    def draw(source: random.Random) -> float:
        return min(source.lognormvariate(math.log(median), sigma), MAX_DELAY)

    return Effect(delay=draw)


def _drip(value: str, services: Sequence[Service]) -> Effect:
    rate = parse_number("drip", value, 1, 1e9)
    return Effect(send=lambda response: response.replaced(drip=rate))


def _truncated(value: str, services: Sequence[Service]) -> Effect:
    return Effect(send=lambda response: response.replaced(wire="truncated"))


def _status(value: str, services: Sequence[Service]) -> Effect:
    number = parse_number("status", value, 200, 999)
    if number != int(number):
        raise InvalidInputError(f"status must be a whole number, not {value!r}")
    return Effect(replacement=Response(int(number)))


def _no_answer(wire: Literal["reset", "empty"], value: str, services: Sequence[Service]) -> Effect:
    return Effect(replacement=Response(wire=wire))


KINDS = (
    FaultKind(
        "delay",
        "delay",
        ("delay=<seconds>", "delay=lognormal:<median>:<sigma>"),
        ("delay=1", "delay=lognormal:0.2:0.5"),
        "the same response, later",
        _delay,
    ),
    FaultKind(
        "drip", "send", ("drip=<bytes/s>",), ("drip=1000",), "the same response, slowly", _drip
    ),
    FaultKind(
        "truncated",
        "send",
        ("truncated",),
        ("truncated",),
        "the right length in the header and half of the body, then the connection closes",
        _truncated,
    ),
    FaultKind(
        "reset",
        "replace",
        ("reset",),
        ("reset",),
        "the connection is reset without a response",
        partial(_no_answer, "reset"),
    ),
    FaultKind(
        "empty",
        "replace",
        ("empty",),
        ("empty",),
        "the connection closes without a response",
        partial(_no_answer, "empty"),
    ),
    FaultKind(
        "status",
        "replace",
        ("status=<n>",),
        ("status=502",),
        "that HTTP status with an empty body, as a gateway on the way would send it",
        _status,
    ),
)
