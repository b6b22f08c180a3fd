"""The key pair of the account `dev`: an example for everybody, and therefore no secret.

Fresh accounts share it, told apart by their secretId, because making a key takes its time. It is in
the form (PKCS #1) that Tupu's Python SDK reads, and has the 1024 bits of the keys in Tupu's SDKs.
"""

from __future__ import annotations

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


PRIVATE = _pem("RSA PRIVATE KEY", _PRIVATE)
PUBLIC = _pem("PUBLIC KEY", _PUBLIC)
