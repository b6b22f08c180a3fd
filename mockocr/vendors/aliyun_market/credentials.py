"""The credential fields of Aliyun's market: the values of the account `dev`, and fresh ones."""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLE: Mapping[str, str] = {
    "appcode": "c0ffee00c0ffee00c0ffee00c0ffee00",
    "appkey": "203753385",
    "appsecret": "mockocr-secret-1",
    "platform_appid": "mockocr-dev",
    "platform_secret": "mockocr-platform-secret",
}
"""The credentials of the account `dev`."""


def generate_credentials(text: str) -> Mapping[str, str]:
    """Fresh credentials made from 40 hex digits.

    Real AppKeys have nine digits; these have twelve, so that many accounts stay distinct.
    """
    return {
        "appcode": text[:32],
        "appkey": str(10**11 + int(text, 16) % (9 * 10**11)),
        "appsecret": text[8:],
        "platform_appid": "mock" + text[:28],
        "platform_secret": text[::-1][:32],
    }
