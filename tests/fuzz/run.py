"""Sends mutated requests, pictures and gRPC calls to a server, fifty at a time; one in fifty is
really read.

scripts/fuzz --requests 100000 --pictures 50000 --calls 20000 --seed 1
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.strategies import randoms

from tests.fuzz import mutated_calls, mutated_pictures, mutated_requests
from tests.fuzz.fuzzed_server import FuzzedServer, fuzzed_server
from tests.fuzz.mutated_calls import Call
from tests.fuzz.mutated_requests import Message

BATCH = 50
"""Messages for each example of Hypothesis: its own work takes ten times that of a mutation."""
ROUND = 200
"""Hypothesis remembers what it has drawn, so many examples at once take ever more time."""
Mutate = Callable[[Random], Message | Call]


def fuzz(
    server: FuzzedServer,
    mutate: Mutate,
    count: int,
    first: int,
    reader: FuzzedServer | None = None,
) -> None:
    """Send at least `count` messages in batches, drawn from the seeds from `first` on.

    The first message of each batch goes to `reader`, a server that really reads, if there is one.
    AssertionError with the message after which a fact does not hold.
    """
    batches = -(-count // BATCH)
    for start in range(0, batches, ROUND):
        _send(server, reader, mutate, min(ROUND, batches - start), first + start)


def _send(
    server: FuzzedServer, reader: FuzzedServer | None, mutate: Mutate, batches: int, with_seed: int
) -> None:
    @seed(with_seed)
    @settings(
        max_examples=batches,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,  # the error names the message
        suppress_health_check=list(HealthCheck),
    )
    @given(randoms(use_true_random=True))
    def send(random: Random) -> None:
        messages = [mutate(random) for _ in range(BATCH)]
        with ThreadPoolExecutor(1) as beside:
            read = beside.submit(reader.send, [messages.pop()]) if reader else None
            server.send(messages)
            if read:
                read.result()

    send()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--pictures", type=int, default=50_000)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    kinds = (
        ("requests", mutated_requests.mutated_message, given.requests),
        ("pictures", mutated_pictures.mutated_message, given.pictures),
        ("calls", mutated_calls.mutated_call, given.calls),
    )
    for name, mutate, count in kinds:
        if count:
            _fuzz_in_rounds(name, mutate, count, given.seed)


def _fuzz_in_rounds(name: str, mutate: Mutate, count: int, first: int) -> None:
    begun = time.monotonic()
    size = ROUND * BATCH
    with fuzzed_server() as server, fuzzed_server("tesseract") as reader:
        for start in range(0, count, size):
            fuzz(server, mutate, min(size, count - start), first + start // BATCH, reader)
            seconds = time.monotonic() - begun
            growth = f"memory {server.growth():+} MB, of the reader {reader.growth():+} MB"
            sent = sum(server.statuses.values()) + sum(reader.statuses.values())
            print(f"{sent} mutated {name} in {seconds:.0f} s, {growth}", flush=True)
        both = server.statuses + reader.statuses
        print(f"{name}: " + ", ".join(f"{n} x {k}" for k, n in sorted(both.items())), flush=True)


if __name__ == "__main__":
    main()
