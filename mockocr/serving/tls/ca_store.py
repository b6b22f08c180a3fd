"""Where the authority is kept: made once per user, its key readable by that user alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mockocr.serving.tls.authority import Authority
from mockocr.settings import data_dir

KEY, CERTIFICATE, TRUSTSTORE, BUNDLE = "ca-key.pem", "ca.pem", "ca.p12", "bundle.pem"
PASSWORD = "mockocr"
"""Of the trust store, which holds nothing secret; Java wants one."""


@dataclass(frozen=True, slots=True)
class CaStore:
    """The authority in force. `note` is a sentence when an older one had to be replaced."""

    authority: Authority
    folder: Path
    note: str = ""

    @property
    def certificate(self) -> Path:
        """The file that clients trust."""
        return self.folder / CERTIFICATE


def opened(folder: Path, domains: Iterable[str]) -> CaStore:
    """The user's authority for these domains, made when there is none that will do.

    `DataDirError` when the folder cannot be written.
    """
    domains = tuple(domains)
    reasons: list[str] = []

    def good(found: bytes) -> bool:
        try:
            reason = Authority.loaded(found).outdated(domains)
        except ValueError as error:
            reason = f"it cannot be read: {error}"
        if reason:
            reasons.append(reason)
        return not reason

    data = data_dir.kept(folder / KEY, lambda: Authority.made(domains).dumped(), good)
    authority = Authority.loaded(data)
    data_dir.put(folder / CERTIFICATE, authority.pem)
    note = f"the local CA was made anew, trust it again: {reasons[0]}" if reasons else ""
    return CaStore(authority, folder, note)
