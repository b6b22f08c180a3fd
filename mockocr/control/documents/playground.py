"""The JSON documents of the playground, of replays, snippets and edited goldens."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, TypedDict

from msgspec import Meta

from mockocr.control.documents.answers import LineDocument
from mockocr.control.documents.requests import MAX_LINES, Document

MAX_OPERATIONS = 300


class PlaygroundDocument(Document):
    """A picture to send to operations. The picture is `image` (base64) or the name of a `sample`;
    without `operations`, it goes to the first operation of each service that reads text. `values`
    replaces fields of the account's credential.
    """

    label: ClassVar[str] = "a playground request"
    image: str | None = None
    sample: str | None = None
    operations: Annotated[list[str], Meta(max_length=MAX_OPERATIONS)] | None = None
    account: str | None = None
    values: dict[str, str] | None = None


class ReplayDocument(Document):
    """What to change when a request is sent again; without a field it stays as it was."""

    label: ClassVar[str] = "a replay"
    operation: str | None = None
    account: str | None = None
    image: str | None = None
    sample: str | None = None
    values: dict[str, str] | None = None


class GoldenDocument(Document):
    """What is read in a picture from now on, instead of what its golden says."""

    label: ClassVar[str] = "a golden"
    lines: Annotated[list[str | LineDocument], Meta(max_length=MAX_LINES)]


class AnswerOfOperation(TypedDict):
    """What one operation answered. `request` is the id in the journal; `lines` is the text in the
    answer, `body` its JSON or text. `status` is 0 if a fault cut the connection.
    """

    operation: str
    vendor: str
    service: str
    example: str
    request: str
    status: int
    code: str
    why: str
    seconds: float
    lines: list[str]
    body: Any


class PlaygroundAnswers(TypedDict):
    answers: list[AnswerOfOperation]


class OperationChoice(TypedDict):
    """An operation for a picture; `default` if the playground sends to it unasked."""

    id: str
    vendor: str
    service: str
    reads_text: bool
    default: bool


class PlaygroundChoices(TypedDict):
    """What the playground can send, and to which operations."""

    operations: list[OperationChoice]
    samples: list[str]
    specimens: list[str]


class Snippet(TypedDict):
    """Code that sends a request; `title` says how. A snippet that reads `body.bin` needs the file
    with the body of the document.
    """

    language: str
    title: str
    code: str


class Snippets(TypedDict):
    """`body` is the base64 of the file `body.bin`, empty if no snippet reads it."""

    operation: str
    account: str
    snippets: list[Snippet]
    body: str


class GoldenState(TypedDict):
    digest: str
    lines: int
