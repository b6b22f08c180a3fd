"""The private keys that vendors seal their answers with: made once, kept in the user's folder."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from mockocr.core.service import ResponseSigner
from mockocr.settings import data_dir

log = logging.getLogger("mockocr")

_passing: dict[str, bytes] = {}
_one_maker = threading.Lock()


class Keys:
    """`folder` is the user's own; without it, and where it cannot be used, keys live as long as
    the process, and all servers in it share them.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, bytes] = {}

    def of(self, seal: ResponseSigner) -> bytes:
        """The key for that seal, made when it is first asked for; empty where none is possible."""
        if not seal.possible():
            return b""
        with _one_maker:
            if seal.name not in self._known:
                self._known[seal.name] = self._found(seal)
            return self._known[seal.name]

    def _found(self, seal: ResponseSigner) -> bytes:
        if self._folder is not None:
            try:
                return data_dir.kept(self._folder / f"private-{seal.name}", seal.make, seal.good)
            except data_dir.DataDirError as error:
                log.warning("%s; the key of %s ends with this process", error, seal.name)
        if seal.name not in _passing:
            _passing[seal.name] = seal.make()
        return _passing[seal.name]
