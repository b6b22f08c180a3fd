"""Every account that the server knows, found by any of its credentials; fresh ones for parallel
tests.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mockocr.control.documents.requests import AccountDocument, KeyDocument
from mockocr.control.documents.responses import AccountState, KeyStatus
from mockocr.control.journal.known_secrets import KnownSecrets
from mockocr.control.state.store import Document, Store
from mockocr.control.validation import InvalidInputError, parse_time
from mockocr.core.account import Account, Credential, Principal
from mockocr.core.service import Vendor

TABLE, INDEX = "accounts", "credentials"


class AccountStore:
    """The accounts of the settings, and those created at run time, which are in the store.

    If two accounts have the same credential, the newer one is found. `secrets` knows those of every
    account that this process has met, and those of deleted ones for a while.
    """

    def __init__(
        self, store: Store, vendors: Sequence[Vendor], configured: Iterable[Account] = ()
    ) -> None:
        self._store = store
        self._vendors = {vendor.name: vendor for vendor in vendors}
        self.secrets = KnownSecrets()
        self._configured: dict[str, Account] = {}
        self._principals: dict[tuple[str, str, str], Principal] = {}
        self.configure(configured)

    def configure(self, accounts: Iterable[Account]) -> None:
        """Replace the accounts of the settings."""
        for name in self._configured:
            self.secrets.discard(name)
        self._configured = {account.name: account for account in accounts}
        for account in self._configured.values():
            self.secrets.add(account)
        self._principals = {
            (credential.vendor, field, value): Principal(account, credential)
            for account in self._configured.values()
            for credential in account.credentials
            for field, value in credential.values.items()
        }

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        """The account and credential whose `field` at `vendor` has that value."""
        place = await self._store.get(INDEX, _index_key(vendor, field, value))
        if place is not None:
            account = await self.get(place["account"])
            if account is not None:
                return Principal(account, account.credentials[place["key"]])
        return self._principals.get((vendor, field, value))

    async def get(self, name: str) -> Account | None:
        document = await self._store.get(TABLE, name)
        if document is None:
            return self._configured.get(name)
        account = _from_document(document)
        self.secrets.add(account)
        return account

    async def all(self) -> tuple[Account, ...]:
        created = [_from_document(document) for document in await self._store.documents(TABLE)]
        for account in created:
            self.secrets.add(account)
        return (*self._configured.values(), *created)

    async def add(self, account: Account) -> None:
        """Add an account at run time; `InvalidInputError` (409) if the name is taken."""
        new = _to_document(account)
        taken = account.name in self._configured
        if taken or not await self._store.compare_and_set(TABLE, account.name, None, new):
            raise InvalidInputError(f"there is already an account {account.name!r}", 409)
        self.secrets.add(account)
        for number, credential in enumerate(account.credentials):
            for field, value in credential.values.items():
                place = {"account": account.name, "key": number}
                await self._store.put(INDEX, _index_key(credential.vendor, field, value), place)

    async def remove(self, name: str) -> None:
        """Remove an account; `InvalidInputError` if unknown (404) or from the settings (409)."""
        if name in self._configured:
            raise InvalidInputError(
                f"account {name!r} comes from the settings and cannot be deleted", 409
            )
        account = await self.get(name)
        if account is None:
            raise InvalidInputError(f"there is no account {name!r}", 404)
        await self._store.delete(TABLE, name)
        self.secrets.retire(name)
        for credential in account.credentials:
            for field, value in credential.values.items():
                index_key = _index_key(credential.vendor, field, value)
                place = await self._store.get(INDEX, index_key)
                if place is not None and place["account"] == name:
                    await self._store.delete(INDEX, index_key)

    async def create(self, document: AccountDocument) -> Account:
        """Create the account that a document describes; generate what the document leaves out.

        Raises `InvalidInputError` if a vendor or a credential field is unknown (400) or the name
        is taken (409).
        """
        wanted = document.keys
        if wanted is None:
            wanted = {vendor: [KeyDocument()] for vendor in self._vendors}
        known = {name: v for v in self._vendors.values() for name in (v.name, *v.namespaces)}
        credentials: list[Credential] = []
        for name, items in wanted.items():
            if name not in known:
                names = ", ".join(self._vendors)
                raise InvalidInputError(f"there is no vendor {name!r}; there are {names}")
            credentials.extend(self._credential(known[name], item, document) for item in items)
        account = Account(document.name or f"test-{secrets.token_hex(5)}", tuple(credentials))
        await self.add(account)
        return account

    def to_json(self, account: Account) -> AccountState:
        """The account as the control API shows it.

        `credentials` has the first key of each vendor, by the vendor's name and its namespaces.
        """
        first: dict[str, Mapping[str, str]] = {}
        for credential in account.credentials:
            vendor = self._vendors.get(credential.vendor)
            for name in (credential.vendor, *(vendor.namespaces if vendor else ())):
                first.setdefault(name, dict(credential.values))
        keys = [_key_to_json(credential) for credential in account.credentials]
        return {"name": account.name, "credentials": first, "keys": keys}

    def _credential(self, vendor: Vendor, key: KeyDocument, account: AccountDocument) -> Credential:
        given = key.values or {}
        for field in given:
            if field not in vendor.credentials:
                known = ", ".join(vendor.credentials)
                raise InvalidInputError(
                    f"{vendor.name} has no credential {field!r}; it has {known}"
                )
        values = {**vendor.generate_credentials(secrets.token_hex(20)), **given}
        until = _time(account.until) if key.until is None else _time(key.until)
        return Credential(vendor.name, values, key.state or account.state or "active", until)


def development(vendors: Sequence[Vendor]) -> Account:
    """The account `dev` with every vendor's printed credentials."""
    return Account("dev", tuple(Credential(vendor.name, vendor.credentials) for vendor in vendors))


def _time(text: str | None) -> datetime | None:
    return None if text is None else parse_time(text, "until of a key")


def _index_key(vendor: str, field: str, value: str) -> str:
    return f"{vendor}\n{field}\n{value}"


def _key_to_json(credential: Credential) -> KeyStatus:
    until = credential.valid_until
    return {
        "vendor": credential.vendor,
        "values": dict(credential.values),
        "state": credential.state,
        "until": until.isoformat() if until else None,
    }


def _to_document(account: Account) -> Document:
    return {
        "name": account.name,
        "keys": [_key_to_json(credential) for credential in account.credentials],
    }


def _from_document(document: Mapping[str, Any]) -> Account:
    keys = (
        Credential(key["vendor"], key["values"], key["state"], _time(key["until"]))
        for key in document["keys"]
    )
    return Account(document["name"], tuple(keys))
