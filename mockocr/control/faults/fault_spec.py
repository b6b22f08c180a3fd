"""Parses the text of a fault, for example `delay=0.5, error=rate_limited`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from mockocr.control.faults import degradations, vendor_errors, wire_faults
from mockocr.control.faults.fault_kind import Effect, FaultKind, Stage
from mockocr.control.validation import InvalidInputError
from mockocr.core.errors import ErrorEntry, ErrorKind
from mockocr.core.http import Response
from mockocr.core.recognition import Recognition
from mockocr.core.service import Service

MAX_TEXT = 2000
"""Characters of a fault: longer than the message of any vendor."""

KINDS: Mapping[str, FaultKind] = {
    kind.name: kind for kind in (*vendor_errors.KINDS, *wire_faults.KINDS, *degradations.KINDS)
}
"""Every kind of fault by its name."""

SYNTAX = ", ".join(form for kind in KINDS.values() for form in kind.syntax)


class FaultSpec(msgspec.Struct, frozen=True):
    """A parsed fault: its text, and its effects in the order given."""

    text: str
    effects: tuple[Effect, ...] = ()

    def delay(self, source: random.Random) -> float:
        """Seconds to wait before anything else."""
        return sum(effect.delay(source) for effect in self.effects if effect.delay is not None)

    @property
    def replacement(self) -> Response | None:
        """The response that replaces the service's own."""
        found = (effect.replacement for effect in self.effects)
        return next((response for response in found if response is not None), None)

    def applies_to(self, service: Service) -> bool:
        """False if the fault is an error that this service does not have."""
        return all(effect.refusal(service) for effect in self.effects if effect.refusal is not None)

    def refusal(self, service: Service) -> ErrorKind | ErrorEntry | None:
        """What the service refuses the request with."""
        found = (effect.refusal(service) for effect in self.effects if effect.refusal is not None)
        return next(found, None)

    def degradation(self, source: random.Random) -> Callable[[Recognition], Recognition] | None:
        """What to apply to every recognition; None if nothing."""
        steps = [effect.degrade for effect in self.effects if effect.degrade is not None]

        def degrade(recognition: Recognition) -> Recognition:
            for step in steps:
                recognition = step(recognition, source)
            return recognition

        return degrade if steps else None

    def send(self, response: Response) -> Response:
        """The response as it leaves."""
        for effect in self.effects:
            if effect.send is not None:
                response = effect.send(response)
        return response


_VALUED = "|".join(name for name, kind in KINDS.items() if kind.has_value)
_BARE = "|".join(name for name, kind in KINDS.items() if not kind.has_value)
_SEPARATOR = re.compile(rf",\s*(?=(?:{_VALUED})=|(?:{_BARE})\s*(?:,|$))")
"""Messages contain commas too: a comma separates only before the name of a fault."""


def parse_fault(text: str, services: Sequence[Service]) -> FaultSpec:
    """The effects of a fault's text.

    `services` are those that the fault is for; at least one of them must have its `error`. Raises
    `InvalidInputError`, which lists the kinds of faults if one is unknown.
    """
    if len(text) > MAX_TEXT:
        raise InvalidInputError(f"a fault has at most {MAX_TEXT} characters, not {len(text)}")
    effects: dict[str, Effect] = {}
    for part in _SEPARATOR.split(text.strip()):
        name, equals, value = part.partition("=")
        name = name.strip()
        kind = KINDS.get(name)
        if kind is None or kind.has_value != bool(equals):
            raise InvalidInputError(f"there is no fault {part!r}; there are {SYNTAX}")
        if name in effects:
            raise InvalidInputError(f"{text!r} has {name} twice")
        effects[name] = kind.parse(value.strip(), services)
    _check_stages(effects, text)
    return FaultSpec(text, tuple(effects.values()))


def _check_stages(names: Mapping[str, Effect], text: str) -> None:
    def of(*stages: Stage) -> list[str]:
        return sorted(name for name in names if KINDS[name].stage in stages)

    instead = of("replace", "refuse")
    if len(instead) > 1:
        raise InvalidInputError(f"{' and '.join(instead)} exclude each other in {text!r}")
    if instead and (degrading := of("degrade")):
        raise InvalidInputError(
            f"with {instead[0]} nothing is read, so {degrading[0]} has no effect in {text!r}"
        )
    sending = of("send")
    if sending and of("replace"):
        raise InvalidInputError(f"there is no answer for {sending[0]} to work on in {text!r}")
    if len(sending) > 1:
        raise InvalidInputError(f"{' and '.join(sending)} exclude each other in {text!r}")


def table_rows() -> Iterator[str]:
    """The rows of the fault table in docs/control.md."""
    for kind in KINDS.values():
        forms = ", ".join(f"`{form}`" for form in kind.syntax)
        yield f"| {forms} | {kind.help} |"
