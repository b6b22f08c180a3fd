"""Accounts, their credentials, and the principal that a request authenticates as."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Protocol

import msgspec

from mockocr.core.errors import ApiError, ErrorKind

State = Literal["active", "disabled", "expired", "arrears", "unsubscribed"]

_STATES: Mapping[str, ErrorKind] = {
    "disabled": ErrorKind.FORBIDDEN,
    "unsubscribed": ErrorKind.FORBIDDEN,
    "expired": ErrorKind.PACKAGE_EXPIRED,
    "arrears": ErrorKind.ARREARS,
}


class Credential(msgspec.Struct, frozen=True):
    """One set of credential fields of an account at one vendor, by the vendor's own names.

    A `state` other than `active` gets the vendor's own refusal. After `valid_until` (test clock)
    the credential has expired.
    """

    vendor: str
    values: Mapping[str, str]
    state: State = "active"
    valid_until: datetime | None = None

    def rejection(self, at: datetime) -> ErrorKind | None:
        """Why the credential is rejected at `at`, or None if it is usable."""
        if self.valid_until is not None and at >= self.valid_until:
            return ErrorKind.PACKAGE_EXPIRED
        return _STATES.get(self.state)

    def describe_state(self, at: datetime) -> str:
        """The state at `at` as a clause for the journal."""
        if self.valid_until is not None and at >= self.valid_until:
            until = self.valid_until.isoformat()
            return f"the credential expired at {until}, and it is {at.isoformat()}"
        return f"the state of the credential is {self.state!r}"


class Account(msgspec.Struct, frozen=True):
    """One customer, with any number of credentials at any number of vendors."""

    name: str
    credentials: tuple[Credential, ...] = ()

    def credential(self, vendor: str) -> Credential:
        """The first credential at that vendor; KeyError when the account has none."""
        for credential in self.credentials:
            if credential.vendor == vendor:
                return credential
        raise KeyError(f"account {self.name} has no credential for {vendor}")


class Principal(msgspec.Struct, frozen=True):
    """An account, and the one of its credentials that a request named or was verified with."""

    account: Account
    credential: Credential

    @property
    def values(self) -> Mapping[str, str]:
        """The fields of the credential."""
        return self.credential.values

    def require_active(self, at: datetime) -> Principal:
        """Itself; `ApiError` when the credential is disabled, expired or in arrears at `at`."""
        kind = self.credential.rejection(at)
        if kind is not None:
            state = self.credential.describe_state(at)
            raise ApiError(kind, f"{state}; account {self.account.name}")
        return self


ANONYMOUS = Principal(Account(""), Credential("", {}))
"""Stands in where an operation is open and the caller named no known credential."""


class CredentialStore(Protocol):
    """Every account that the server knows."""

    async def find(self, vendor: str, field: str, value: str) -> Principal | None:
        """The principal whose credential at `vendor` has `value` in `field`, or None."""
        ...
