"""The console: one page that shows the journal with its pictures, and controls the server through
the control routes.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from mockocr import __version__


@cache
def page() -> str:
    """The HTML with its style and script. It loads nothing but control routes."""
    text = _read("page.html").replace("VERSION", __version__)
    text = text.replace("/* STYLE */", _read("style.css"))
    return text.replace("/* SCRIPT */", _read("script.js"))


@cache
def content_security_policy() -> str:
    """What the page may do: run its own script, and call and show this server's routes."""
    digest = hashlib.sha256(_read("script.js").encode()).digest()
    script = base64.b64encode(digest).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{script}'; style-src 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def _read(name: str) -> str:
    return (files("mockocr.console") / name).read_text(encoding="utf-8")
