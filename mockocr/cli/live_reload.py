"""Reads the settings again on SIGHUP, and puts in force what can change while serving."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import fields

from mockocr.app import Mock
from mockocr.cli import logs
from mockocr.settings import InvalidSettingError, Settings

log = logging.getLogger("mockocr")

LIVE = frozenset({"accounts", "choices", "auth", "log", "journal_mb", "notes"})
"""What changes at once; all else waits for the next start."""


def handler(mock: Mock, settings: Settings, again: Callable[[], Settings]) -> Callable[[], None]:
    """What to do on SIGHUP. Settings that cannot be read leave those in force as they are."""
    started = settings

    def reload() -> None:
        try:
            new = again()
        except InvalidSettingError as error:
            log.error("the settings stay as they are: %s", error)
            return
        logs.configure(new.log)
        for note in new.notes:
            log.warning("%s", note)
        mock.configure(new.accounts, new.choices, new.auth)
        mock.journal.max_bytes = new.journal_mb * 1024 * 1024
        log.info("the settings are read again: %d accounts beside dev", len(new.accounts))
        late = [name for name in _changed(started, new) if name not in LIVE]
        if late:
            log.warning("%s: in force only after a restart", ", ".join(late))

    return reload


def _changed(old: Settings, new: Settings) -> list[str]:
    names = (field.name for field in fields(Settings))
    return [name for name in names if getattr(old, name) != getattr(new, name)]
