"""Starts commands quickly, in processes forked from one that has already imported mockocr.

A command is a process of its own, with its own arguments, environment, folder, signals and exit
code. It starts in a tenth of the time, because a start is mostly the import of modules. Tests of
the start itself (imports, interpreter options, `sitecustomize`) need a real start.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

__all__ = ["python"]

_HERE = Path(__file__).parent


@cache
def python() -> list[str]:
    """The first words of a command: put `-m mockocr serve` or `-m pytest` after them.

    The server that forks starts at the first call and ends with this process.
    """
    folder = tempfile.TemporaryDirectory(prefix="forks-")
    address = str(Path(folder.name) / "socket")
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.forks.server", address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_HERE.parents[1],
    )
    assert server.stdin is not None
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"

    def end() -> None:
        server.communicate()
        folder.cleanup()

    atexit.register(end)
    return [sys.executable, "-I", "-S", str(_HERE / "client.py"), address]
