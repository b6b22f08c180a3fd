"""The versions of the API, the models that each has, and the features of the models."""

from __future__ import annotations

import msgspec

from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.http import Request
from mockocr.vendors.azure.paths import segment
from mockocr.vendors.azure.query import query_values

V4, V3 = "documentintelligence", "formrecognizer"
VERSIONS = {
    V4: ("2024-11-30", "2024-07-31-preview", "2024-02-29-preview", "2023-10-31-preview"),
    V3: ("2023-07-31", "2022-08-31"),
}
"""The first segment of the path to its versions. doc: the service's changelog."""

FEATURES = (
    "ocrHighResolution",
    "languages",
    "barcodes",
    "formulas",
    "keyValuePairs",
    "styleFont",
    "queryFields",
)
"""sdk: DocumentAnalysisFeature."""


class Model(msgspec.Struct, frozen=True):
    """A prebuilt model. `layout`: its result has paragraphs with roles, tables and, in version 4,
    sections. `pairs`: its result has key-value pairs without the feature. `document`: the kind of
    document whose fields it reads, empty for a model that reads none. `page_price` is that of a
    page in USD, if it is not the price of most models.
    """

    name: str
    description: str
    layout: bool = True
    pairs: bool = False
    document: str = ""
    only_v3: bool = False
    page_price: float | None = None


MODELS = {
    model.name: model
    for model in (
        Model("prebuilt-read", "Extract text from documents.", layout=False, page_price=0.0015),
        Model("prebuilt-layout", "Extract text and layout information from documents."),
        Model(
            "prebuilt-document",
            "Extract text, layout, and key-value pairs from documents.",
            pairs=True,
            only_v3=True,
        ),
        Model("prebuilt-invoice", "Extract key information from invoices.", document="invoice"),
        Model("prebuilt-receipt", "Extract key information from receipts.", document="receipt"),
        Model(
            "prebuilt-idDocument",
            "Extract key information from identity documents.",
            layout=False,
            document="idDocument",
        ),
    )
}
"""The models that are read here; Azure has more. doc: model overview."""


def api_version(request: Request) -> str:
    """The version in the query; `ApiError(NO_SUCH_OPERATION)` for one that this path has not."""
    version = query_values(request).get("api-version", "")
    known = VERSIONS[surface(request)]
    if version not in known:
        detail = f"the api-version is {version[:40]!r}; this path has {', '.join(known)}"
        raise ApiError(ErrorKind.NO_SUCH_OPERATION, detail)
    return version


def surface(request: Request) -> str:
    """The first segment of the path: that of version 4 or of version 3."""
    return segment(request.path, 0)
