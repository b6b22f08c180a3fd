"""Private keys for signing responses: created once and stored in the data folder."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from mockocr.core.service import ResponseSigner
from mockocr.settings import data_dir

log = logging.getLogger("mockocr")

_in_memory: dict[str, bytes] = {}
_lock = threading.Lock()


class Keys:
    """The signing keys of all vendors, stored in `folder`. Without a usable folder they are kept in
    memory, and all servers in the process share them.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._loaded: dict[str, bytes] = {}

    def of(self, signer: ResponseSigner) -> bytes:
        """The signer's private key, created on first use; empty if it cannot sign here."""
        if not signer.available():
            return b""
        with _lock:
            if signer.name not in self._loaded:
                self._loaded[signer.name] = self._load(signer)
            return self._loaded[signer.name]

    def _load(self, signer: ResponseSigner) -> bytes:
        if self._folder is not None:
            path = self._folder / f"private-{signer.name}"
            try:
                return data_dir.kept(path, signer.generate, signer.is_valid)
            except data_dir.DataDirError as error:
                log.warning("%s; the key of %s is not stored", error, signer.name)
        if signer.name not in _in_memory:
            _in_memory[signer.name] = signer.generate()
        return _in_memory[signer.name]
