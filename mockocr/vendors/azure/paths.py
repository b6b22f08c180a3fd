"""The paths of an operation. Azure takes two slashes for one: clients make them of an endpoint that
ends in a slash.
"""

from __future__ import annotations


def doubled(path: str, *others: str) -> tuple[str, ...]:
    """The aliases of `path`: the other paths, and all of them with two slashes at the start."""
    return (*others, *(f"/{each}" for each in (path, *others)))


def segment(path: str, index: int) -> str:
    """The segment at `index`, counted from 0 after the slash or slashes at the start."""
    return path.lstrip("/").split("/")[index]
