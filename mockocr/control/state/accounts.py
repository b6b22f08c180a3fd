"""Every account that the server knows, found by any of its credentials; fresh ones for parallel
tests.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

from mockocr.control.state.store import Document, Store
from mockocr.control.validation import NAME, FieldReader, InvalidInputError, instant
from mockocr.core.account import Account, Credential, Principal, State
from mockocr.core.service import Vendor

TABLE, INDEX = "accounts", "credentials"
STATES: tuple[str, ...] = get_args(State)


class AccountStore:
    """The configured accounts, which every machine has from its own settings, and those made while
    running, which are in the store. Of two with the same credential the newer is found.
    """

    def __init__(
        self, store: Store, vendors: Sequence[Vendor], configured: Iterable[Account] = ()
    ) -> None:
        self._store = store
        self._vendors = {vendor.name: vendor for vendor in vendors}
        self._configured: dict[str, Account] = {}
        self._holders: dict[tuple[str, str, str], Principal] = {}
        self.configure(configured)

    def configure(self, accounts: Iterable[Account]) -> None:
        """Take these for the configured accounts, in place of those before."""
        self._configured = {account.name: account for account in accounts}
        self._holders = {
            (key.vendor, field, value): Principal(account, key)
            for account in self._configured.values()
            for key in account.keys
            for field, value in key.values.items()
        }

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        place = await self._store.get(INDEX, _credential(vendor, field, value))
        if place is not None:
            account = await self.get(place["account"])
            if account is not None:
                return Principal(account, account.keys[place["key"]])
        return self._holders.get((vendor, field, value))

    async def get(self, name: str) -> Account | None:
        document = await self._store.get(TABLE, name)
        return self._configured.get(name) if document is None else _account(document)

    async def all(self) -> tuple[Account, ...]:
        made = [_account(document) for document in await self._store.rows(TABLE)]
        return (*self._configured.values(), *made)

    async def add(self, account: Account) -> None:
        """Add an account that is in no settings; Mistake (409) when the name is taken."""
        taken = account.name in self._configured
        if taken or not await self._store.swap(TABLE, account.name, None, _document(account)):
            raise InvalidInputError(f"there is already an account {account.name!r}", 409)
        for number, key in enumerate(account.keys):
            for field, value in key.values.items():
                place = {"account": account.name, "key": number}
                await self._store.put(INDEX, _credential(key.vendor, field, value), place)

    async def remove(self, name: str) -> None:
        """Mistake when there is no such account (404), or when the settings make it (409)."""
        if name in self._configured:
            raise InvalidInputError(f"account {name!r} comes from the settings and stays", 409)
        account = await self.get(name)
        if account is None:
            raise InvalidInputError(f"there is no account {name!r}", 404)
        await self._store.drop(TABLE, name)
        for key in account.keys:
            for field, value in key.values.items():
                credential = _credential(key.vendor, field, value)
                place = await self._store.get(INDEX, credential)
                if place is not None and place["account"] == name:
                    await self._store.drop(INDEX, credential)

    async def make(self, value: Any) -> Account:
        """A fresh account with minted keys for every vendor, or as the demand says.

        `name`; `state` and `until` for all minted keys; `keys`: lists by vendor of
        `{"values", "state", "until"}`, whose missing values are minted.
        """
        demand = FieldReader({} if value is None else value, "an account")
        name = demand.text("name", f"test-{secrets.token_hex(5)}")
        if not NAME.fullmatch(name):
            raise InvalidInputError(
                f"an account's name is 1 to 64 letters, digits, . _ or -, not {name!r}"
            )
        state, until = _state(demand)
        wanted = demand.value("keys")
        demand.done()
        if wanted is None:
            wanted = {vendor: [{}] for vendor in self._vendors}
        if not isinstance(wanted, Mapping):
            raise InvalidInputError("keys of an account are lists by vendor name")
        keys: list[Credential] = []
        for vendor, items in wanted.items():
            if vendor not in self._vendors:
                raise InvalidInputError(
                    f"no vendor {vendor!r}; there are {', '.join(self._vendors)}"
                )
            if not isinstance(items, list):
                raise InvalidInputError(f"keys of an account at {vendor} are a list")
            keys.extend(self._key(vendor, item, state, until) for item in items)
        account = Account(name, tuple(keys))
        await self.add(account)
        return account

    def _key(self, vendor: str, item: Any, state: str, until: datetime | None) -> Credential:
        demand = FieldReader(item, f"a key at {vendor}")
        given = demand.value("values") or {}
        own_state, own_until = _state(demand, state, until)
        demand.done()
        known = self._vendors[vendor].credentials
        if not isinstance(given, Mapping) or not all(isinstance(v, str) for v in given.values()):
            raise InvalidInputError(f"the values of a key at {vendor} are texts by name")
        for field in given:
            if field not in known:
                raise InvalidInputError(
                    f"{vendor} has no credential {field!r}; it has {', '.join(known)}"
                )
        values = {**self._vendors[vendor].mint(secrets.token_hex(20)), **given}
        return Credential(vendor, values, own_state, own_until)  # type: ignore[arg-type] # checked


def development(vendors: Sequence[Vendor]) -> Account:
    """The account `dev`, made of every vendor's printed credentials."""
    return Account("dev", tuple(Credential(vendor.name, vendor.credentials) for vendor in vendors))


def shown(account: Account) -> dict[str, Any]:
    """Name, credentials by vendor (the first key of each) and all keys with their state."""
    first: dict[str, Mapping[str, str]] = {}
    for key in account.keys:
        first.setdefault(key.vendor, dict(key.values))
    keys = [_key_document(key) for key in account.keys]
    return {"name": account.name, "credentials": first, "keys": keys}


def _state(
    demand: FieldReader, state: str = "active", until: datetime | None = None
) -> tuple[str, datetime | None]:
    state = demand.text("state", state)
    if state not in STATES:
        raise InvalidInputError(f"the state of a key is one of {', '.join(STATES)}, not {state!r}")
    return state, demand.time("until") if demand.has("until") else until


def _credential(vendor: str, field: str, value: str) -> str:
    return f"{vendor}\n{field}\n{value}"


def _key_document(key: Credential) -> dict[str, Any]:
    until = key.until.isoformat() if key.until else None
    return {
        "vendor": key.vendor,
        "values": dict(key.values),
        "state": key.state,
        "until": until,
    }


def _document(account: Account) -> Document:
    return {"name": account.name, "keys": [_key_document(key) for key in account.keys]}


def _account(document: Document) -> Account:
    return Account(
        document["name"],
        tuple(
            Credential(
                key["vendor"],
                key["values"],
                key["state"],
                instant(key["until"], "until") if key["until"] else None,
            )
            for key in document["keys"]
        ),
    )
