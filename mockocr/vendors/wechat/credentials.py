"""The credentials of an official account or mini program: AppID and AppSecret."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLE = {
    "appid": "wx0000000000000001",
    "secret": "00112233445566778899aabbccddeeff",
}
"""observed: an AppID is `wx` and 16 hex digits, an AppSecret has 32."""


def generate_credentials(text: str) -> Mapping[str, str]:
    return {"appid": f"wx{text[:16]}", "secret": text[8:40]}


def masked(appid: str) -> str:
    """Enough to recognise an AppID by: a mistyped field may hold a secret."""
    return f"{appid[:4]}… of {len(appid)} characters"
