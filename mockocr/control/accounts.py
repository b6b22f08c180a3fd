"""Every account that the server knows, found by any of its credentials."""

from __future__ import annotations

from collections.abc import Iterable

from mockocr.core.vendor import Account, Holder


class Directory:
    """Accounts in memory, by name and by credential."""

    def __init__(self, accounts: Iterable[Account] = ()) -> None:
        self._accounts: dict[str, Account] = {}
        self._holders: dict[tuple[str, str, str], Holder] = {}
        for account in accounts:
            self.add(account)

    async def find(self, vendor: str, field: str, value: str) -> Holder | None:
        return self._holders.get((vendor, field, value))

    def add(self, account: Account) -> None:
        """Add or replace; of two accounts with the same credential the newer is found."""
        self.remove(account.name)
        self._accounts[account.name] = account
        for key in account.keys:
            for field, value in key.values.items():
                self._holders[key.vendor, field, value] = Holder(account, key)

    def remove(self, name: str) -> bool:
        gone = self._accounts.pop(name, None)
        if gone is None:
            return False
        self._holders = {k: h for k, h in self._holders.items() if h.account.name != name}
        return True

    def get(self, name: str) -> Account | None:
        return self._accounts.get(name)

    def all(self) -> tuple[Account, ...]:
        return tuple(self._accounts.values())
