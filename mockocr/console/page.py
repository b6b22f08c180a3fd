"""The console: one page that shows the journal with its pictures, and controls the server through
the control routes.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from mockocr import __version__


@cache
def page() -> str:
    """The HTML with its style and script. It loads nothing but control routes."""
    text = _read("page.html").replace("VERSION", __version__)
    text = text.replace("/* STYLE */", _read("style.css"))
    return text.replace("/* SCRIPT */", _read("script.js"))


def _read(name: str) -> str:
    return (files("mockocr.console") / name).read_text(encoding="utf-8")
