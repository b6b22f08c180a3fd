"""Publishes the end of a job to the topic of its NotificationChannel, as a server of SNS takes it.

The request is signed in its query with the caller's credential: moto finds region and service
there. doc: "Configuring Amazon Textract for asynchronous operations" for the message.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode, urlsplit

from mockocr.core.account import Principal
from mockocr.core.context import Context
from mockocr.core.http import Request, dump_json
from mockocr.signing.hmac_chain import sha256_hex
from mockocr.vendors.aws.options import SNS
from mockocr.vendors.aws.sigv4 import presigned_query
from mockocr.vendors.aws.textract.job_request import JobRequest

_FORM = "application/x-www-form-urlencoded; charset=utf-8"
_VERSION = "2010-03-31"


async def publish(
    request: Request,
    principal: Principal,
    context: Context,
    wanted: JobRequest,
    api: str,
    id: str,
    status: str,
    finished: datetime,
) -> None:
    """Send the message of a finished job; nothing without a server to send it to."""
    server = request.options[SNS.name].rstrip("/")
    if not server:
        return
    message = {
        "JobId": id,
        "Status": status,
        "API": api,
        **({"JobTag": wanted.tag} if wanted.tag else {}),
        "Timestamp": int(finished.timestamp() * 1000),
        "DocumentLocation": {
            "S3ObjectName": wanted.location.key,
            "S3Bucket": wanted.location.bucket,
        },
    }
    form = urlencode(
        {
            "Action": "Publish",
            "Version": _VERSION,
            "TopicArn": wanted.topic,
            "Message": dump_json(message).decode(),
        }
    ).encode()
    base, region = urlsplit(server), wanted.topic.split(":")[3]
    path = f"{base.path}/"
    query = presigned_query(
        "POST",
        base.netloc,
        path,
        (region, "sns"),
        principal.credential,
        finished,
        sha256_hex(form),
    )
    await context.post(f"{base.scheme}://{base.netloc}{path}?{query}", form, _FORM)
