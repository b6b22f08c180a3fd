"""The JSON document of a scenario, which sets up everything at once."""

from __future__ import annotations

from typing import ClassVar

from mockocr.control.documents.answers import AnswerDocument
from mockocr.control.documents.requests import (
    AccountDocument,
    ClockDocument,
    Document,
    FaultDocument,
    Pattern,
    QuotaDocument,
)


class ScenarioQuotaDocument(QuotaDocument, kw_only=True):
    """A quota inside a scenario; `account` defaults to that of the scenario, else to `dev`."""

    operation: Pattern
    account: str | None = None


class ScenarioDocument(Document):
    """Everything that the other documents set, in one. `account` ties the clock and every quota,
    fault and answer to that account, unless they name another (null: every account).
    """

    label: ClassVar[str] = "a scenario"
    name: str | None = None
    about: str | None = None
    account: str | None = None
    clock: ClockDocument | None = None
    accounts: list[AccountDocument] | None = None
    quotas: list[ScenarioQuotaDocument] | None = None
    faults: list[FaultDocument] | None = None
    answers: list[AnswerDocument] | None = None
