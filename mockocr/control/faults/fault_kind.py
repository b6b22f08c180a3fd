"""What a kind of fault is: how its text is parsed, and what it does to a request."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Response
from mockocr.core.recognition import Recognition
from mockocr.core.service import Service

Stage = Literal["delay", "replace", "refuse", "degrade", "send"]
"""When a fault acts. `replace` and `refuse` act in place of answering, so only one of them is
possible, and nothing is read for `degrade` to change; `send` needs a response to work on.
"""


class Effect(msgspec.Struct, frozen=True):
    """What one fault does; each field but the one of its stage keeps its default.

    `delay` draws the seconds to wait. `replacement` is sent in place of the response. `refusal`
    gives what a service refuses the request with, None if it has no such error. `degrade` changes
    a recognition, `send` the response.
    """

    delay: Callable[[random.Random], float] | None = None
    replacement: Response | None = None
    refusal: Callable[[Service], ErrorKind | ErrorEntry | None] | None = None
    degrade: Callable[[Recognition, random.Random], Recognition] | None = None
    send: Callable[[Response], Response] | None = None


Parse = Callable[[str, Sequence[Service]], Effect]


class FaultKind(msgspec.Struct, frozen=True):
    """One kind of fault.

    `syntax` lists the forms of its text, for example `delay=<seconds>`; a fault without `=` in
    them has no value. `examples` are whole texts to start from. `parse` takes the value and the
    services that the fault is for, and raises `InvalidInputError` if it is wrong. `help` says what
    the client sees.
    """

    name: str
    stage: Stage
    syntax: tuple[str, ...]
    examples: tuple[str, ...]
    help: str
    parse: Parse

    @property
    def has_value(self) -> bool:
        return "=" in self.syntax[0]


def parse_number(what: str, text: str, minimum: float, maximum: float) -> float:
    """A number within bounds; `InvalidInputError` names it by `what`."""
    try:
        value = float(text)
    except ValueError:
        raise InvalidInputError(f"{what} must be a number, not {text!r}") from None
    if not minimum <= value <= maximum:
        raise InvalidInputError(f"{what} must be from {minimum:g} to {maximum:g}, not {text}")
    return value
