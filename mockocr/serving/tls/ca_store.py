"""Keeps the local CA on disk: one for each user, its key readable by that user only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from mockocr.serving.tls.authority import Authority
from mockocr.settings import data_dir

KEY, CERTIFICATE, TRUSTSTORE, BUNDLE = "ca-key.pem", "ca.pem", "ca.p12", "bundle.pem"
PASSWORD = "mockocr"
"""The trust store's password. Java requires one; the store holds no secret."""


class CaStore(msgspec.Struct, frozen=True):
    """The CA in use. `note` says why an older one was replaced, and is empty otherwise."""

    authority: Authority
    folder: Path
    note: str = ""

    @classmethod
    def open(cls, folder: Path, domains: Iterable[str]) -> CaStore:
        """Load the CA from `folder`, or create one if it is missing, outdated or unreadable.

        Raises `DataDirError` if the folder cannot be written.
        """
        domains = tuple(domains)
        reasons: list[str] = []

        def is_usable(found: bytes) -> bool:
            try:
                reason = Authority.load(found).reason_to_replace(domains)
            except ValueError as error:
                reason = f"it cannot be read: {error}"
            if reason:
                reasons.append(reason)
            return not reason

        data = data_dir.kept(folder / KEY, lambda: Authority.create(domains).dump(), is_usable)
        authority = Authority.load(data)
        data_dir.put(folder / CERTIFICATE, authority.pem)
        note = f"the local CA was replaced, trust the new one: {reasons[0]}" if reasons else ""
        return cls(authority, folder, note)

    @property
    def certificate(self) -> Path:
        """The path of the certificate that clients must trust."""
        return self.folder / CERTIFICATE
