"""Errors that the vendor's page lists and that no request to mockocr gets by itself: they can be
sent on demand.
"""

from __future__ import annotations

from mockocr.core.errors import ErrorEntry

_PAGE: tuple[tuple[int, str, str], ...] = (
    (400, "illegalApiName", "Invalid API name."),
    (400, "MissingImageUrl", "You must specify image URL."),
    (400, "ExceededImageSize", "The image length*width must be less than 1024*1024."),
    (400, "illegalImageType", "The specified imageType is invalid."),
    (400, "MissingImageType", "ImageType is required."),
    (400, "MissingLanguages", "You must specify Language."),
    (400, "illegalPDFContent", "Corresponding pdf content is missing"),
    (400, "deprecatedApi", "The api is deprecated."),
    (
        503,
        "AlgorithmTimeout",
        "The requested algorithm service is unavailable. Please try again with a smaller image.",
    ),
    (504, "ServiceTimeout", "The requested service is timed out."),
)
LISTED = (
    *(ErrorEntry(status, code, message, "doc: error page") for status, code, message in _PAGE),
    ErrorEntry(400, "InvalidCountry", "Specified parameter Country is not valid.", "doc: metadata"),
)
