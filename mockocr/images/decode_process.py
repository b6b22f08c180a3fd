"""Decodes files in child processes with limits of CPU time and memory: a file that is made to use
up either ends its process, and nothing else.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from msgspec.structs import asdict

from mockocr.core.errors import ApiError, ErrorCause, ErrorKind
from mockocr.core.image import Image, Limits
from mockocr.images.cost import MEGABYTE, Cost
from mockocr.images.decoding import Decoded

CPU_SECONDS = 2.5
"""CPU time for one file; the largest accepted picture takes about one second."""
SECONDS = 5
"""Time for one file by the clock: on a busy machine it gets less CPU time than the above."""


class DecodeProcesses:
    """At most `workers` decoding processes, each started when it is first needed. `executor` has a
    thread for each of them. One file may take `seconds`.
    """

    def __init__(self, workers: int, name: str, seconds: float = SECONDS) -> None:
        self.executor = ThreadPoolExecutor(workers, name)
        self._seconds = seconds
        self._idle: list[_Process] = []
        self._lock = threading.Lock()
        weakref.finalize(self, _close_all, self._idle)

    def decode(self, data: bytes, limits: Limits, cost: Cost) -> Image:
        """The decoded picture, as from `decoding.decode`. Call it in a thread of `executor`.

        Raises also `ApiError(BAD_IMAGE)` for a file that takes too much time or memory, or that
        crashes the decoder.
        """
        with self._lock:
            process = self._idle.pop() if self._idle else None
        if process is None:
            process = _Process()
        try:
            return process.decode(data, limits, cost, self._seconds)
        finally:
            if process.usable:
                with self._lock:
                    self._idle.append(process)
            else:
                process.close()

    def close(self) -> None:
        """Finish what runs, and stop the processes."""
        self.executor.shutdown()
        _close_all(self._idle)


class _Process:
    """One decoding process. `usable` is False while it decodes and after it failed."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        self._deadline = 0.0
        with theirs:
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "mockocr.images.decode_worker", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # libtiff writes its complaints there
                start_new_session=True,  # Ctrl-C must not end what the server still finishes
            )
        self.usable = True

    def decode(self, data: bytes, limits: Limits, cost: Cost, seconds: float) -> Image:
        self.usable = False
        self._deadline = time.monotonic() + seconds
        request = {
            "size": len(data),
            "memory": cost.decoding + len(data),
            "seconds": min(CPU_SECONDS, seconds),
            "limits": {**asdict(limits), "formats": sorted(limits.formats)},
        }
        try:
            self._limit_waiting()
            self._socket.sendall(json.dumps(request).encode() + b"\n")
            self._socket.sendall(data)
            head = self._read_head()
            if "error" in head:
                self.usable = True
                cause = ErrorCause(head["cause"]) if head["cause"] else None
                raise ApiError(ErrorKind(head["error"]), head["detail"], cause=cause)
            decoded = Decoded(**head, rows=iter(()))
            pixels = self._read(decoded.width * decoded.height * decoded.channels)
        except (OSError, EOFError) as error:
            raise self._failed(error, cost, seconds) from None
        self.usable = True
        return decoded.image(data, pixels)

    def close(self) -> None:
        self._socket.close()
        self._process.kill()
        self._process.wait()

    def _read_head(self) -> dict[str, Any]:
        line = bytearray()
        while not line.endswith(b"\n"):
            self._limit_waiting()
            # peek, so that no byte of the pixels is read here
            ahead = self._socket.recv(4096, socket.MSG_PEEK)
            end = ahead.find(b"\n") + 1
            line += self._read(end or len(ahead) or 1)
        head: dict[str, Any] = json.loads(line)
        return head

    def _read(self, size: int) -> bytes:
        """Exactly `size` bytes, in one buffer that is not copied. EOFError if the process ended,
        BlockingIOError at the deadline.
        """
        self._limit_waiting()
        got = self._socket.recv(size, socket.MSG_WAITALL)
        if len(got) < size:
            # at the deadline a part may have come, and timeouts of the system are rounded
            if time.monotonic() >= self._deadline - 0.01:
                raise BlockingIOError
            raise EOFError
        return got

    def _limit_waiting(self) -> None:
        """Let what is sent and read next wait until the deadline. A timeout of the system lets a
        read fill a large buffer in one call, which a socket with a timeout of Python does not.
        """
        left = max(1, round((self._deadline - time.monotonic()) * 1_000_000))
        seconds, microseconds = divmod(left, 1_000_000)
        timeout = struct.pack("@ll", seconds, microseconds)
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            self._socket.setsockopt(socket.SOL_SOCKET, option, timeout)

    def _failed(self, error: Exception, cost: Cost, seconds: float) -> ApiError:
        """What to tell the client about a process that ended or does not answer."""
        if isinstance(error, BlockingIOError):
            reason = f"took more than {seconds:g} s (see --decode-seconds)"
        else:
            status = -self._process.wait(timeout=SECONDS)
            memory = cost.decoding // MEGABYTE
            reason = f"stopped the decoder (signal {status}), which may use {memory} MB"
            if status == signal.SIGPROF:
                reason = f"took more than {min(CPU_SECONDS, seconds):g} s of CPU time"
        cause = ErrorCause.PDF if cost.format == "PDF" else None
        return ApiError(ErrorKind.BAD_IMAGE, f"the {cost.format} file {reason}", cause=cause)


def _close_all(idle: list[_Process]) -> None:
    while idle:
        idle.pop().close()
