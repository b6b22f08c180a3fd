"""Azure AI services: Document Intelligence and Vision, with the same subscription keys."""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.azure.credentials import EXAMPLE, generate_credentials
from mockocr.vendors.azure.document_intelligence.service import SERVICE as DOCUMENT_INTELLIGENCE
from mockocr.vendors.azure.vision.service import SERVICE as VISION

VENDOR = Vendor(
    name="azure",
    title="Azure AI Document Intelligence and Vision",
    credentials=EXAMPLE,
    generate_credentials=generate_credentials,
    services=(DOCUMENT_INTELLIGENCE, VISION),
)
