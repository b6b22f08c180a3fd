"""OCR.space: one synchronous call, one key, no signature."""

from __future__ import annotations

from collections.abc import Mapping

from mockocr.core.service import Vendor
from mockocr.vendors.ocr_space.api.auth import DEVELOPMENT_KEY
from mockocr.vendors.ocr_space.api.service import SERVICE


def generate_credentials(text: str) -> Mapping[str, str]:
    """observed: keys are a K and fourteen digits."""
    return {"apikey": f"K{int(text, 16) % 10**14:014d}"}


VENDOR = Vendor(
    name="ocr_space",
    title="OCR.space",
    credentials={"apikey": DEVELOPMENT_KEY},
    generate_credentials=generate_credentials,
    services=(SERVICE,),
)
