"""The program of a decoding process: decodes one file after another, each within limits of CPU time
and memory. `decode_process` starts it and speaks its protocol.

Each request is a JSON line (`size`, `memory`, `seconds`, `limits`) and the file. The answer is a
JSON line with the picture's fields and then its pixels, or with `error`, `detail` and `cause`.
"""

from __future__ import annotations

import json
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any, BinaryIO

from mockocr.core.errors import ApiError
from mockocr.core.image import Limits
from mockocr.images.decoding import decoding
from mockocr.images.memory_budget import return_freed_memory

_SLACK = 64 * 1024 * 1024
"""Address space beyond the estimate: the heap grows in steps, and libraries are mapped."""


def main(descriptor: int) -> None:
    """Serve requests from this socket until it is closed."""
    with socket.socket(fileno=descriptor) as connection, connection.makefile("rb") as incoming:
        while line := incoming.readline():
            request = json.loads(line)
            _answer(request, incoming, connection)
            return_freed_memory()


def _answer(request: dict[str, Any], incoming: BinaryIO, connection: socket.socket) -> None:
    data = incoming.read(request["size"])
    fields = request["limits"]
    limits = Limits(**{**fields, "formats": frozenset(fields["formats"])})
    _limit(request["seconds"], request["memory"])
    try:
        with decoding(data, limits) as decoded:
            names = ("width", "height", "channels", "format", "pages", "dpi")
            head = {name: getattr(decoded, name) for name in names}
            connection.sendall(json.dumps(head).encode() + b"\n")
            for strip in decoded.rows:
                connection.sendall(strip)
    except ApiError as error:
        cause = error.cause.value if error.cause else ""
        document = {"error": str(error.reason), "detail": error.detail, "cause": cause}
        connection.sendall(json.dumps(document).encode() + b"\n")


def _limit(seconds: float, memory: int) -> None:
    """Allow this process so many more seconds of CPU time and bytes of memory."""
    signal.setitimer(signal.ITIMER_PROF, seconds)  # ends the process; RLIMIT_CPU has whole seconds
    if sys.platform == "linux":  # other systems do not enforce it
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        space = pages * resource.getpagesize() + memory + _SLACK
        resource.setrlimit(resource.RLIMIT_AS, (space, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
