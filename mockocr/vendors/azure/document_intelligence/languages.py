"""The language of a text by its script alone. guess: the service tells languages apart by more."""

from __future__ import annotations

import re

_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh-Hans", re.compile(r"[\u3400-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("en", re.compile(r"[A-Za-z]")),
)


def locale_of(text: str) -> str:
    """The first language whose script is in the text; empty without letters."""
    return next((locale for locale, script in _SCRIPTS if script.search(text)), "")
