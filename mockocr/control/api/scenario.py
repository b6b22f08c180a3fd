"""One document that sets up accounts, quotas, faults, answers and the clock together.

    {"account": "dev", "clock": {"now": "…"}, "accounts": [{…}],
     "quotas": [{"operation": "tencent.general", "left": 3}], "faults": [{…}], "answers": [{…}]}

`account` ties the clock and every quota, fault and answer to that account unless it names another
(null: all); a quota needs one, and is `dev`'s when nobody says. TOML holds the same with
`[[faults]]` and so on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockocr.control.faults.injection import Faults
from mockocr.control.scripted.answers import Answers
from mockocr.control.state.accounts import AccountStore, shown
from mockocr.control.state.clock import Clock, demanded
from mockocr.control.state.quota import Quotas
from mockocr.control.validation import FieldReader, InvalidInputError, operations
from mockocr.core.service import Vendor


@dataclass(frozen=True, slots=True)
class TestControl:
    """The parts that a scenario sets."""

    vendors: tuple[Vendor, ...]
    clock: Clock
    accounts: AccountStore
    faults: Faults
    quotas: Quotas
    answers: Answers

    async def quota(self, account: str, operation: str, demand: FieldReader) -> Mapping[str, Any]:
        """Set a quota; Mistake when the account or the operation does not exist."""
        operations(self.vendors, operation)
        await self.known(account)
        return await self.quotas.put(account, operation, demand)

    async def remove_account(self, name: str) -> None:
        """Take an account away with its faults, answers, quotas and clock; its requests stay in
        the journal.
        """
        await self.accounts.remove(name)
        await self.faults.queue.clear(name)
        await self.answers.queue.clear(name)
        await self.quotas.drop_account(name)
        await self.clock.shared(name, lambda: self.clock.release(name))

    async def known(self, account: Any) -> None:
        """Mistake (404) when there is no such account, None being all of them."""
        if account is None or (isinstance(account, str) and await self.accounts.get(account)):
            return
        names = ", ".join(known.name for known in await self.accounts.all())
        raise InvalidInputError(f"there is no account {account!r}; there are {names}", 404)

    async def set_clock(self, value: Any) -> Mapping[str, Any]:
        """Set the clock as `clock.demanded` does; Mistake when its account does not exist."""
        if isinstance(value, Mapping):
            await self.known(value.get("account"))
        return await demanded(self.clock, value)

    async def play(self, document: Any) -> dict[str, Any]:
        """Set up everything in the document, and tell what was made. It stops at the first mistake,
        which says where it is.
        """
        demand = FieldReader(document, "a scenario")
        demand.optional_text("name")
        demand.optional_text("about")
        account = demand.optional_text("account")
        clock = demand.value("clock")
        lists = {
            name: demand.sequence(name) for name in ("accounts", "quotas", "faults", "answers")
        }
        demand.done()
        made: dict[str, Any] = {name: [] for name in lists}
        for number, item in enumerate(lists["accounts"]):
            made["accounts"].append(shown(await _at("accounts", number, self.accounts.make(item))))
        if clock is not None:
            await self.set_clock(_tied(clock, account))
        for number, item in enumerate(lists["quotas"]):
            made["quotas"].append(await _at("quotas", number, self._quota(item, account)))
        for kind, add in (("faults", self.faults.add), ("answers", self.answers.add)):
            for number, item in enumerate(lists[kind]):
                tied = _tied(item, account)
                if isinstance(tied, Mapping):
                    await _at(kind, number, self.known(tied.get("account")))
                made[kind].append(await _at(kind, number, add(tied)))
        return made

    async def _quota(self, item: Any, account: str | None) -> Mapping[str, Any]:
        demand = FieldReader(item, "a quota")
        owner = demand.text("account", account or "dev")
        return await self.quota(owner, demand.text("operation"), demand)


def read_toml(text: str) -> dict[str, Any]:
    """A scenario written in TOML; Mistake with the place of the first error."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInputError(f"the scenario is not TOML: {error}") from None


def _tied(item: Any, account: str | None) -> Any:
    if account is None or not isinstance(item, Mapping) or "account" in item:
        return item
    return {**item, "account": account}


async def _at(kind: str, number: int, step: Any) -> Any:
    try:
        return await step
    except InvalidInputError as mistake:
        raise InvalidInputError(f"{kind}[{number}]: {mistake}", mistake.status) from None
