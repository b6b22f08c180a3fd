"""Texts that clients of the legacy API sign by mistake, to explain a wrong signature."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from urllib.parse import quote

from mockocr.core.account import Principal
from mockocr.signing.diagnosis import SigningMistake, diagnose, similar_secrets
from mockocr.vendors.tencent.credentials import EXAMPLE
from mockocr.vendors.tencent.legacy.signature import Authorization, signature, text_to_sign

UNEXPLAINED = "wrong SecretKey, or the text was changed after it was signed"


def find_mistake(authorization: Authorization, principal: Principal) -> SigningMistake:
    """The mistake that explains a wrong signature, else one with the cause `UNEXPLAINED`.

    Both have the text that the client signed, because the header states it.
    """
    found = diagnose(
        authorization.mac.hex(),
        lambda secret, text: signature(secret, text.encode()),
        authorization.text,
        principal.values["secret_key"],
        similar_secrets(principal, "secret_key", "secret_id", EXAMPLE["secret_key"]),
        _texts(authorization),
    )
    return found or SigningMistake(authorization.text, UNEXPLAINED)


def _texts(authorization: Authorization) -> Iterator[SigningMistake]:
    text, sent = authorization.text, dict(authorization.fields)
    reordered = "the signed text had its fields in another order than the sent one"
    for order in (sorted(sent), "abketruf", "aketruf", "abkterf", "akterf"):
        fields = {name: sent[name] for name in order if name in sent}
        yield SigningMistake(text_to_sign(fields), reordered)
    filled = {name: value for name, value in sent.items() if value}
    yield SigningMistake(text_to_sign(filled), "the text was signed without its empty fields")
    yield SigningMistake(text + "\n", "the text was signed with a line end after it")
    yield SigningMistake(
        quote(text, safe=""), "the text was signed percent-encoded, but sent unencoded"
    )
    yield SigningMistake(
        "&".join(f"{name}={quote(value, safe='')}" for name, value in sent.items()),
        "the values were signed percent-encoded, but sent unencoded",
    )
    yield SigningMistake(
        base64.b64encode(authorization.signed).decode(),
        "the base64 of the text was signed instead of the text",
    )
