"""The settings that a test changes by keyword, instead of making a whole `Settings`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from mockocr.core.account import Account


class Changes(TypedDict, total=False):
    """Fields of `Settings`."""

    accounts: Sequence[Account]
    options: Mapping[str, Mapping[str, str]]
    auth: str
    journal_bytes: int
    cache_bytes: int
    init: str
    proxy_pass: bool
    proxy_clients: str
    body_rate: int
    control_hosts: str
    control_token: str
    fetch_private: str
    decode_seconds: int
