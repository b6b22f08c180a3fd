"""The JSON documents of accounts, rules, quotas, clock and scenarios. Types only: the code that
makes a document is with its subject, and the OpenAPI description is generated from the types.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, NotRequired, TypedDict

from msgspec import Meta

from mockocr.core.account import State


class ErrorDocument(TypedDict):
    """Every 4xx and 5xx response but the 503 of `/health`."""

    error: Annotated[str, Meta(description="One sentence that says what is wrong.")]


class KeyStatus(TypedDict):
    """One credential of an account."""

    vendor: str
    values: Mapping[str, str]
    state: State
    until: str | None


class AccountState(TypedDict):
    """An account. `credentials` has the first key of each vendor."""

    name: str
    credentials: dict[str, Mapping[str, str]]
    keys: list[KeyStatus]


class AccountList(TypedDict):
    accounts: list[AccountState]


class _RuleState(TypedDict):
    id: str
    operation: str
    times: int | None
    after: int
    account: str | None
    probability: float
    seed: str
    seen: Annotated[int, Meta(description="Requests that the rule has matched.")]
    used: Annotated[int, Meta(description="Requests that the rule was used for.")]
    left: Annotated[int | None, Meta(description="Uses that are left; null: no limit.")]


class FaultState(_RuleState):
    """A fault that is queued."""

    fault: str


class FaultKindDescription(TypedDict):
    """A kind of fault that can be queued."""

    name: str
    syntax: list[str]
    help: Annotated[str, Meta(description="What the client sees.")]
    examples: list[str]


class FaultList(TypedDict):
    faults: list[FaultState]
    kinds: list[FaultKindDescription]


class ScriptedCharacter(TypedDict):
    text: str
    corners: list[list[float]]
    confidence: float


class ScriptedWord(TypedDict):
    text: str
    corners: list[list[float]]
    confidence: float
    spaced: bool
    characters: list[ScriptedCharacter]


class ScriptedLine(TypedDict):
    """A line with `text` or with `words`."""

    text: NotRequired[str]
    words: NotRequired[list[ScriptedWord]]
    corners: NotRequired[list[list[float]]]
    confidence: float
    block: int


class AnswerState(_RuleState):
    """A scripted recognition that is queued."""

    lines: list[ScriptedLine]
    fields: Annotated[dict[str, str] | None, Meta(description="Fields of a document.")]
    items: list[dict[str, str]]
    kind: str | None
    warnings: list[str]
    angle: float
    image_sha256: str | None


class AnswerList(TypedDict):
    answers: list[AnswerState]


class QuotaState(TypedDict):
    """The limits of an account for an operation; null: no limit."""

    account: str
    operation: str
    per_second: int | None
    per_day: int | None
    left: Annotated[int | None, Meta(description="Billed requests that are left.")]
    used: Annotated[int, Meta(description="Billed requests since `left` was set.")]


class QuotaList(TypedDict):
    quotas: list[QuotaState]


class ClockState(TypedDict):
    """A clock; `offset` is its distance from real time in seconds."""

    now: str
    frozen: bool
    offset: float
    account: str | None


class ScenarioState(TypedDict):
    """Everything that a scenario created."""

    accounts: list[AccountState]
    quotas: list[QuotaState]
    faults: list[FaultState]
    answers: list[AnswerState]


class ResetDocument(TypedDict):
    reset: Literal[True]
