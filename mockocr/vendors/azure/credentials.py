"""The two subscription keys of an Azure resource: those of the account `dev`, and fresh ones."""

from __future__ import annotations

from collections.abc import Mapping

LONG = 84
"""Characters of a newer key. An older one is 32 hex digits."""

EXAMPLE: Mapping[str, str] = {
    "key": "a2e0c0ffee00c0ffee00c0ffee00a2e0",
    "key2": "mockocrdev" * 8 + "key2",
}
"""The credentials of the account `dev`."""


def generate_credentials(text: str) -> Mapping[str, str]:
    """Two keys in the forms of real ones: KEY 1 as an older resource has it, KEY 2 as a newer."""
    return {"key": text[:32], "key2": (text * 3)[:LONG]}
