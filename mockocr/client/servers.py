"""Starts what the demo needs: `mockocr serve` in a process, and a web server for pictures."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path


class ServerStartError(Exception):
    """The server did not start. The message is what it printed."""


@contextlib.contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """The URL of `mockocr serve` in a process of its own on a free port; see `serving_urls`."""
    with serving_urls(*arguments) as urls:
        yield urls[0]


@contextlib.contextmanager
def serving_urls(*arguments: str) -> Iterator[list[str]]:
    """The URLs in the ready line of `mockocr serve` on a free port: http, then https and `proxy=`
    if `arguments` ask for them.

    Variables and files with settings are ignored. `ServerStartError` if the server does not start.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MOCKOCR_")}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    command = [sys.executable, "-m", "mockocr", "serve", "--port", "0", *arguments]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=output, text=True
        )
        assert process.stdout is not None
        try:
            ready = process.stdout.readline()
            if " ready on " not in ready:
                process.wait(10)
                output.seek(0)
                raise ServerStartError(
                    output.read().strip() or "the server exited without a message"
                )
            yield ready.partition(" ready on ")[2].split()
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the demo prints its own table."""


@contextlib.contextmanager
def serving_pictures(folder: Path) -> Iterator[str]:
    """The URL of a web server for that folder, from which vendors download pictures."""
    handler = functools.partial(_Silent, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
