"""The options of all services of AWS."""

from __future__ import annotations

from mockocr.core.service import ServiceOption

S3 = ServiceOption(
    "s3",
    "",
    "Where S3 objects are: a folder (FOLDER/bucket/key), or the URL of a server with the API of S3,"
    " such as MinIO or moto. Without it, no object can be read.",
)
S3_REGION = ServiceOption(
    "s3_region",
    "",
    "The region of all buckets: requests to another region cannot read them. Without it, every"
    " region can.",
    check=r"([a-z]{2,5}(-[a-z]{2,12}){1,3}-\d{1,2})?",
)
SNS = ServiceOption(
    "sns",
    "",
    "URL of a server with the API of SNS, such as moto, that gets the notifications of finished"
    " jobs. Without it, nothing is published.",
    check=r"(https?://.+)?",
)
ASYNC_DELAY = ServiceOption(
    "async_delay",
    "0",
    "For how many seconds on the test's clock a job is IN_PROGRESS.",
    check=r"\d{1,6}(\.\d{1,3})?",
)
SESSION_TOKEN = ServiceOption(
    "session_token",
    "",
    "The X-Amz-Security-Token that every request must carry. Without it, any token is accepted.",
)
OPTIONS = (S3, S3_REGION, SNS, ASYNC_DELAY, SESSION_TOKEN)
