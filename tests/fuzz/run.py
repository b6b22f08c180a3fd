"""Sends mutated requests and pictures to a server, in rounds of a thousand.

scripts/fuzz --requests 100000 --pictures 50000 --seed 1
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.fuzz import mutated_pictures, mutated_requests
from tests.fuzz.fuzzed_server import FuzzedServer, fuzzed_server
from tests.fuzz.mutated_requests import Message

ROUND = 1000
"""Hypothesis remembers what it has drawn, so many examples at once take ever more time."""


def fuzz(server: FuzzedServer, messages: SearchStrategy[Message], count: int, first: int) -> None:
    """Send `count` messages, drawn from the seeds from `first` on. AssertionError for the smallest
    message after which a fact does not hold.
    """
    for start in range(0, count, ROUND):
        _send(server, messages, min(ROUND, count - start), first + start)
        server.check()


def _send(
    server: FuzzedServer, messages: SearchStrategy[Message], count: int, with_seed: int
) -> None:
    @seed(with_seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,  # the error names the message
        suppress_health_check=list(HealthCheck),
    )
    @given(messages)
    def send(message: Message) -> None:
        server.send(message)

    send()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--pictures", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    kinds = (
        ("requests", mutated_requests.messages(), given.requests),
        ("pictures", mutated_pictures.messages(), given.pictures),
    )
    for name, messages, count in kinds:
        if not count:
            continue
        begun = time.monotonic()
        with fuzzed_server() as server:
            for start in range(0, count, 10 * ROUND):
                fuzz(server, messages, min(10 * ROUND, count - start), given.seed + start)
                seconds = time.monotonic() - begun
                sent, growth = min(start + 10 * ROUND, count), server.growth()
                print(f"{sent} mutated {name} in {seconds:.0f} s, memory {growth:+} MB", flush=True)
            answers = ", ".join(f"{n} x {k}" for k, n in sorted(server.statuses.items()))
            print(f"{name}: {answers}", flush=True)


if __name__ == "__main__":
    main()
