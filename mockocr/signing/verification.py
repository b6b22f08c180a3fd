"""Compares a received signature with those that a correct client may have made."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable

import msgspec

from mockocr.core.errors import ApiError, ErrorEntry, ErrorKind, Evidence
from mockocr.signing.diagnosis import SigningMistake


class Candidate(msgspec.Struct, frozen=True):
    """A text that a correct client may have signed, and its signature by the caller's secret.

    `shown` is the text for the journal, where it differs from the signed one.
    """

    text: str
    signature: str
    shown: str = ""


def require_signature(
    received: str,
    candidates: Iterable[Candidate],
    diagnose: Callable[[str], SigningMistake | None],
    default_cause: str,
    reason: ErrorKind | ErrorEntry = ErrorKind.BAD_SIGNATURE,
    **facts: str,
) -> None:
    """Returns if any candidate has the received signature; else raises `ApiError(reason)`.

    The candidates are compared likeliest first. The error explains the first one: `diagnose` gets
    its text and names the client's mistake, else `default_cause` is the explanation.
    """
    first: Candidate | None = None
    for candidate in candidates:
        first = first or candidate
        if hmac.compare_digest(
            received.encode("utf-8", "replace"), candidate.signature.encode("utf-8", "replace")
        ):
            return
    assert first is not None, "a scheme has at least one candidate"
    mistake = diagnose(first.text)
    cause = mistake.cause if mistake else default_cause
    expected = first.shown or first.text
    raise ApiError(
        reason,
        f"the signature does not match: {cause}; computed over {expected!r}",
        Evidence(expected, mistake.text if mistake else "", received, first.signature),
        facts=facts,
    )
