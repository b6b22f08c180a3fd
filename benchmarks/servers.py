"""Starts servers as processes: mockocr, and a minimal one to compare with."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its URL, its process id, and its start on `time.perf_counter`."""

    url: str
    process: int
    started: float

    def megabytes(self) -> float:
        """Resident memory of the process in MB."""
        for line in Path(f"/proc/{self.process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def cpu(self) -> float:
        """Seconds of CPU time that the process has used."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(*command: str) -> Iterator[Server]:
    """Start a Python process that prints a line ending in its URL when it is ready."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MOCKOCR_")}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        ready = process.stdout.readline()
        if " ready on http" not in ready:
            raise RuntimeError(f"{' '.join(command)} did not start")
        yield Server(ready.split()[-1], process.pid, started)
    finally:
        process.terminate()
        process.communicate()


@contextlib.contextmanager
def mockocr_server(*arguments: str) -> Iterator[Server]:
    with serving("-m", "mockocr", "serve", "--port", "0", *arguments) as server:
        yield server


@contextlib.contextmanager
def bare_server() -> Iterator[Server]:
    with serving("-m", "benchmarks.bare") as server:
        yield server
