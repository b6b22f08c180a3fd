"""Names what reads a picture so exactly that the same name means the same reading: caches and
goldens are kept by it.
"""

from __future__ import annotations

REVISION = 7
"""Goes up with every change that makes the same engines read a picture otherwise."""


def fingerprint(*engines: str) -> str:
    """The engines with their versions, and the revision of the steps around them."""
    return f"{' + '.join(engines)}, reader {REVISION}"
