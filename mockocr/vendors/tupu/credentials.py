"""The credential of the account `dev`, and fresh ones.

The RSA key pair is an example that everybody can read, so it is no secret. Generated credentials
share it and differ in their secretId, because it takes a quarter of a second to generate a key. The
pair has the form (PKCS #1) that Tupu's Python SDK reads, and 1024 bits as the keys in Tupu's SDKs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mockocr.core.account import Principal
from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind

_PRIVATE = """
MIICXAIBAAKBgQDD/F1SBbS5pLmxnW3KRRz+TtcYwY2IYWr+68hZzYKCoY9k/4kC
pBLcZcvQlSSu87880kHAGMTt0afp2Uv4s3xEkJoh26BJaROQIoQnUVT+G28e3tok
8OCZ2NVI2CfX3BIY2C+AXPJKmhcf1w7Vwr5gVigyNIFhFyFvA2NKhNk0eQIDAQAB
AoGAeUWq1TtUpl8ozKA2tKfple9hKB90ncRyOcXalr8VGBIysfNxa2HtjdWrtajk
JyIK3u7X4q8xBFvsREbCvOULaie5vh9CU9CTEbzTQbUc40hlc1q9OokAXly07t2K
uqOIZPXQPhSWzQWdkUyWbqLs+MU3bZKJr2OC+1qpsGvLGxECQQD0Dv+duwYphBUk
5Qm23Ig34JEfrJuO/zWcBAURQNbv0N40hSnsZqJe4KulW2VfgzbwDiz5wsZdtv5y
QvwShq61AkEAzZM4qIPBf0NPIWvKMOYpGvv5SGtPrr0NnsOLKITDiUiePxvSfFt+
VmEDy4mXLVRGkZn0mhpcPvjHqNYmekeFNQJAVPV7qk7WwFEIg0Vv8kYm7TyxiFMv
+8F/ygXkNbNanzUYhTPt+itoTprrZa7BRVSKJVrp8TAKmckAHoqO8WwNGQJBAKN6
wSLZbEYdK89jHa5XSjcITEw38mz+MNehn4eAVNNWqWl8YZ29ULG2gsMYzt0gWOIu
8WKfNd5qDrUIYB77w0UCQBFEesam3pMiwb8BqzgmjZkpAi72HW7kllRt5Z7y0V2P
cjtzTCuxmG+kTPjirFCo1jjchyvFiwb7XYxM3qEAjnA=
"""

_PUBLIC = """
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDD/F1SBbS5pLmxnW3KRRz+TtcY
wY2IYWr+68hZzYKCoY9k/4kCpBLcZcvQlSSu87880kHAGMTt0afp2Uv4s3xEkJoh
26BJaROQIoQnUVT+G28e3tok8OCZ2NVI2CfX3BIY2C+AXPJKmhcf1w7Vwr5gVigy
NIFhFyFvA2NKhNk0eQIDAQAB
"""


def _pem(kind: str, body: str) -> str:
    dashes = "-" * 5
    return f"{dashes}BEGIN {kind}{dashes}{body}{dashes}END {kind}{dashes}\n"


PRIVATE_KEY = _pem("RSA PRIVATE KEY", _PRIVATE)
PUBLIC_KEY = _pem("PUBLIC KEY", _PUBLIC)

EXAMPLE = {
    "key": "mockocr-dev-key",
    "secret_id": "c0ffee00c0ffee00c0ffee00",
    "public_key": PUBLIC_KEY,
    "private_key": PRIVATE_KEY,
}
"""`key` is the hosted API's AccessKey; the other three belong to the platform."""


def generate_credentials(text: str) -> Mapping[str, str]:
    """Fresh credentials with the example's key pair."""
    return {
        "key": text,
        "secret_id": text[:24],
        "public_key": PUBLIC_KEY,
        "private_key": PRIVATE_KEY,
    }


def require_active(principal: Principal, at: datetime, not_subscribed: ErrorEntry) -> Principal:
    """The principal; `ApiError` if its credential is not usable at `at`.

    `not_subscribed` answers a credential in the state `unsubscribed`, which has its own code.
    """
    credential = principal.credential
    if credential.state == "unsubscribed" and credential.rejection(at) is ErrorKind.FORBIDDEN:
        name = principal.account.name
        raise ApiError(not_subscribed, f"account {name} is not subscribed to this API")
    return principal.require_active(at)
