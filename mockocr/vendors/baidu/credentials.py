"""The credentials of an application: its id, API Key and Secret Key, as the console shows them."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLE = {
    "app_id": "10000001",
    "api_key": "mockocrDevApiKey00000001",
    "secret_key": "mockocrDevSecretKey0000000000001",
}
"""observed: an App ID is a number, an API Key has 24 letters and digits, a Secret Key 32."""


def generate_credentials(text: str) -> Mapping[str, str]:
    return {
        "app_id": str(10_000_002 + int(text[:12], 16) % 89_000_000),
        "api_key": text[:24],
        "secret_key": text[8:40],
    }


def masked(key: str) -> str:
    """Enough to recognise a key by: the journal must not hold a whole one."""
    return f"{key[:4]}… of {len(key)} characters"
