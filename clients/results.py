"""Runs one client program and reads the checks that it prints."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clients.programs import CHECKS

RUN_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Check:
    """A check that a program reported: its name, if it was right, and what the client returned."""

    name: str
    right: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one program by one route. `trouble` is why the program failed or timed out."""

    checks: tuple[Check, ...]
    seconds: float = 0
    trouble: str = ""

    @property
    def missing(self) -> list[str]:
        reported = {check.name for check in self.checks}
        return [name for name in CHECKS if name not in reported]

    @property
    def right(self) -> bool:
        good = all(check.right for check in self.checks)
        return good and not self.missing and not self.trouble

    def mark(self, name: str) -> str:
        found = [check.right for check in self.checks if check.name == name]
        return "-" if not found else "ok" if all(found) else "WRONG"


def run(started_by: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Result:
    """Run a program and read the checks that it prints; a failure becomes `Result.trouble`."""
    started = time.perf_counter()
    try:
        done = subprocess.run(
            started_by,
            cwd=folder,
            env=dict(variables),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=RUN_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Result((), RUN_SECONDS, f"timed out after {RUN_SECONDS} s")
    checks = tuple(_checks(done.stdout))
    trouble = ""
    if done.returncode and all(check.right for check in checks):
        lines = done.stderr.strip().splitlines() or ["no error output"]
        trouble = f"exited with {done.returncode}: {' | '.join(lines[-3:])}"
    return Result(checks, time.perf_counter() - started, trouble)


def _checks(printed: str) -> Iterator[Check]:
    for line in printed.splitlines():
        name, verdict, seen = [*line.split("\t", 2), "", ""][:3]
        if verdict in ("right", "WRONG"):
            yield Check(name, verdict == "right", seen)
