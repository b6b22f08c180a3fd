"""Runs client programs several at a time, each with a server that is its own meanwhile."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from clients.programs import FOLDER, Program
from clients.results import Result, run
from clients.toolchains import command


@dataclass(frozen=True, slots=True)
class Lane:
    """A server, as the variables of a program for each route to it.

    One program at a time: programs make the server's next request fail, and read its journal.
    """

    routes: Mapping[str, Mapping[str, str]]


def results(
    lanes: Sequence[Lane], programs: Sequence[Program], unready: Mapping[str, str], wanted: str
) -> Iterator[tuple[Program, str, Result]]:
    """Each program, each of its routes whose name contains `wanted`, and the result, in order.

    A program whose language is in `unready` does not run: the text there is its trouble.
    """
    free: queue.SimpleQueue[Lane] = queue.SimpleQueue()
    for lane in lanes:
        free.put(lane)

    def result(pair: tuple[Program, str]) -> Result:
        program, route = pair
        if program.language in unready:
            return Result((), 0, unready[program.language])
        lane = free.get()
        try:
            return run(command(program), FOLDER / program.language, lane.routes[route])
        finally:
            free.put(lane)

    names = [name for name in lanes[0].routes if wanted in name]
    pairs = [(each, name) for each in programs for name in names if name in each.routes]
    pool = ThreadPoolExecutor(len(lanes))
    try:
        for pair, found in zip(pairs, pool.map(result, pairs), strict=True):
            yield *pair, found
    finally:
        pool.shutdown(cancel_futures=True)  # after Ctrl-C, no other program starts
