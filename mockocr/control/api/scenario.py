"""Everything that a tester controls, and scenarios: documents that set up all of it at once."""

from __future__ import annotations

import tomllib
from collections.abc import Awaitable
from typing import Any, TypeVar

import msgspec

from mockocr.control.documents.requests import (
    ClockDocument,
    QuotaDocument,
    RuleDocument,
)
from mockocr.control.documents.responses import AccountState, ClockState, QuotaState
from mockocr.control.documents.scenario import ScenarioDocument, ScenarioQuotaDocument
from mockocr.control.faults.injection import Faults
from mockocr.control.scripted.answers import Answers
from mockocr.control.state.accounts import AccountStore
from mockocr.control.state.clock import Clock, set_clock
from mockocr.control.state.quota import Quotas
from mockocr.control.state.store import Document
from mockocr.control.validation import InvalidInputError, matching_operations
from mockocr.core.service import Vendor
from mockocr.core.validation import whole_floats

T = TypeVar("T")
Tied = TypeVar("Tied", bound=ClockDocument | RuleDocument)


class TestControl(msgspec.Struct, frozen=True):
    """The parts that a tester controls. The methods check that accounts and operations exist."""

    vendors: tuple[Vendor, ...]
    clock: Clock
    accounts: AccountStore
    faults: Faults
    quotas: Quotas
    answers: Answers

    async def require_account(self, name: str | msgspec.UnsetType | None) -> None:
        """`InvalidInputError` (404) if there is no such account; None means every account."""
        if name is None or name is msgspec.UNSET or await self.accounts.get(name):
            return
        names = ", ".join(account.name for account in await self.accounts.all())
        raise InvalidInputError(f"there is no account {name!r}; there are {names}", 404)

    async def set_quota(self, account: str, operation: str, document: QuotaDocument) -> QuotaState:
        """Set a quota; `InvalidInputError` (404) if the account or operation does not exist."""
        matching_operations(self.vendors, operation)
        await self.require_account(account)
        return await self.quotas.put(account, operation, document)

    async def set_clock(self, document: ClockDocument) -> ClockState:
        """Set the clock; `InvalidInputError` (404) if its account does not exist."""
        await self.require_account(document.account)
        return await set_clock(self.clock, document)

    async def delete_account(self, name: str) -> None:
        """Delete an account with its faults, answers, quotas and clock. Its requests stay in the
        journal.
        """
        await self.accounts.remove(name)
        await self.faults.queue.delete_all(name)
        await self.answers.queue.delete_all(name)
        await self.quotas.delete_account(name)
        await self.clock.update(name, lambda: self.clock.release(name))

    async def play(self, scenario: ScenarioDocument) -> dict[str, Any]:
        """Set up everything in a scenario, and return what was created.

        It stops at the first `InvalidInputError`, which names the place in the document.
        """
        account = scenario.account
        accounts: list[AccountState] = []
        quotas: list[QuotaState] = []
        faults: list[Document] = []
        answers: list[Document] = []
        for n, new in enumerate(scenario.accounts or ()):
            created = await _at("accounts", n, self.accounts.create(new))
            accounts.append(self.accounts.to_json(created))
        if scenario.clock is not None:
            await self.set_clock(_tie(scenario.clock, account))
        for n, quota in enumerate(scenario.quotas or ()):
            quotas.append(await _at("quotas", n, self._set_quota(quota, account)))
        for n, fault in enumerate(scenario.faults or ()):
            fault = _tie(fault, account)
            await _at("faults", n, self.require_account(fault.account))
            faults.append(await _at("faults", n, self.faults.add(fault)))
        for n, answer in enumerate(scenario.answers or ()):
            answer = _tie(answer, account)
            await _at("answers", n, self.require_account(answer.account))
            answers.append(await _at("answers", n, self.answers.add(answer)))
        return {"accounts": accounts, "quotas": quotas, "faults": faults, "answers": answers}

    async def _set_quota(self, quota: ScenarioQuotaDocument, account: str | None) -> QuotaState:
        owner = next(name for name in (quota.account, account, "dev") if name is not None)
        return await self.set_quota(owner, quota.operation, quota)


def parse_toml(body: bytes) -> dict[str, Any]:
    """A document written in TOML; `InvalidInputError` gives the place of the first error."""
    try:
        return tomllib.loads(body.decode("utf-8"), parse_float=whole_floats)
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"the scenario is not UTF-8: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidInputError(f"the scenario is not TOML: {error}") from None


def _tie(document: Tied, account: str | None) -> Tied:
    """The document for `account`, unless it names an account itself."""
    if account is None or document.account is not msgspec.UNSET:
        return document
    return msgspec.structs.replace(document, account=account)


async def _at(kind: str, number: int, step: Awaitable[T]) -> T:
    try:
        return await step
    except InvalidInputError as error:
        raise InvalidInputError(f"{kind}[{number}]: {error}", error.status) from None
