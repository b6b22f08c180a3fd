"""An asynchronous operation: started by one request, asked for by later ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Job:
    """A job in its current state. `result` is what its work returned, empty until it has succeeded;
    `created` is aware UTC on the test clock.
    """

    id: str
    kind: str
    state: Literal["running", "succeeded", "failed"]
    created: datetime
    document: Mapping[str, Any]
    result: bytes = b""
