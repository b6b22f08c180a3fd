"""Stands for one forked process: passes it its files and signals, and exits as it does."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1)


def main(address: str, arguments: list[str]) -> int:
    """The exit code of `python ARGUMENTS`; negative if a signal ended it."""
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(address)
        folder, environment = os.getcwd(), {**os.environ}  # noqa: PTH109 - pathlib imports slowly
        document = {"arguments": arguments, "folder": folder, "environment": environment}
        raw = json.dumps(document).encode()
        socket.send_fds(server, [struct.pack("!I", len(raw))], [0, 1, 2])
        for caught in SIGNALS:
            signal.signal(caught, lambda got, _: server.sendall(bytes([got])))
        server.sendall(raw)
        # the forked process has them, and whoever reads them waits for their end
        for number in (0, 1, 2):
            os.close(number)
        answer = server.recv(4)
    return int(struct.unpack("!i", answer)[0]) if len(answer) == 4 else 1


if __name__ == "__main__":
    code = main(sys.argv[1], sys.argv[2:])
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)
