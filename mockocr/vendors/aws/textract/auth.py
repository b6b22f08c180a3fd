"""Who calls Textract: a signature for the service `textract`."""

from __future__ import annotations

from mockocr.vendors.aws.auth import LIFETIME, claimed, sign_for, verify_for

__all__ = ["LIFETIME", "claimed", "sign", "verify"]

SIGNING_NAME = "textract"
"""The service in the scope of a credential."""

verify = verify_for(SIGNING_NAME)
sign = sign_for(SIGNING_NAME)
