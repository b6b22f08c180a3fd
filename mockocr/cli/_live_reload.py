"""Reads the settings again on SIGHUP and applies those that can change without a restart."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from mockocr.cli import _logs
from mockocr.settings import InvalidSettingError, Settings

if TYPE_CHECKING:
    from mockocr.app import Mock

log = logging.getLogger("mockocr")


def handler(
    mock: Mock, started: Settings, read_again: Callable[[], Settings]
) -> Callable[[], None]:
    """The function to call on SIGHUP. Nothing changes if the settings are invalid.

    `started` are the settings that the server started with.
    """

    def reload() -> None:
        try:
            settings = read_again()
        except InvalidSettingError as error:
            log.error("the settings did not change: %s", error)
            return
        _logs.configure(settings.log)
        for note in settings.notes:
            log.warning("%s", note)
        mock.apply(settings)
        log.info("read the settings again: %d accounts beside dev", len(settings.accounts))
        waiting = settings.restart_needed(started)
        if waiting:
            log.warning("restart the server to change %s", ", ".join(waiting))

    return reload
