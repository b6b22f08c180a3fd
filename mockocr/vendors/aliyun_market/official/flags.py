"""Booleans among the parameters of a JSON body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockocr.core.errors import ApiError, ErrorEntry


def flag(values: Mapping[str, Any], name: str, entry: ErrorEntry) -> bool:
    """The boolean of that name, false if there is none; `ApiError(entry)` for anything else."""
    value = values.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise ApiError(entry, f"{name} is {str(value)[:40]!r}, not true or false")
    return value
