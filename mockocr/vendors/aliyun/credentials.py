"""Alibaba Cloud's credentials: the id of an AccessKey, and the secret that signs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

EXAMPLE: Mapping[str, str] = {
    "access_key_id": "LTAIMOCKOCR000000000000",
    "access_key_secret": "mockocrSecretKey00000000000000",
}
"""The credentials of the account `dev`."""


def generate_credentials(text: str) -> Mapping[str, str]:
    """Credentials in the vendor's form: `LTAI` and 20 letters or digits, and 30 of them."""
    return {
        "access_key_id": f"LTAI{text[:20]}",
        "access_key_secret": hashlib.sha256(text.encode()).hexdigest()[:30],
    }


def masked(key: str) -> str:
    """Enough to recognise a key by: the journal must not hold a whole unknown one."""
    return f"{key[:8]}… of {len(key)} characters"
