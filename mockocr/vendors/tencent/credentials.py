"""Tencent's credentials: a key pair for both services, and what the legacy one needs beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

EXAMPLE: Mapping[str, str] = {
    "appid": "1251000000",
    "bucket": "test",
    "secret_id": "AKIDMOCKOCR0000000000000000000000000",
    "secret_key": "mockocrSecretKey0000000000000000",
}
"""The credentials of the account `dev`."""


def generate_credentials(text: str) -> Mapping[str, str]:
    """Credentials in the vendor's form: ten digits, a bucket, `AKID` and 32 characters, 32
    characters.
    """
    return {
        "appid": f"13{int(text, 16) % 10**8:08d}",
        "bucket": "test",
        "secret_id": f"AKID{text[:32]}",
        "secret_key": hashlib.sha256(text.encode()).hexdigest()[:32],
    }
