"""The options of the Vision API."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

STORAGE = ServiceOption(
    "gs",
    "",
    "Where gs:// objects are: a folder (FOLDER/bucket/object), or the URL of a server with Google's"
    " JSON API, such as fake-gcs-server. Without it, no object can be opened.",
)
OPERATION_SECONDS = ServiceOption(
    "operation_seconds",
    "0",
    "How many seconds an operation of asyncBatchAnnotate runs at least, on the test clock.",
    check=r"\d{1,6}(\.\d{1,3})?",
)
OPTIONS = (STORAGE, OPERATION_SECONDS)
