"""The JSON documents that report what happened: journal, usage, health, and the vendors. Types
only, as in `responses`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta


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
    console: NotRequired[Annotated[bool, Meta(description="True if the console sent it.")]]


class SpecimenDocument(TypedDict):
    """A drawn document: its picture in base64 (PNG if it is clean, else JPEG) and its fields."""

    kind: str
    image: str
    width: int
    height: int
    fields: dict[str, str]
    items: list[dict[str, str]]


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
    """Requests and cost of one account and operation. `billable` counts requests or, where the
    vendor bills them, pages. `price` is for each of them after `free`, in `currency`.
    """

    account: str
    vendor: str
    operation: str
    calls: int
    billable: int
    price: float
    currency: str
    price_source: str
    free: int
    cost: float


class UsageTotal(TypedDict):
    """All rows together. `cost` is null if they have several currencies; `costs` has each."""

    calls: int
    billable: int
    cost: float | None
    costs: Annotated[Mapping[str, float], Meta(description="Cost by currency.")]


class UsageDocument(TypedDict):
    """`currency` is empty if the rows have several."""

    currency: str
    rows: list[UsageRow]
    total: UsageTotal


class JournalSize(TypedDict):
    requests: int
    bytes: int
    evicted: int


class LiveDocument(TypedDict):
    """The process answers."""

    status: Literal["ok"]


class HealthDocument(TypedDict):
    """Whether recognition works: `read` has what was read, or `why` the reason of a failure.

    `reader` says which reader is at work, and what to install for the best one.
    """

    status: Literal["ok", "failing"]
    version: str
    engine: str
    reader: str
    languages: list[str]
    store: str
    journal: JournalSize
    cache: Mapping[str, Any]
    goldens: NotRequired[Mapping[str, Any]]
    read: NotRequired[str]
    why: NotRequired[str]
