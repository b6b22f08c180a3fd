"""One folder per vendor; `discover` finds them, so there is no list to maintain."""

from __future__ import annotations

import importlib
import pkgutil

from mockocr.core.service import Vendor


def discover() -> tuple[Vendor, ...]:
    """The `VENDOR` of every folder here, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    found = []
    for name in names:
        try:
            found.append(importlib.import_module(f"{__name__}.{name}").VENDOR)
        except (ImportError, TypeError):  # TRANSITION: not ported yet
            continue
    return tuple(found)
