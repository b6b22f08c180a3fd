"""A client of the platform: uploads a picture, signed or not, and opens the response's envelope."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from msgspec.structs import replace

from mockocr.core.account import Credential
from mockocr.core.http import Request, Response
from mockocr.signing.rsa import generate_key
from mockocr.vendors.tupu import VENDOR
from tests.vendors.tupu.harness import AT, CREDENTIAL, PICTURE, PLATFORM, Harness

SECRET_ID = VENDOR.credentials["secret_id"]
HOST = ("Host", "api.open.tuputech.com")
KEY = generate_key()
"""The key that signs responses."""


def server(*credentials: Credential) -> Harness:
    """The services with these credentials, else that of `dev`, and with signed responses."""
    return Harness(credentials=credentials or (CREDENTIAL,), key=KEY)


def upload(*fields: tuple[str, str], secret_id: str = SECRET_ID) -> Request:
    """A picture and these fields, not signed."""
    parts = "".join(
        f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields
    )
    head = '--cut\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    body = (parts + head).encode() + PICTURE + b"\r\n--cut--\r\n"
    return post(body, "multipart/form-data; boundary=cut", secret_id)


def post(body: bytes, content_type: str, secret_id: str = SECRET_ID) -> Request:
    path = f"/v3/recognition/{secret_id}"
    headers = (HOST, ("Content-Type", content_type))
    options = VENDOR.default_options("tupu")
    return Request(
        "POST", path, path, headers, body=body, at=AT, seed=3, size=len(body), options=options
    )


def signed(*fields: tuple[str, str], credential: Credential = CREDENTIAL) -> Request:
    """A picture and these fields, signed with the credential."""
    return PLATFORM.sign(upload(*fields), credential)


def content(response: Response) -> Any:
    """The JSON inside the envelope."""
    assert response.status == 200
    envelope = json.loads(response.body)
    assert list(envelope) == ["signature", "json"]
    return json.loads(envelope["json"])


def code(response: Response) -> int:
    number: int = content(response)["code"]
    assert response.code == str(number)
    return number


def with_values(**values: str) -> Credential:
    return replace(CREDENTIAL, values={**CREDENTIAL.values, **values})


def key_pair() -> tuple[str, str]:
    """A fresh private key of 1024 bits and its public half, in PEM."""
    private = rsa.generate_private_key(65537, 1024)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem.decode(), public_pem(private.public_key())


def public_pem(key: Any) -> str:
    pem: bytes = key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode()
