"""The signature over the platform's responses.

The platform signs with its own key, whose public half its SDKs have built in. Here each user of
mockocr has a generated key, and its public half is published as `tupu.pem`.
"""

from __future__ import annotations

from mockocr.core.http import Request, Response, dump_json, load_json
from mockocr.core.service import ResponseSigner
from mockocr.signing import rsa


def sign_response(request: Request, response: Response, key: bytes) -> Response:
    """`{"signature", "json"}`: the body as text, and the signature over exactly that text."""
    if response.status != 200 or not key:
        return response
    text = response.body.decode()
    body = dump_json({"signature": rsa.sign(key.decode(), text), "json": text})
    return response.replaced(body=body)


def unsigned_body(body: bytes) -> bytes:
    """The text below `json` of a signed body; any other body as it is."""
    try:
        value = load_json(body)
    except (ValueError, RecursionError):
        return body
    text = value.get("json") if isinstance(value, dict) and "signature" in value else None
    return text.encode() if isinstance(text, str) else body


RESPONSE_SIGNER = ResponseSigner(
    name="tupu.pem",
    available=rsa.is_available,
    generate=rsa.generate_key,
    is_valid=rsa.is_private_key,
    public_key=rsa.public_key,
    sign=sign_response,
    unsigned=unsigned_body,
)
