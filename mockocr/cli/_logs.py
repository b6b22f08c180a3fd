"""Writes log lines to stderr, as text for people or as JSON for programs."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime


class _Text(logging.Formatter):
    """`12:34:56 tencent.general 200 0 41.0 ms`. Levels above INFO are named."""

    _at = 0, ""
    """The latest second and its text, which many lines share."""

    def format(self, record: logging.LogRecord) -> str:
        second, at = self._at
        if second != int(record.created):
            second = int(record.created)
            at = time.strftime("%H:%M:%S", time.localtime(second))
            self._at = second, at
        level = "" if record.levelno <= logging.INFO else f"{record.levelname.lower()}: "
        text = f"{at} {level}{record.getMessage()}"
        return f"{text}\n{self.formatException(record.exc_info)}" if record.exc_info else text


class _Json(logging.Formatter):
    """One object per line: `at`, `level`, `message`, and the fields of a request or the start."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "at": at.replace("+00:00", "Z"),  # the format of the journal
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "request", {}),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure(format: str) -> None:
    """Log this package from INFO on, and other libraries from WARNING on."""
    # no line shows the thread, the process or the place in the code, which take a third of the time
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None  # the way that Python's logging HOWTO gives
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if format == "json" else _Text())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("mockocr").setLevel(logging.INFO)
