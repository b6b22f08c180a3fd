"""What clients of the original platform sign by mistake, for the journal's explanation of a wrong
signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from mockocr.vendors.tupu import rsa, sample_key


def of(public: str, named: tuple[str, str, str], sent: str) -> Slip | None:
    """The slip behind a signature that does not fit; `named` are secretId, timestamp and nonce."""
    right = ",".join(named)
    mended = sent.strip().replace(" ", "+")
    if mended != sent and rsa.verifies(public, right, mended):
        return Slip(right, "a '+' of the signature arrived as a blank: it must be sent as %2B")
    for slip in _texts(named):
        if rsa.verifies(public, slip.text, mended):
            return slip
    for digest in ("SHA1", "MD5", "SHA512"):
        if rsa.verifies(public, right, mended, digest):
            return Slip(right, f"the signature is over {digest}, and SHA256 is wanted")
    if public != sample_key.PUBLIC and rsa.verifies(sample_key.PUBLIC, right, mended):
        return Slip(right, "the private key is that of the account dev, the secretId is not")
    return None


def _texts(named: tuple[str, str, str]) -> Iterator[Slip]:
    right = ",".join(named)
    for order in permutations(named):
        if order != named:
            yield Slip(",".join(order), "the order is secretId, timestamp, nonce")
    for separator in ("", "&", "\n", ", ", ";", "|"):
        text = separator.join(named)
        yield Slip(text, f"commas stand between the three, and not {separator!r}")
    yield Slip(right + "\n", "a line end was signed behind the text")
    secret_id, timestamp, nonce = named
    yield Slip(f"{timestamp},{nonce}", "the secretId was not signed")
    yield Slip(f"{secret_id},{timestamp}", "the nonce was not signed")
    if timestamp.isdigit():
        other = timestamp[:-3] if len(timestamp) == 13 else timestamp + "000"
        unit = "seconds" if len(timestamp) == 13 else "milliseconds"
        yield Slip(
            ",".join((secret_id, other, nonce)), f"the timestamp was signed in {unit} and sent not"
        )
