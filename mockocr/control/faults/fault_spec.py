"""What a fault does: its text read into effects, each known by name and checked at once."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from mockocr.control.faults.degradations import SPOILS
from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.recognition import Recognition
from mockocr.core.service import Vendor

MAX_DELAY = 600.0
"""Seconds; a delay beyond it is a typing mistake, and a drawn one is cut to it."""

MAX_TEXT = 2000
"""Characters of a fault: longer than any vendor's message."""


@dataclass(frozen=True, slots=True)
class FaultSpec:
    """One fault's effects. `error` is a neutral problem, or a vendor's code or message.

    `delay` draws seconds, `drip` is bytes a second, `status` answers at once with nothing else,
    `wire` is as in `Response`, `spoils` are names of `SPOILS` with how much.
    """

    text: str
    error: str | None = None
    delay: Callable[[random.Random], float] | None = None
    drip: float = 0.0
    status: int = 0
    wire: str = ""
    spoils: tuple[tuple[str, float], ...] = ()

    def spoil(self, recognition: Recognition, source: random.Random) -> Recognition:
        """What was read, after every spoil in the order given."""
        for name, amount in self.spoils:
            recognition = SPOILS[name][0](recognition, amount, source)
        return recognition

    def refusal(self, vendor: Vendor) -> ErrorKind | ErrorEntry | None:
        """What `error` means at that vendor; None when the vendor does not know it."""
        return None if self.error is None else _find(vendor, self.error)


LIST = (
    "error=<vendor code, message or neutral problem>, delay=<seconds>, "
    "delay=lognormal:<median>:<sigma>, drip=<bytes/s>, reset, empty, truncated, status=<n>, "
    "drop_lines=<share>, confuse=<share>, shift=<pixels>, fade=<share>"
)
_NAMES = "|".join(("error", "delay", "drip", "status", *SPOILS))
_BARE = ("reset", "empty", "truncated")
_SPLIT = re.compile(rf",\s*(?=(?:{_NAMES})=|(?:{'|'.join(_BARE)})\s*(?:,|$))")
"""Messages hold commas too: only one before the name of a fault ends a part."""


def read(text: str, vendors: Sequence[Vendor]) -> FaultSpec:
    """The effects of a fault's text; Mistake with the list of what exists for anything unknown.

    `vendors` are those that the fault is for; an error must be known to at least one of them.
    """
    if len(text) > MAX_TEXT:
        raise InvalidInputError(f"a fault has at most {MAX_TEXT} characters, not {len(text)}")
    effects, given = FaultSpec(text), set[str]()
    for part in _SPLIT.split(text.strip()):
        name, equals, value = part.partition("=")
        name = name.strip()
        if name in given:
            raise InvalidInputError(f"{name} is given twice in {text!r}")
        given.add(name)
        if not equals and name in _BARE:
            effects = replace(effects, wire=name)
        elif equals and name in SPOILS:
            effects = replace(effects, spoils=(*effects.spoils, _spoil(name, value.strip())))
        elif equals and name in _READERS:
            effects = _READERS[name](effects, value.strip(), vendors)
        else:
            raise InvalidInputError(f"no fault {part!r}; there are {LIST}")
    _agree(given, text)
    return effects


def _agree(given: set[str], text: str) -> None:
    instead = given & {"error", "status", "reset", "empty"}
    if len(instead) > 1:
        raise InvalidInputError(f"{' and '.join(sorted(instead))} exclude each other in {text!r}")
    idle = given & set(SPOILS)
    if instead and idle:
        raise InvalidInputError(
            f"with {instead.pop()} nothing is read, so {idle.pop()} does nothing"
        )
    shape = given & {"drip", "truncated"}
    if shape and given & {"reset", "empty", "status"}:
        raise InvalidInputError(f"there is no answer for {shape.pop()} to work on in {text!r}")
    if len(shape) > 1:
        raise InvalidInputError(f"drip and truncated exclude each other in {text!r}")


def _error(effects: FaultSpec, value: str, vendors: Sequence[Vendor]) -> FaultSpec:
    if not any(_find(vendor, value) for vendor in vendors):
        codes = "; ".join(
            f"{v.name} knows {', '.join(dict.fromkeys(str(row.code) for row in v.catalogue))}"
            for v in vendors
        )
        raise InvalidInputError(
            f"no error {value!r}; neutral problems are {', '.join(ErrorKind)}; {codes};"
            " a row's message works as well"
        )
    return replace(effects, error=value)


def _find(vendor: Vendor, wanted: str) -> ErrorKind | ErrorEntry | None:
    if wanted in ErrorKind.__members__.values():
        return ErrorKind(wanted)
    for row in vendor.catalogue:
        if str(row.code) == wanted:
            return row
    for row in vendor.catalogue:
        if wanted in (row.message.strip(), row.filled({}).message.strip()):
            return row
    return None


def _delay(effects: FaultSpec, value: str, vendors: Sequence[Vendor]) -> FaultSpec:
    kind, _, rest = value.partition(":")
    if kind == "lognormal":
        median, colon, sigma = rest.partition(":")
        if not colon:
            raise InvalidInputError(
                "delay=lognormal:<median>:<sigma> needs both, as in lognormal:0.2:0.5"
            )
        middle = _number("the median of delay", median, 0.0001, MAX_DELAY)
        spread = _number("the sigma of delay", sigma, 0, 10)

        def drawn(source: random.Random) -> float:
            return min(source.lognormvariate(math.log(middle), spread), MAX_DELAY)

        return replace(effects, delay=drawn)
    seconds = _number("delay", value, 0, MAX_DELAY)
    return replace(effects, delay=lambda source: seconds)


def _drip(effects: FaultSpec, value: str, vendors: Sequence[Vendor]) -> FaultSpec:
    return replace(effects, drip=_number("drip", value, 1, 1e9))


def _status(effects: FaultSpec, value: str, vendors: Sequence[Vendor]) -> FaultSpec:
    number = _number("status", value, 200, 999)
    if number != int(number):
        raise InvalidInputError(f"status is a whole number, not {value!r}")
    return replace(effects, status=int(number))


def _spoil(name: str, value: str) -> tuple[str, float]:
    _, least, most = SPOILS[name]
    return name, _number(name, value, least, most)


def _number(what: str, text: str, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InvalidInputError(f"{what} is a number, not {text!r}") from None
    if not least <= value <= most:
        raise InvalidInputError(f"{what} is from {least:g} to {most:g}, not {text}")
    return value


_READERS: Mapping[str, Callable[[FaultSpec, str, Sequence[Vendor]], FaultSpec]] = {
    "error": _error,
    "delay": _delay,
    "drip": _drip,
    "status": _status,
}
