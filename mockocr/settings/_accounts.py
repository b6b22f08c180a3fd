"""The accounts that mockocr.toml holds as `[[accounts]]`."""

from __future__ import annotations

import hashlib
import types
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from mockocr.core.account import Account, Credential, State
from mockocr.core.service import Vendor
from mockocr.core.validation import InvalidDocumentError, convert_document
from mockocr.settings._setting import InvalidSettingError

Text = Annotated[str, Meta(min_length=1, extra={"allowed": "a text that is not empty"})]


def accounts(written: object, vendors: Sequence[Vendor]) -> Iterator[Account]:
    """The accounts of `[[accounts]]`.

    An account has a `name` and, under a vendor's name or the namespace of its service, one or
    several tables with that vendor's credential fields, `state` and `until`. A missing field is
    made from the account's name, so that it is the same after every start. `InvalidSettingError`
    names the account that is wrong.
    """
    try:
        found = convert_document({"accounts": written}, _document_type(vendors)).accounts
    except InvalidDocumentError as error:
        raise InvalidSettingError(f"mockocr.toml: {error}") from None
    names: set[str] = set()
    for number, document in enumerate(found):
        place = f"mockocr.toml: accounts[{number}]"
        if document.name in names:
            raise InvalidSettingError(f"{place}: the name {document.name!r} is taken")
        names.add(document.name)
        yield Account(document.name, tuple(_credentials(document, vendors, place)))


def _credentials(document: Any, vendors: Sequence[Vendor], place: str) -> Iterator[Credential]:
    for vendor in vendors:
        tables = [table for key in _keys(vendor) for table in _tables(getattr(document, key))]
        for index, table in enumerate(tables):
            seed = f"{vendor.name}/{document.name}/{index}"
            values = dict(vendor.generate_credentials(hashlib.sha1(seed.encode()).hexdigest()))
            given = {name: getattr(table, name) for name in vendor.credentials}
            values |= {name: value for name, value in given.items() if value is not UNSET}
            until = _time(table.until, f"{place}.{vendor.name}")
            yield Credential(vendor.name, values, table.state, until)


def _keys(vendor: Vendor) -> tuple[str, ...]:
    """The keys under which an account may hold credentials of the vendor."""
    return tuple(dict.fromkeys((vendor.name, *vendor.namespaces)))


def _tables(written: Any) -> Sequence[Any]:
    if written is UNSET:
        return ()
    return written if isinstance(written, list) else [written]


def _document_type(vendors: Sequence[Vendor]) -> Any:
    """A Struct for `{"accounts": […]}`, made from the credential fields of the vendors."""
    tables: list[tuple[str, Any, Any]] = []
    for vendor in vendors:
        fields = [(name, Text | UnsetType, UNSET) for name in vendor.credentials]
        table = _struct(
            f"a credential of {vendor.name}",
            [*fields, ("state", State, "active"), ("until", Any, None)],
        )
        one_or_several = table | _list_of(table) | UnsetType
        tables += [(key, one_or_several, UNSET) for key in _keys(vendor)]
    accounts = _list_of(_struct("an account", [("name", Text), *tables]))
    allowed = Meta(extra={"allowed": "a list: write [[accounts]]"})
    return _struct("the file", [("accounts", Annotated[accounts, allowed])])


def _list_of(kind: Any) -> Any:
    return types.GenericAlias(list, (kind,))


def _struct(label: str, fields: list[Any]) -> Any:
    return msgspec.defstruct(
        "Table", fields, forbid_unknown_fields=True, kw_only=True, namespace={"label": label}
    )


def _time(written: object, place: str) -> datetime | None:
    if written is None:
        return None
    if isinstance(written, datetime):
        return written if written.tzinfo else written.replace(tzinfo=UTC)
    if isinstance(written, date):
        return datetime.combine(written, time(), UTC)
    raise InvalidSettingError(f"{place}: until is not a date or a time, as in 2026-12-31T23:59:59Z")
