"""Google Cloud Vision, and the token endpoint that its clients may ask first."""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.google.credentials import EXAMPLE, generate_credentials, key_file
from mockocr.vendors.google.oauth.service import SERVICE as OAUTH
from mockocr.vendors.google.vision.service import SERVICE as VISION

VENDOR = Vendor(
    name="google",
    title="Google Cloud Vision",
    credentials=EXAMPLE,
    generate_credentials=generate_credentials,
    services=(VISION, OAUTH),
    key_file=key_file,
)
