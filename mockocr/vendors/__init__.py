"""One folder per vendor; `discover()` finds them, there is no list to keep."""

from __future__ import annotations

import importlib
import pkgutil

from mockocr.core.service import Vendor


def discover() -> tuple[Vendor, ...]:
    """Every folder here is a vendor whose package holds `VENDOR`; sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return tuple(importlib.import_module(f"{__name__}.{name}").VENDOR for name in names)
