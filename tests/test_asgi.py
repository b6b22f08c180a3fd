"""The loop that tests share."""

from __future__ import annotations

import asyncio
import os
import signal

from tests.asgi import run


def test_a_fork_has_a_loop_of_its_own() -> None:
    run(asyncio.to_thread(int))  # starts a thread, which the fork does not have
    child = os.fork()
    if not child:
        signal.alarm(5)
        run(asyncio.to_thread(int))
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
