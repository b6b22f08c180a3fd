"""What the operations that start a job have in common: location, token, tag and notification."""

from __future__ import annotations

import hashlib
import json

import msgspec

from mockocr.vendors.aws.s3 import BUCKET, KEY, S3Object, parse_object
from mockocr.vendors.aws.structure import Structure, Text, invalid

TOKEN = Text(64, 1, r"[a-zA-Z0-9_-]+")
TAG = Text(64, 1, r"[a-zA-Z0-9_.\-:]+")
TOPIC = Text(1024, 20, r"arn:([a-z\d-]+):sns:[a-zA-Z\d-]{1,20}:\w{12}:.+")
ROLE = Text(2048, 20, r"arn:([a-z\d-]+):iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+")
KMS_KEY = Text(2048, 1, r"[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,2047}")


class JobRequest(msgspec.Struct, frozen=True):
    """A request to start a job; texts that it lacks are empty. `digest` is the same for requests
    that differ in nothing but their token.
    """

    location: S3Object
    token: str
    tag: str
    topic: str
    output_bucket: str
    output_prefix: str
    digest: str


def parse_job_request(members: Structure) -> JobRequest:
    """The members that all jobs have; `ApiError(BAD_PARAMETER)` for wrong ones."""
    location = members.structure("DocumentLocation")
    if location is None:
        raise invalid("DocumentLocation is missing")
    channel = members.structure("NotificationChannel")
    if channel is not None:
        channel.require("SNSTopicArn", "RoleArn")
        channel.text("RoleArn", ROLE)
    output = members.structure("OutputConfig")
    if output is not None:
        output.require("S3Bucket")
    members.text("KMSKeyId", KMS_KEY)
    return JobRequest(
        location=parse_object(location),
        token=members.text("ClientRequestToken", TOKEN),
        tag=members.text("JobTag", TAG),
        topic=channel.text("SNSTopicArn", TOPIC) if channel is not None else "",
        output_bucket=output.text("S3Bucket", BUCKET) if output is not None else "",
        output_prefix=output.text("S3Prefix", KEY) if output is not None else "",
        digest=_digest(members),
    )


def _digest(members: Structure) -> str:
    values = {k: v for k, v in members.values.items() if k != "ClientRequestToken"}
    text = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
