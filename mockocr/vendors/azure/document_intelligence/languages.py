"""The language of a text by its script alone. guess: the service tells languages apart by more."""

from __future__ import annotations

import re

_SCRIPTS = (
    ("ja", r"[\u3041-\u30ff]"),
    ("ko", r"[\uac00-\ud7a3]"),
    ("zh-Hans", r"[\u3400-\u9fff]"),
    ("ru", r"[\u0400-\u04ff]"),
    ("ar", r"[\u0600-\u06ff]"),
    ("en", r"[A-Za-z]"),
)


def locale_of(text: str) -> str:
    """The first language whose script is in the text; empty without letters."""
    return next((locale for locale, script in _SCRIPTS if re.search(script, text)), "")
