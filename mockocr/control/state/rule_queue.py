"""Rules that apply to requests: matched by operation and account, and used a number of times."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from mockocr.control.documents.requests import RuleDocument
from mockocr.control.state.store import Document, Store
from mockocr.control.validation import matches, matching_operations
from mockocr.core.service import Vendor


class RuleMatch(msgspec.Struct, frozen=True):
    """A rule that applies to a request.

    `number` counts the requests that the rule has matched, from 1.
    """

    rule: Document
    number: int
    counter: str

    @property
    def random(self) -> random.Random:
        """The rule's generator for this request; the same in every run with the same seed."""
        return random.Random(f"{self.rule['seed']}/{self.number}")


class RuleQueue:
    """Rules of one kind, oldest first.

    Every rule counts each request that it matches: `after` skips the first ones, `probability` is
    drawn for each, `times` limits how many it is used for (null: no limit).
    """

    def __init__(self, store: Store, kind: str, vendors: Sequence[Vendor]) -> None:
        self._store = store
        self._kind = kind
        self._vendors = vendors

    async def add(self, document: RuleDocument, fields: dict[str, Any]) -> Document:
        """Append a rule with `fields` of its own kind; the rule as `to_json` shows it.

        Raises `InvalidInputError` (404) if the operation does not exist.
        """
        pattern = "*" if document.operation is None else document.operation
        matching_operations(self._vendors, pattern)
        rule = {
            "id": secrets.token_hex(8),
            "operation": pattern,
            **fields,
            "times": document.times,
            "after": document.after or 0,
            "account": document.account or None,
            "probability": 1.0 if document.probability is None else document.probability,
            "seed": secrets.token_hex(4) if document.seed is None else str(document.seed),
        }
        await self._store.put(self._kind, rule["id"], rule)
        return await self.to_json(rule)

    async def matches(self, name: str, account: str) -> list[RuleMatch]:
        """The rules that apply to this request, oldest first.

        Every matching rule counts the request, also those behind the one that is used.
        """
        found: list[RuleMatch] = []
        for rule in await self._store.documents(self._kind):
            if matches(rule["operation"], name) and rule["account"] in (None, account):
                counter = f"{self._kind}/{rule['id']}/"
                number = await self._store.increment(counter + "seen") or 0
                drawn = random.Random(f"{rule['seed']}/{number}/throw").random()
                if number > rule["after"] and drawn < rule["probability"]:
                    found.append(RuleMatch(rule, number, counter))
        return found

    async def use(self, match: RuleMatch) -> bool:
        """Use the rule once; False if other requests have used it up."""
        times = match.rule["times"]
        return await self._store.increment(match.counter + "used", maximum=times) is not None

    async def use_first(
        self, name: str, account: str, condition: Callable[[Document], bool]
    ) -> RuleMatch | None:
        """Use the oldest rule that applies, meets the condition and is not used up."""
        for match in await self.matches(name, account):
            if condition(match.rule) and await self.use(match):
                return match
        return None

    async def all(self) -> list[Document]:
        return [await self.to_json(rule) for rule in await self._store.documents(self._kind)]

    async def get(self, id: str) -> Document | None:
        rule = await self._store.get(self._kind, id)
        return None if rule is None else await self.to_json(rule)

    async def delete(self, id: str) -> bool:
        """Delete a rule; True if it existed."""
        await self._store.delete_counters(f"{self._kind}/{id}/")
        return await self._store.delete(self._kind, id)

    async def delete_all(self, account: str | None = None) -> None:
        """Delete all rules, or those of one account."""
        for rule in await self._store.documents(self._kind):
            if account is None or rule["account"] == account:
                await self.delete(rule["id"])

    async def to_json(self, rule: Document) -> Document:
        """The rule with `seen`, `used` and `left` (null: no limit)."""
        counter = f"{self._kind}/{rule['id']}/"
        counts = await self._store.counters(counter)
        used = counts.get(counter + "used", 0)
        left = None if rule["times"] is None else rule["times"] - used
        return {**rule, "seen": counts.get(counter + "seen", 0), "used": used, "left": left}
