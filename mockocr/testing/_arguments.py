"""The named arguments of a session's methods, so that a type checker finds misspelt ones, and what
to say about misspelt names.
"""

from __future__ import annotations

from typing import TypedDict


class RuleOptions(TypedDict, total=False):
    """Which requests a fault or an answer applies to: after the first `after` ones, and with
    `probability`, repeatable with `seed`.
    """

    after: int
    probability: float
    seed: object


class AnswerOptions(RuleOptions, total=False):
    """`image_sha256` is the digest of a picture; `angle` is in degrees clockwise. `fields` are
    those of a document of the `kind`, `items` its rows; `warnings` are what the vendor says
    against it.
    """

    image_sha256: str
    angle: float
    fields: dict[str, str]
    items: list[dict[str, str]]
    kind: str
    warnings: list[str]


class Limits(TypedDict, total=False):
    """The limits of a quota; None removes one."""

    left: int | None
    per_second: int | None
    per_day: int | None


class Filters(TypedDict, total=False):
    """Filters of the journal; `since` is a time as in 2026-01-31T00:00Z."""

    account: str
    vendor: str
    code: str
    status: int
    refused: str
    since: str
    limit: int
