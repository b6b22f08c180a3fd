"""Imports what commands need, and forks a process for each command; ends when its stdin does."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import runpy
import select
import signal
import socket
import struct
import sys
from importlib import import_module
from typing import Any

from mockocr.vendors import discover

MODULES = (
    "mockocr.app",
    "mockocr.cli.serve",
    "mockocr.cli.send",
    "mockocr.testing.running",
    "mockocr.documents.kinds.absence",
    "httpx2",
    "uvicorn.protocols.http.httptools_impl",
    "PIL.Image",
    "pytest",
    "cryptography.x509",
)
"""What this installation lacks is passed over."""


def main(address: str) -> None:
    """Fork a process for each connection, until stdin ends."""
    discover()
    for name in MODULES:
        with contextlib.suppress(ImportError):
            import_module(name)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the tests, and with them stdin
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        os.write(1, b"ready\n")
        while True:
            sources: list[int | socket.socket] = [0, listener]
            readable, _, _ = select.select(sources, [], [])
            with contextlib.suppress(ChildProcessError):  # there is none
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if 0 in readable:
                return
            client, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                signal.signal(signal.SIGINT, signal.default_int_handler)
                break
            client.close()
    command = watch(client)
    run(command)


def watch(client: socket.socket) -> dict[str, Any]:
    """The command, in the process that is to run it; its watcher never returns.

    The watcher passes on signals, kills the process if its client is killed, and reports its end.
    """
    head, files, _, _ = socket.recv_fds(client, 4, 3)
    raw = b""
    while len(raw) < struct.unpack("!I", head)[0]:
        raw += client.recv(1 << 20)
    alive, ended = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(alive)
        client.close()
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        return dict(json.loads(raw))
    os.close(ended)
    for file in (0, 1, 2, *files):
        os.close(file)
    watched = [alive, client.fileno()]
    while alive not in (readable := select.select(watched, [], [])[0]):
        if readable:
            sent = client.recv(1)
            os.kill(child, sent[0] if sent else signal.SIGKILL)
            if not sent:
                watched = [alive]
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        client.sendall(struct.pack("!i", os.waitstatus_to_exitcode(status)))
    os._exit(0)


def run(command: dict[str, Any]) -> None:
    """Run `-m MODULE ARGUMENTS` as Python does."""
    os.chdir(command["folder"])
    os.environ.clear()
    os.environ.update(command["environment"])
    option, module, *arguments = command["arguments"]
    assert option == "-m"
    # as Python does with -m: the folder, then PYTHONPATH
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:0] = [command["folder"], *filter(None, paths)]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
