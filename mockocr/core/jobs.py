"""An asynchronous operation: started by one request, asked for by later ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec


class Job(msgspec.Struct, frozen=True):
    """A job in its current state. `result` is what its work returned, empty until it has succeeded;
    `created` is aware UTC on the test clock.
    """

    id: str
    kind: str
    state: Literal["running", "succeeded", "failed"]
    created: datetime
    document: Mapping[str, Any]
    result: bytes = b""
