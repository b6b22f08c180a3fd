"""The signature over the platform's responses is valid for exactly the text beside it."""

from __future__ import annotations

import base64
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from mockocr.core.http import Request
from mockocr.vendors.tupu.platform.response_signature import RESPONSE_SIGNER
from tests.vendors.tupu.harness import AT, CREDENTIAL, HOSTED, PLATFORM, Harness
from tests.vendors.tupu.platform.client import HOST, KEY, SECRET_ID, server, signed, upload


def test_the_signature_of_a_response_is_valid_for_exactly_its_text() -> None:
    envelope = json.loads(server().serve(signed()).body)
    assert list(envelope) == ["signature", "json"]
    public = serialization.load_pem_public_key(RESPONSE_SIGNER.public_key(KEY))
    assert isinstance(public, rsa.RSAPublicKey)
    signature, text = base64.b64decode(envelope["signature"]), envelope["json"].encode()
    public.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    with pytest.raises(InvalidSignature):
        public.verify(signature, text + b" ", padding.PKCS1v15(), hashes.SHA256())


def test_errors_are_signed_too() -> None:
    envelope = json.loads(server().serve(upload()).body)
    public = serialization.load_pem_public_key(RESPONSE_SIGNER.public_key(KEY))
    assert isinstance(public, rsa.RSAPublicKey)
    signature, text = base64.b64decode(envelope["signature"]), envelope["json"].encode()
    public.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    assert list(json.loads(text)) == ["code", "message", "nonce", "timestamp"]


def test_without_a_key_the_response_has_no_envelope() -> None:
    assert b'"signature"' not in Harness().serve(signed()).body


def test_a_status_other_than_200_has_no_envelope() -> None:
    path = f"/v3/recognition/{SECRET_ID}"
    response = server().serve(Request("GET", path, path, (HOST,), at=AT))
    assert response.status == 405
    assert json.loads(response.body)["error"] == "method not allowed"


def test_only_the_platform_signs_its_responses() -> None:
    assert PLATFORM.response_signer is RESPONSE_SIGNER
    assert HOSTED.response_signer is None
    hosted = HOSTED.sign(upload(secret_id="general-ocr"), CREDENTIAL)
    assert b'"signature"' not in server().serve(hosted).body


def test_a_generated_key_is_valid_and_a_damaged_one_is_not() -> None:
    assert RESPONSE_SIGNER.is_valid(KEY)
    assert not RESPONSE_SIGNER.is_valid(KEY[:100])
    assert RESPONSE_SIGNER.name == "tupu.pem"
    assert RESPONSE_SIGNER.available()
