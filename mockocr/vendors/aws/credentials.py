"""AWS credentials: the access key id that names an account, and the secret that signs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

EXAMPLE: Mapping[str, str] = {
    "access_key_id": "AKIAMOCKOCR000000000",
    "secret_access_key": "mockocrSecretKey0000000000000000000000000",
}
"""The credentials of the account `dev`."""


def generate_credentials(text: str) -> Mapping[str, str]:
    """Credentials in AWS's form: `AKIA` and 16 capitals or digits, and 40 characters."""
    return {
        "access_key_id": f"AKIA{text[:16].upper()}",
        "secret_access_key": hashlib.sha256(text.encode()).hexdigest()[:40],
    }
