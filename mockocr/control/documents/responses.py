"""The JSON documents that the control API answers. Types only: the code that makes a document is
with its subject, and the OpenAPI description is generated from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta

from mockocr.core.account import State


class ErrorDocument(TypedDict):
    """Every 4xx and 5xx answer but the 503 of `/health`."""

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


class FaultList(TypedDict):
    faults: list[FaultState]


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


class RequestSummary(TypedDict):
    """One request of the journal."""

    id: str
    at: Annotated[str, Meta(description="UTC time on the test's clock.")]
    vendor: str
    operation: str
    account: str
    method: str
    target: str
    status: Annotated[int, Meta(description="HTTP status; 0 if the connection was cut.")]
    code: Annotated[str, Meta(description="The vendor's own code.")]
    seconds: float
    why: Annotated[str, Meta(description="Why the request was refused, in one sentence.")]
    problem: Annotated[str, Meta(description="The neutral kind of the refusal.")]
    fault: str


class RequestList(TypedDict):
    """The journal, newest first. `evicted` counts requests that it no longer has; `mark` changes
    whenever it is cleared.
    """

    requests: list[RequestSummary]
    evicted: int
    mark: str


class ReadLine(TypedDict):
    text: str
    corners: list[list[int]]
    confidence: float


class PictureDetail(TypedDict):
    digest: str
    sha256: str
    size: int
    width: int
    height: int
    format: str
    lines: list[ReadLine]


class BodyDetail(TypedDict):
    size: int
    sha256: str


class ResponseDetail(TypedDict):
    """`body` is the JSON of the response, or its text."""

    wire: str
    headers: list[list[str]]
    size: int
    body: Any


class Difference(TypedDict):
    """The first byte (from 0) at which two texts differ, with some text around it."""

    byte: int
    expected: str
    received: str


class EvidenceDetail(TypedDict):
    """What the server built and what the client signed."""

    expected: str
    received: str
    signature: str
    expected_signature: str
    difference: NotRequired[Difference | None]


class RequestDetail(RequestSummary):
    """One request in full. Secrets are redacted."""

    billed: bool
    headers: list[list[str]]
    parameters: dict[str, Any]
    body: BodyDetail
    pictures: list[PictureDetail]
    read: list[str]
    answer: ResponseDetail
    evidence: NotRequired[EvidenceDetail]


class OperationInfo(TypedDict):
    """One operation; `method` joins several methods with commas."""

    id: str
    name: str
    method: str
    path: str
    source: str


class ServiceInfo(TypedDict):
    """One API of a vendor; `namespace` is the first part of its operation ids."""

    name: str
    namespace: str
    title: str
    hosts: list[str]
    operations: list[OperationInfo]


class VendorInfo(TypedDict):
    """A vendor; `credentials` are those of the account dev."""

    name: str
    title: str
    credentials: Mapping[str, str]
    services: list[ServiceInfo]


class VendorList(TypedDict):
    vendors: list[VendorInfo]


class UsageRow(TypedDict):
    """Requests and cost of one account and operation. `price` is yuan per request after `free`."""

    account: str
    vendor: str
    operation: str
    calls: int
    billable: int
    price: float
    price_source: str
    free: int
    cost: float


class UsageTotal(TypedDict):
    calls: int
    billable: int
    cost: float


class UsageDocument(TypedDict):
    currency: str
    rows: list[UsageRow]
    total: UsageTotal


class JournalSize(TypedDict):
    requests: int
    bytes: int
    evicted: int


class HealthDocument(TypedDict):
    """Whether recognition works: `read` has what was read, or `why` the reason of a failure."""

    status: Literal["ok", "failing"]
    version: str
    engine: str
    languages: list[str]
    store: str
    journal: JournalSize
    cache: Mapping[str, Any]
    goldens: NotRequired[Mapping[str, Any]]
    read: NotRequired[str]
    why: NotRequired[str]
