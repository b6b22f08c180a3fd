"""The errors of AWS's authentication layer, which all its JSON services answer alike.

They say `message` in lower case where the services say `Message`. "sister" means that another
service of AWS was seen to answer so: Rekognition (aws-sdk-php issue 1780) or API Gateway
(selling-partner-api-models issue 1101).
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry, ErrorKind

_INVALID_SIGNATURE = "InvalidSignatureException"
_MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS "
    "Secret Access Key and signing method. Consult the service documentation for details."
)

NO_TOKEN = ErrorEntry(
    400,
    "MissingAuthenticationTokenException",
    "Missing Authentication Token",
    "observed: sister; the status is a guess",
    (ErrorKind.NO_CREDENTIALS,),
)
INCOMPLETE = ErrorEntry(
    400,
    "IncompleteSignatureException",
    "{missing} (Hashed with SHA-256 and encoded with Base64) Authorization={hash}",
    "observed: sister; the status is a guess",
    (ErrorKind.BAD_CREDENTIALS,),
    {
        "missing": "Authorization header requires 'Credential' parameter.",
        "hash": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    },
)
BAD_CREDENTIAL = ErrorEntry(
    400,
    "IncompleteSignatureException",
    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
    "got '{credential}'",
    "observed: sister; the status is a guess",
    sample={"credential": "AKIAMOCKOCR000000000"},
    id="bad_credential",
)
BAD_DATE = ErrorEntry(
    400,
    "IncompleteSignatureException",
    "Date must be in ISO-8601 'basic format'. Got '{date}'. See "
    "http://en.wikipedia.org/wiki/ISO_8601",
    "observed: sister; the status is a guess",
    sample={"date": "yesterday"},
    id="bad_date",
)
WRONG_REGION = ErrorEntry(
    400,
    _INVALID_SIGNATURE,
    "Credential should be scoped to a valid region. ",
    "guess: the text is that of sisters",
    id="wrong_region",
)
WRONG_SERVICE = ErrorEntry(
    400,
    _INVALID_SIGNATURE,
    "Credential should be scoped to correct service: '{service}'. ",
    "guess: the text is that of sisters",
    sample={"service": "textract"},
    id="wrong_service",
)
WRONG_TERMINATOR = ErrorEntry(
    400,
    _INVALID_SIGNATURE,
    "Credential should be scoped with a valid terminator: 'aws4_request', not '{terminator}'.",
    "guess: the text is that of sisters",
    sample={"terminator": "aws4"},
    id="wrong_terminator",
)
WRONG_DATE = ErrorEntry(
    400,
    _INVALID_SIGNATURE,
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
    "'{scope}' != '{day}', from '{date}'.",
    "guess: the text is that of sisters",
    sample={"scope": "20260101", "day": "20260102", "date": "20260102T030405Z"},
    id="wrong_date",
)
UNSIGNED_HOST = ErrorEntry(
    400,
    _INVALID_SIGNATURE,
    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    "guess: the text is that of sisters",
    id="unsigned_host",
)
UNKNOWN_KEY = ErrorEntry(
    400,
    "UnrecognizedClientException",
    "The security token included in the request is invalid.",
    "observed: the text; the status is a guess",
    (ErrorKind.UNKNOWN_ACCOUNT,),
)
EXPIRED_TOKEN = ErrorEntry(
    400,
    "ExpiredTokenException",
    "The security token included in the request is expired",
    "doc: common errors; the status is a guess",
    (ErrorKind.PACKAGE_EXPIRED,),
)
SIGNATURE_EXPIRED = ErrorEntry(
    400,
    _INVALID_SIGNATURE,
    "Signature expired: {sent} is now earlier than {limit} ({now} - 5 min.)",
    "observed: sister",
    (ErrorKind.EXPIRED,),
    {"sent": "20260102T025700Z", "limit": "20260102T025905Z", "now": "20260102T030405Z"},
    id="signature_expired",
)
NOT_YET_CURRENT = ErrorEntry(
    400,
    _INVALID_SIGNATURE,
    "Signature not yet current: {sent} is still later than {limit} ({now} + 5 min.)",
    "observed: sister",
    (ErrorKind.EXPIRED,),
    {"sent": "20260102T031105Z", "limit": "20260102T030905Z", "now": "20260102T030405Z"},
    id="signature_not_yet_current",
)
WRONG_SIGNATURE = ErrorEntry(
    400,
    _INVALID_SIGNATURE,
    _MISMATCH + "\n\nThe Canonical String for this request should have been\n'{canonical}'\n\n"
    "The String-to-Sign should have been\n'{string}'\n",
    "observed: sister",
    (ErrorKind.BAD_SIGNATURE, ErrorKind.REPLAYED),
    {
        "canonical": "POST\n/\n\nhost:textract.us-east-1.amazonaws.com\n\nhost\n"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "string": "AWS4-HMAC-SHA256\n20260102T030405Z\n20260102/us-east-1/textract/aws4_request\n"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    },
    id=_INVALID_SIGNATURE,
)
NOT_SUBSCRIBED = ErrorEntry(
    400,
    "SubscriptionRequiredException",
    "The AWS Access Key Id needs a subscription for the service",
    "observed: 2026; the status is a guess, and so is that unpaid bills get it",
    (ErrorKind.ARREARS,),
)

ENTRIES = (
    NO_TOKEN,
    INCOMPLETE,
    BAD_CREDENTIAL,
    BAD_DATE,
    WRONG_REGION,
    WRONG_SERVICE,
    WRONG_TERMINATOR,
    WRONG_DATE,
    UNSIGNED_HOST,
    UNKNOWN_KEY,
    EXPIRED_TOKEN,
    SIGNATURE_EXPIRED,
    NOT_YET_CURRENT,
    WRONG_SIGNATURE,
    NOT_SUBSCRIBED,
)
IDS = frozenset(entry.id for entry in ENTRIES)
