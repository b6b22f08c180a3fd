"""The error table of the API, each entry with its source.

An entry of `picture_errors` is the error of one picture in a response with HTTP status 200; the
others refuse the whole request. `code` is the name of the canonical status. Issues and logs that
are named as sources are public.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorCause, ErrorEntry, ErrorKind, ErrorTable
from mockocr.vendors.google.statuses import STATUSES
from mockocr.vendors.google.vision.picture_errors import NOT_ALLOWED, PER_IMAGE

BAD_TOKEN = (
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie "
    "or other valid authentication credential. See "
    "https://developers.google.com/identity/sign-in/web/devconsole-project."
)
QUOTA = (
    "Quota exceeded for quota metric '{metric}' and limit '{limit}' of service "
    "'vision.googleapis.com' for consumer 'project_number:{project}'."
)


def _entry(
    code: str, id: str, message: str, source: str, *kinds: ErrorKind, **sample: str
) -> ErrorEntry:
    return ErrorEntry(STATUSES[code].http, code, message, source, kinds, sample, id)


NO_IDENTITY = _entry(
    "PERMISSION_DENIED",
    "unregistered_caller",
    "Method doesn't allow unregistered callers (callers without established identity). Please use "
    "API Key or other form of API consumer identity to call this API.",
    "observed: Gemini-Unity-Package issue 1 (2025), another API of Google",
    ErrorKind.NO_CREDENTIALS,
)
INVALID_KEY = _entry(
    "INVALID_ARGUMENT",
    "api_key_invalid",
    "API key not valid. Please pass a valid API key.",
    "observed: the form in thing-translator issue 27 (2023); the text is known from other APIs",
    ErrorKind.UNKNOWN_ACCOUNT,
)
EXPIRED_KEY = _entry(
    "INVALID_ARGUMENT",
    "api_key_expired",
    "API key expired. Please renew the API key.",
    "observed: thing-translator issue 27 (2023)",
    ErrorKind.PACKAGE_EXPIRED,
)
INVALID_TOKEN = _entry(
    "UNAUTHENTICATED",
    "access_token_invalid",
    BAD_TOKEN,
    "guess: the front end's text for other APIs",
    ErrorKind.BAD_CREDENTIALS,
    ErrorKind.BAD_SIGNATURE,
    ErrorKind.REPLAYED,
)
EXPIRED_TOKEN = _entry(
    "UNAUTHENTICATED",
    "access_token_expired",
    BAD_TOKEN,
    "guess: the front end's text for other APIs",
    ErrorKind.EXPIRED,
)
NARROW_SCOPE = _entry(
    "PERMISSION_DENIED",
    "access_token_scope_insufficient",
    "Request had insufficient authentication scopes.",
    "observed: Analog issue 296 (2025), another API of Google",
)
FORBIDDEN = _entry(
    "PERMISSION_DENIED",
    "permission_denied",
    "The caller does not have permission",
    "observed: other APIs of Google",
    ErrorKind.FORBIDDEN,
)
DISABLED = _entry(
    "PERMISSION_DENIED",
    "service_disabled",
    "Cloud Vision API has not been used in project {project} before or it is disabled. Enable it "
    "by visiting https://console.developers.google.com/apis/api/vision.googleapis.com/overview?"
    "project={project} then retry. If you enabled this API recently, wait a few minutes for the "
    "action to propagate to our systems and retry.",
    "observed: quickstart-android issue 1086 (2020)",
    project="100000000001",
)
NO_BILLING = _entry(
    "PERMISSION_DENIED",
    "billing_disabled",
    "This API method requires billing to be enabled. Please enable billing on project #{project} "
    "by visiting https://console.developers.google.com/billing/enable?project={project} then "
    "retry. If you enabled billing for this project recently, wait a few minutes for the action to "
    "propagate to our systems and retry.",
    "observed: cloud-vision issue 27 (2016)",
    ErrorKind.ARREARS,
    project="100000000001",
)
BLOCKED_APP = _entry(
    "PERMISSION_DENIED",
    "android_app_blocked",
    "Requests from this Android client application <empty> are blocked.",
    "observed: quickstart-android issue 1086 (2020)",
)
QUOTA_EXCEEDED = _entry(
    "RESOURCE_EXHAUSTED",
    "quota_exceeded",
    QUOTA,
    "guess: the general form of all APIs",
    ErrorKind.QUOTA_EXCEEDED,
    metric="Image requests",
    limit="Image requests per month",
    project="100000000001",
)
RATE_LIMITED = _entry(
    "RESOURCE_EXHAUSTED",
    "rate_limited",
    QUOTA,
    "guess: the general form of all APIs",
    ErrorKind.RATE_LIMITED,
    metric="Requests",
    limit="Requests per minute",
    project="100000000001",
)
TOO_LARGE = _entry(
    "INVALID_ARGUMENT",
    "payload_too_large",
    "Request payload size exceeds the limit: 10485760 bytes.",
    "doc: supported files, for the limit; observed on other APIs, for the text",
    ErrorKind.BODY_TOO_LARGE,
)
BAD_JSON = _entry(
    "INVALID_ARGUMENT",
    "bad_json",
    "Invalid JSON payload received. {problem}",
    "observed: googlecodelabs/feedback issue 441 (2018); sdk: protobuf, json_stream_parser.cc",
    ErrorKind.BAD_BODY,
    problem="Unexpected token.\n\n^",
)
BAD_FIELD = _entry(
    "INVALID_ARGUMENT",
    "bad_field",
    "{violations}",
    "observed for base64: google-cloud-vision-php issue 14, cloud-vision issue 170; guess for "
    "other values",
    violations="Invalid JSON payload received. Unknown name \"foo\" at 'requests[0]': Cannot find "
    "field.",
)
BAD_MASK = _entry(
    "INVALID_ARGUMENT",
    "bad_fields_mask",
    "Request contains an invalid argument.",
    "guess: observed on other APIs",
)
INVALID = _entry(
    "INVALID_ARGUMENT",
    "invalid_argument",
    "Request contains an invalid argument.",
    "guess: observed on other APIs",
    ErrorKind.BAD_PARAMETER,
)
NO_IMAGE = _entry(
    "INVALID_ARGUMENT",
    "no_image_or_features",
    "Request must specify image and features.",
    "observed: gapic-generator-typescript issue 849 (2020)",
    ErrorKind.NO_IMAGE,
)
TWO_IMAGES = _entry(
    "INVALID_ARGUMENT",
    "content_and_uri",
    "Only one of image content and uri should be specified.",
    "observed: google-cloud-dotnet issue 5467 (2020); that the whole request fails is a guess",
)
TOO_MANY_IMAGES = _entry(
    "INVALID_ARGUMENT",
    "too_many_images",
    "Too many images per request",
    "doc: quotas; observed live in public notes (2026)",
)
TOO_MANY_FILES = _entry(
    "INVALID_ARGUMENT",
    "too_many_files",
    "Too many files per request",
    "guess: the discovery document says that one file is allowed",
)
TOO_MANY_PAGES = _entry(
    "INVALID_ARGUMENT",
    "too_many_pages",
    "Too many pages per request",
    "guess: the discovery document says that five pages are allowed",
)
NO_OUTPUT = _entry(
    "INVALID_ARGUMENT",
    "no_output",
    "Request must specify output_config with a Google Cloud Storage destination.",
    "guess: the discovery document says that the destination is required",
)
NO_OPERATION = _entry(
    "NOT_FOUND",
    "operation_not_found",
    "Requested entity was not found.",
    "guess: observed on other APIs",
)
NO_PATH = ErrorEntry(
    404,
    "NOT_FOUND",
    "The requested URL was not found on this server.",
    "guess: the front end's page",
    (ErrorKind.NO_SUCH_OPERATION, ErrorKind.WRONG_METHOD),
    id="no_such_path",
)
INTERNAL = _entry(
    "INTERNAL",
    "internal",
    "Internal error encountered.",
    "guess: observed on other APIs",
    ErrorKind.INTERNAL,
)
UNAVAILABLE = _entry(
    "UNAVAILABLE",
    "unavailable",
    "The service is currently unavailable.",
    "guess: observed on other APIs",
    ErrorKind.UNAVAILABLE,
    ErrorKind.BUSY,
)
DEADLINE = _entry(
    "DEADLINE_EXCEEDED",
    "deadline_exceeded",
    "Deadline expired before operation could complete.",
    "guess: observed on other APIs",
)
ERRORS = ErrorTable(
    (
        NO_IDENTITY,
        INVALID_KEY,
        EXPIRED_KEY,
        INVALID_TOKEN,
        EXPIRED_TOKEN,
        NARROW_SCOPE,
        FORBIDDEN,
        DISABLED,
        NO_BILLING,
        BLOCKED_APP,
        QUOTA_EXCEEDED,
        RATE_LIMITED,
        TOO_LARGE,
        BAD_JSON,
        BAD_FIELD,
        BAD_MASK,
        INVALID,
        NO_IMAGE,
        TWO_IMAGES,
        TOO_MANY_IMAGES,
        TOO_MANY_FILES,
        TOO_MANY_PAGES,
        NO_OUTPUT,
        NO_OPERATION,
        NO_PATH,
        INTERNAL,
        UNAVAILABLE,
        DEADLINE,
        *PER_IMAGE,
    ),
    defaults={ErrorCause.FORBIDDEN_ADDRESS: NOT_ALLOWED},
)
