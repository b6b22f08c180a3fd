"""Amazon Web Services: Textract and Rekognition, with one pair of access keys for both."""

from __future__ import annotations

from mockocr.core.service import Vendor
from mockocr.vendors.aws import credentials
from mockocr.vendors.aws.textract.service import SERVICE as TEXTRACT

VENDOR = Vendor(
    name="aws",
    title="Amazon Textract",
    credentials=credentials.EXAMPLE,
    generate_credentials=credentials.generate_credentials,
    services=(TEXTRACT,),
)
