"""The parameters of a request: multipart, urlencoded or in the query, names in any case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from mockocr.core.errors import ApiError
from mockocr.core.http import Part, Request

NAMES = (
    "apikey",
    "url",
    "language",
    "isoverlayrequired",
    "base64image",
    "iscreatesearchablepdf",
    "issearchablepdfhidetextlayer",
    "filetype",
    "addressparsing",
    "scale",
    "detectorientation",
    "istable",
    "ocrengine",
    "detectcheckbox",
    "checkboxtemplate",
    "checkboxtemplateregex",
)
"""observed: the service lists these names when it meets an unknown one."""


class Fields(msgspec.Struct, frozen=True):
    """The text parameters by lower-case name (the first of each counts), their names as sent, and
    the first part with a file name, whatever the part is called.
    """

    values: Mapping[str, str]
    sent: Mapping[str, str]
    file: Part | None = None

    def flag(self, name: str) -> bool:
        """sdk: Python clients send `True`, others `true`; anything else is false."""
        return self.values.get(name, "").strip().lower() == "true"


def fields_of(request: Request) -> Fields:
    """The parameters of body and query, body first. Raises `ApiError(BAD_BODY)`."""
    return request.cached(_fields)


def _fields(request: Request) -> Fields:
    values: dict[str, str] = {}
    sent: dict[str, str] = {}
    file = None
    if request.content_type == "multipart/form-data":
        parts = request.parts()
        file = next((part for part in parts if part.filename is not None), None)
        pairs = [(part.name, part.text) for part in parts if part.filename is None]
    elif request.content_type in ("application/x-www-form-urlencoded", ""):
        pairs = list(request.form_fields())
    else:  # guess: a body of another type is not looked at
        pairs = []
    for name, value in (*pairs, *request.query_fields()):
        values.setdefault(name.lower(), value)
        sent.setdefault(name.lower(), name)
    return Fields(values, sent, file)


def key_of(request: Request) -> str:
    """The key: header, else body, else query. Empty if absent or if the body is broken."""
    return next(_keys(request), "")


def _keys(request: Request) -> Iterator[str]:
    if header := request.header("apikey").strip():
        yield header
    try:
        if field := fields_of(request).values.get("apikey", "").strip():
            yield field
    except ApiError:
        pass
    for name, value in request.query_fields():
        if name.lower() == "apikey" and value.strip():
            yield value.strip()
