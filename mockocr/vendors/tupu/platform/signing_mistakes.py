"""What the platform's signature covers, and the mistakes that clients make when they sign."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

import msgspec
from msgspec.structs import astuple

from mockocr.signing import rsa
from mockocr.signing.diagnosis import SigningMistake
from mockocr.vendors.tupu.credentials import PUBLIC_KEY


class SignedFields(msgspec.Struct, frozen=True):
    """The three values that are signed, as sent."""

    secret_id: str
    timestamp: str
    nonce: str

    @property
    def values(self) -> tuple[str, ...]:
        return astuple(self)

    @property
    def text(self) -> str:
        """The string to sign. doc: image page of Tupu's platform; sdk: all six."""
        return ",".join(self.values)


def find_mistake(public_key: str, signed: SignedFields, signature: str) -> SigningMistake | None:
    """The mistake that explains a signature which does not fit, or None."""
    text = signed.text
    repaired = signature.strip().replace(" ", "+")
    if repaired != signature and rsa.verify(public_key, text, repaired):
        return SigningMistake(text, "a + of the signature was sent as it is instead of as %2B")
    for mistake in _other_texts(signed):
        if rsa.verify(public_key, mistake.text, repaired):
            return mistake
    for digest in ("SHA1", "MD5", "SHA512"):
        if rsa.verify(public_key, text, repaired, digest):
            return SigningMistake(text, f"the signature uses {digest} instead of SHA256")
    if public_key != PUBLIC_KEY and rsa.verify(PUBLIC_KEY, text, repaired):
        cause = "the private key belongs to the account dev, the secretId does not"
        return SigningMistake(text, cause)
    return None


def _other_texts(signed: SignedFields) -> Iterator[SigningMistake]:
    secret_id, timestamp, nonce = signed.values
    for order in permutations(signed.values):
        if order != signed.values:
            cause = "the order of the signed values must be secretId, timestamp, nonce"
            yield SigningMistake(",".join(order), cause)
    for separator in ("", "&", "\n", ", ", ";", "|"):
        cause = f"the signed values must be joined by commas, not by {separator!r}"
        yield SigningMistake(separator.join(signed.values), cause)
    yield SigningMistake(signed.text + "\n", "a line end was signed after the text")
    yield SigningMistake(f"{timestamp},{nonce}", "the secretId was not signed")
    yield SigningMistake(f"{secret_id},{timestamp}", "the nonce was not signed")
    if timestamp.isdigit():
        milliseconds = len(timestamp) == 13
        other = timestamp[:-3] if milliseconds else timestamp + "000"
        units = ("seconds", "milliseconds") if milliseconds else ("milliseconds", "seconds")
        cause = f"the timestamp was signed in {units[0]} and sent in {units[1]}"
        yield SigningMistake(",".join((secret_id, other, nonce)), cause)
