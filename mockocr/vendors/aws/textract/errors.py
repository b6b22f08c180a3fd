"""The error table of Textract.

The messages are fixed and name no member. "model" is botocore's service model 2018-06-27, which
lists the errors of each operation; it has no messages.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind, ErrorTable
from mockocr.vendors.aws import auth_errors
from mockocr.vendors.aws.protocol import NO_CBOR

ACCESS_DENIED = ErrorEntry(
    400,
    "AccessDeniedException",
    "User: arn:aws:iam::123456789012:user/{user} is not authorized to perform: textract:{action} "
    "because no identity-based policy allows the textract:{action} action",
    "observed: aws-ai-intelligent-document-processing pull request 1",
    (ErrorKind.FORBIDDEN,),
    {"user": "dev", "action": "DetectDocumentText"},
)
UNKNOWN_OPERATION = ErrorEntry(
    400,
    "UnknownOperationException",
    "",
    "guess: that there is no message",
    (ErrorKind.NO_SUCH_OPERATION, ErrorKind.WRONG_METHOD),
)
SERIALIZATION = ErrorEntry(
    400,
    "SerializationException",
    "",
    "guess: that there is no message",
    (ErrorKind.BAD_BODY,),
)
INVALID_PARAMETER = ErrorEntry(
    400,
    "InvalidParameterException",
    "Request has invalid parameters",
    "observed: aws-elixir issue 162",
    (ErrorKind.BAD_PARAMETER, ErrorKind.NO_IMAGE),
)
UNSUPPORTED_DOCUMENT = ErrorEntry(
    400,
    "UnsupportedDocumentException",
    "Request has unsupported document format",
    "observed: yournextrepresentative pull request 2589, aws-sdk-js-v3 issue 7124",
    (ErrorKind.IMAGE_FORMAT,),
)
BAD_DOCUMENT = ErrorEntry(
    400,
    "BadDocumentException",
    "Request has bad document",
    "sdk: model; the message is a guess",
    (ErrorKind.BAD_IMAGE, ErrorKind.IMAGE_SIZE, ErrorKind.NOTHING_FOUND),
)
DOCUMENT_TOO_LARGE = ErrorEntry(
    400,
    "DocumentTooLargeException",
    "Request has document that is too large",
    "sdk: model; the message is a guess",
    (ErrorKind.IMAGE_TOO_LARGE,),
)
BODY_TOO_LARGE = ErrorEntry(
    413,
    "RequestEntityTooLargeException",
    "Request must be smaller than 15728640 bytes",
    "guess: what stands in front of the service refuses larger bodies",
    (ErrorKind.BODY_TOO_LARGE,),
)
INVALID_S3_OBJECT = ErrorEntry(
    400,
    "InvalidS3ObjectException",
    "Unable to get object metadata from S3. Check object key, region and/or access permissions.",
    "observed: s3-ocr issue 24, aws-sdk-js issue 2714",
    (ErrorKind.DOWNLOAD_FAILED,),
)
THROUGHPUT_EXCEEDED = ErrorEntry(
    400,
    "ProvisionedThroughputExceededException",
    "Provisioned rate exceeded",
    "observed: accelerated-intelligent-document-processing-on-aws issue 288; that a used-up quota "
    "gets it is a guess",
    (ErrorKind.RATE_LIMITED, ErrorKind.QUOTA_EXCEEDED),
)
LIMIT_EXCEEDED = ErrorEntry(
    400,
    "LimitExceededException",
    "Open jobs exceed maximum concurrent job limit",
    "sdk: model (the operations that start a job); the message is a guess",
)
THROTTLING = ErrorEntry(
    400,
    "ThrottlingException",
    "Slow down; sudden increase in rate of requests. Please ramp up your traffic gradually.",
    "observed: aws-sdk-js-v3 issue 2815",
    (ErrorKind.BUSY,),
)
THROTTLING_500 = ErrorEntry(
    500,
    "ThrottlingException",
    "Rate exceeded",
    "sdk: model (a fault of the server, so 500)",
    id="throttling_500",
)
INTERNAL = ErrorEntry(
    500,
    "InternalServerError",
    "Internal Server Error",
    "sdk: model; the message is a guess",
    (ErrorKind.INTERNAL, ErrorKind.ENGINE_FAILED),
)
UNAVAILABLE = ErrorEntry(
    503,
    "ServiceUnavailableException",
    "The request has failed due to a temporary failure of the server.",
    "doc: common errors",
    (ErrorKind.UNAVAILABLE,),
)
INVALID_JOB_ID = ErrorEntry(
    400,
    "InvalidJobIdException",
    "Request has invalid Job Id",
    "sdk: model; the message is a guess",
)
IDEMPOTENT_MISMATCH = ErrorEntry(
    400,
    "IdempotentParameterMismatchException",
    "Request has idempotent parameters mismatch",
    "sdk: model; the message is a guess",
)
INVALID_KMS_KEY = ErrorEntry(
    400,
    "InvalidKMSKeyException",
    "Request has invalid KMS key",
    "sdk: model; the message is a guess",
)
HUMAN_LOOP_QUOTA = ErrorEntry(
    402,
    "HumanLoopQuotaExceededException",
    "Maximum number of in-progress human loops has been exceeded",
    "sdk: model; the message is a guess",
)

STARTS = (
    "start_document_text_detection",
    "start_document_analysis",
    "start_expense_analysis",
    "start_lending_analysis",
)
"""The operations that start a job, by their names here."""


ERRORS = ErrorTable(
    entries=(
        *auth_errors.ENTRIES,
        NO_CBOR,
        ACCESS_DENIED,
        UNKNOWN_OPERATION,
        SERIALIZATION,
        INVALID_PARAMETER,
        UNSUPPORTED_DOCUMENT,
        BAD_DOCUMENT,
        DOCUMENT_TOO_LARGE,
        BODY_TOO_LARGE,
        INVALID_S3_OBJECT,
        THROUGHPUT_EXCEEDED,
        LIMIT_EXCEEDED,
        THROTTLING,
        THROTTLING_500,
        INTERNAL,
        UNAVAILABLE,
        INVALID_JOB_ID,
        IDEMPOTENT_MISMATCH,
        INVALID_KMS_KEY,
        HUMAN_LOOP_QUOTA,
    ),
    overrides={name: {ErrorKind.QUOTA_EXCEEDED: LIMIT_EXCEEDED} for name in STARTS},
)
