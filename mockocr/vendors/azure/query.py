"""The parameters in a query; Azure compares their names without regard to case."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.http import Request


def query_values(request: Request) -> Mapping[str, str]:
    """Lower-case name to the first value of each parameter."""
    return request.cached(_values)


def _values(request: Request) -> Mapping[str, str]:
    return {name.lower(): value for name, value in reversed(request.query_fields())}
