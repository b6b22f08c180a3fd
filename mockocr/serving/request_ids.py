"""Ids and seeds of requests, different in every process. They are no secrets: a generator that is
seeded once needs no system call for each.
"""

from __future__ import annotations

import os
import random

_random = random.Random()
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_random.seed)


def new_request_id() -> str:
    """32 lower-case hex digits."""
    return f"{_random.getrandbits(128):032x}"


def new_seed() -> int:
    """A number below 2**64."""
    return _random.getrandbits(64)
