"""Signed requests to mutate: every request example of every vendor, new vendors' too."""

from __future__ import annotations

import importlib.util
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from mockocr import samples
from mockocr.core.account import Credential
from mockocr.core.http import Request
from mockocr.core.request_example import RequestExample, SampleImage, no_credentials
from mockocr.core.service import Service, Vendor
from mockocr.vendors import discover

PICTURE = (samples.folder() / "hello.png").read_bytes()
NOWHERE = "http://127.0.0.1:1/picture.png"
"""The URL of examples that send one: nothing listens there, so the download fails at once."""

HANDED_OUT: dict[str, dict[str, str]] = {}
"""Tokens and ids of jobs that a server has handed out, by vendor."""


@dataclass(frozen=True)
class SignedExample:
    """One way to call one operation."""

    vendor: Vendor
    service: Service
    example: RequestExample

    @property
    def id(self) -> str:
        return f"{self.service.namespace}.{self.example.operation} {self.example.name}"

    def values(self) -> Mapping[str, str]:
        """The credential of the account `dev`, and the tokens and jobs that the server gave it."""
        return {**self.vendor.credentials, **HANDED_OUT.get(self.vendor.name, {})}

    def request(self, picture: bytes = PICTURE) -> Request:
        """The unsigned request with this picture."""
        url = NOWHERE if self.example.by_url else ""
        request = self.example.build(SampleImage(picture, "hello.png", url), self.values())
        return request.replaced(
            headers=(("Host", "localhost"), *request.headers),
            options=self.vendor.default_options(self.service.namespace),
            id=secrets.token_hex(16),
            at=datetime.now(UTC),
            seed=7,
            scheme="http",
        )

    def signed(self, request: Request) -> Request:
        """The request signed for the account `dev`; unsigned if it can no longer be signed."""
        credential = Credential(self.vendor.name, self.values())
        try:
            return self.service.sign(request, credential)
        except Exception:  # signers are made for whole requests, and this one is mutated
            return request


EXAMPLES = [
    SignedExample(vendor, service, example)
    for vendor in discover()
    for service in vendor.services
    for example in service.examples
    if not example.needs or importlib.util.find_spec(example.needs)
]
WITH_PICTURE = [
    found for found in EXAMPLES if found.example.lines is not None and not found.example.by_url
]
THAT_HAND_OUT = [
    found for found in EXAMPLES if found.example.extract_credentials is not no_credentials
]
