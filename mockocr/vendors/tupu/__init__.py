"""Tupu's image recognition, several pictures in one request: as tupu.apistd.com hosts it, and on
Tupu's own platform.
"""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.tupu.credentials import EXAMPLE, generate_credentials
from mockocr.vendors.tupu.hosted.service import SERVICE as HOSTED
from mockocr.vendors.tupu.platform.service import SERVICE as PLATFORM

VENDOR = Vendor(
    name="tupu",
    title="Tupu (图普科技), hosted by apistd.com and original",
    credentials=EXAMPLE,
    generate_credentials=generate_credentials,
    services=(HOSTED, PLATFORM),
)
