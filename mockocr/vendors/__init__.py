"""One folder per vendor; `discover` finds them, so there is no list to maintain."""

from __future__ import annotations

import importlib
import importlib.resources
import json
import pkgutil
from functools import cache
from typing import Any

from mockocr.core.service import Service, Vendor


@cache
def discover() -> tuple[Vendor, ...]:
    """The `VENDOR` of every folder here, sorted by name. The folders are listed once a process."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return tuple(importlib.import_module(f"{__name__}.{name}").VENDOR for name in names)


def response_schema(vendor: Vendor, service: Service, operation: str) -> Any:
    """The JSON Schema of a successful response, written from the vendor's page.

    It is in `<vendor>/<service>/schemas/<operation>.json`; FileNotFoundError without one.
    """
    folder = importlib.resources.files(f"{__name__}.{vendor.name}.{service.name}")
    return json.loads((folder / "schemas" / f"{operation}.json").read_text("utf-8"))
