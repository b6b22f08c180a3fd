"""The accounts that mockocr.toml holds as `[[accounts]]`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import get_args

from mockocr.core.account import Account, Credential, State
from mockocr.core.service import Vendor
from mockocr.settings.setting import InvalidSettingError, nearest


def accounts(written: object, vendors: Sequence[Vendor]) -> Iterator[Account]:
    """The accounts of `[[accounts]]`.

    An account has a `name` and, under a vendor's name or the namespace of its service, one or
    several tables with that vendor's credential fields, `state` and `until`. A missing field is
    made from the account's name, so that it is the same after every start. `InvalidSettingError`
    names the account that is wrong.
    """
    known = {name: v for v in vendors for name in (v.name, *v.namespaces)}
    if not isinstance(written, list):
        raise InvalidSettingError("mockocr.toml: accounts is a list: write [[accounts]]")
    names: set[str] = set()
    for number, entry in enumerate(written, 1):
        place = f"mockocr.toml: account {number}"
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not name:
            raise InvalidSettingError(f"{place}: it has no name")
        if name in names:
            raise InvalidSettingError(f"{place}: the name {name!r} is taken")
        names.add(name)
        credentials: list[Credential] = []
        for vendor_name, tables in entry.items():
            if vendor_name == "name":
                continue
            if vendor_name not in known:
                hint = nearest(vendor_name, known)
                raise InvalidSettingError(f"{place}: unknown vendor {vendor_name!r}{hint}")
            vendor, where = known[vendor_name], f"{place} ({name}), {vendor_name}"
            for table in tables if isinstance(tables, list) else [tables]:
                index = sum(other.vendor == vendor.name for other in credentials)
                credentials.append(_credential(vendor, table, f"{name}/{index}", where))
        yield Account(name, tuple(credentials))


def _credential(vendor: Vendor, written: object, seed: str, place: str) -> Credential:
    if not isinstance(written, dict):
        raise InvalidSettingError(f"{place}: credentials are a table")
    digest = hashlib.sha1(f"{vendor.name}/{seed}".encode()).hexdigest()
    values = dict(vendor.generate_credentials(digest))
    state, until = written.get("state", "active"), _time(written.get("until"), place)
    if state not in get_args(State):
        raise InvalidSettingError(
            f"{place}: state {state!r} is not one of: {', '.join(get_args(State))}"
        )
    for name, value in written.items():
        if name in ("state", "until"):
            continue
        if name not in vendor.credentials:
            hint = nearest(name, vendor.credentials) or f"; known: {', '.join(vendor.credentials)}"
            raise InvalidSettingError(f"{place}: unknown credential field {name!r}{hint}")
        if not isinstance(value, str) or not value:
            raise InvalidSettingError(f"{place}: {name} is not text")
        values[name] = value
    return Credential(vendor.name, values, state, until)


def _time(written: object, place: str) -> datetime | None:
    if written is None:
        return None
    if isinstance(written, datetime):
        return written if written.tzinfo else written.replace(tzinfo=UTC)
    if isinstance(written, date):
        return datetime.combine(written, time(), UTC)
    raise InvalidSettingError(f"{place}: until is not a date or a time, as in 2026-12-31T23:59:59Z")
