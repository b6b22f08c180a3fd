"""What of an exchange may be kept: names and values that hold no secret, by construction.

Of headers, an allow-list is kept. Of fields, those that may be secret are left out or have the
value of the account `dev`; what was seen in them is masked wherever else it stands.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from mockocr.control.journal import redact
from mockocr.core.errors import ApiError
from mockocr.core.http import Headers, Request
from mockocr.core.operation import Operation
from mockocr.core.service import Service, Vendor
from mockocr.recordings.jobs import named_by
from mockocr.recordings.pictures import Picture, from_base64, picture_of
from mockocr.recordings.request_fields import DROPPED, Field, Text, rewrite
from mockocr.recordings.text_masks import SecretMask, masked, without_query
from mockocr.serving.routing import path_params

_REQUEST_HEADERS = re.compile(
    r"host|content-type|accept|x-\w+-(action|version|target|region|request-mode)"
)
_SIGNED_PARTS = re.compile(r"[\s,;=\"]+")
_SHORTEST_CLAIM = 4


class MaskedRequest(msgspec.Struct, frozen=True):
    """A request without secrets. `key` is the same for each request that asks the same operation
    for the same pictures with the same options; `files` are the pictures' bytes by SHA-256. Of a
    request for a job, `after` is the name of the recording that started it.
    """

    method: str
    target: str
    headers: Headers
    body: str
    key: str
    pictures: tuple[Picture, ...]
    files: dict[str, bytes]
    mask: SecretMask
    instead: dict[str, str]
    after: str = ""

    def clean(self, text: str) -> str:
        """The text without the secrets of the request, and with the account `dev` in it."""
        text = self.mask(text)
        for seen, other in self.instead.items():
            text = text.replace(seen, other)
        return text


class _Masking:
    """One request while it is taken apart."""

    def __init__(self, vendor: Vendor, service: Service, request: Request) -> None:
        self.vendor, self.recorded = vendor, service.recorded
        self.pictures: list[Picture] = []
        self.files: dict[str, bytes] = {}
        self.options: list[tuple[str, str]] = []
        self.secrets = set(_header_secrets(request))

    def change(self, field: Field) -> Any:
        value = field.value
        if isinstance(value, bytes):
            return self._picture("", value)
        if self.recorded.is_job(field.name):
            return value if field.where == "json" else Text(value)
        if isinstance(value, str) and not self._is_secret(field) and (found := from_base64(value)):
            return self._picture(*found)
        if own := self._of_account(field):
            self._note_secret(value)
            return own if field.where == "json" else Text(own)
        if self._is_secret(field):
            # a time or a nonce in digits is no secret, and the same digits stand in other numbers
            if self.recorded.is_secret(field.name) or not str(value).isdigit():
                self._note_secret(value)
            return DROPPED
        if isinstance(value, str):
            value = without_query(value)
        if not self.recorded.is_varying(field.name):
            shown = value if isinstance(value, str) else json.dumps(value)
            self.options.append((field.path, shown))
        return value if field.where == "json" and not isinstance(value, str) else Text(value)

    def _picture(self, prefix: str, data: bytes) -> Text:
        picture = picture_of(data)
        self.pictures.append(picture)
        self.files[picture.sha256] = data
        return Text(prefix, "{{{{{kind} " + picture.sha256 + "}}}}")

    def _is_secret(self, field: Field) -> bool:
        return self.recorded.is_secret(field.name) or self.recorded.is_signing(field.name)

    def _of_account(self, field: Field) -> str:
        """The value of the account `dev` for a field that repeats one of its credential."""
        name = self.recorded.account_field(field.path)
        if not name and (field.where == "json" or not self._is_secret(field)):
            name = field.name if field.name in self.vendor.credentials else ""
        return self.vendor.credentials.get(name, "") if isinstance(field.value, str) else ""

    def _note_secret(self, value: Any) -> None:
        if isinstance(value, str):
            self.secrets.add(value)


def mask_request(
    vendor: Vendor, service: Service, operation: Operation, request: Request, after: str = ""
) -> MaskedRequest:
    """The request without its secrets; UnreadableRequestError if nothing says where they are.

    `after` is the name of the recording that started the job for which the request asks.
    """
    if not request.params:
        path = request.target.partition("?")[0]
        request = request.replaced(params=path_params(operation, path))
    masking = _Masking(vendor, service, request)
    written = rewrite(request, masking.change)
    seen, instead = _claim(vendor, service, request)
    public = set(vendor.credentials.values())
    mask = SecretMask(masking.secrets - public - {seen})
    target = _with_own_params(vendor, service, operation, request, written.target)
    headers = tuple(
        (name, written.content_type if name.lower() == "content-type" else value)
        for name, value in request.headers
        if _REQUEST_HEADERS.fullmatch(name.lower())
    )
    digests = [picture.digest for picture in masking.pictures]
    options = sorted([*masking.options, *_params(vendor, service, request)])
    parts: list[Any] = [service.operation_id(operation), digests, options]
    if named_by(service, request):
        parts.append(after)
    identity = json.dumps(parts)
    key = hashlib.sha256(identity.encode()).hexdigest()[:16]
    made = MaskedRequest(
        request.method,
        "",
        (),
        "",
        key,
        tuple(masking.pictures),
        masking.files,
        mask,
        ({seen: instead} if seen else {}) | written.renamed,
    )
    return MaskedRequest(
        request.method,
        made.clean(request.prefix + target),
        tuple((name, made.clean(value)) for name, value in headers),
        made.clean(written.body),
        key,
        made.pictures,
        made.files,
        mask,
        made.instead,
        after,
    )


def _params(vendor: Vendor, service: Service, request: Request) -> Iterator[tuple[str, str]]:
    """The parameters of the path that say what is asked for, not who asks, nor for which job."""
    recorded = service.recorded
    for name, value in request.params.items():
        own = recorded.account.get(name, name) in vendor.credentials
        if not own and not recorded.is_varying(name) and not recorded.is_job(f"{{{name}}}"):
            yield f"{{{name}}}", value


def _claim(vendor: Vendor, service: Service, request: Request) -> tuple[str, str]:
    """What the request says of its account, and the same of the account `dev`."""
    try:
        claim = service.claimed(request)
    except ApiError:
        claim = None
    if claim is None or len(claim[1]) < _SHORTEST_CLAIM:
        return "", ""
    return claim[1], vendor.credentials.get(claim[0], masked(claim[1]))


def _with_own_params(
    vendor: Vendor, service: Service, operation: Operation, request: Request, target: str
) -> str:
    """The target with the values of the account `dev` in its path."""
    path, question, query = target.partition("?")
    segments = path.split("/")
    for name, value in request.params.items():
        own = service.recorded.account.get(name, name)
        if own in vendor.credentials:
            segments = [
                quote(vendor.credentials[own], safe="") if unquote(s) == value else s
                for s in segments
            ]
    return "/".join(segments) + question + query


def _header_secrets(request: Request) -> set[str]:
    """Values of headers that may be secrets, and the parts of those that are lists."""
    found: set[str] = set()
    for name, value in request.headers:
        if _REQUEST_HEADERS.fullmatch(name.lower()) or not _may_be_secret(name):
            continue
        found.add(value)
        found.update(part for part in _SIGNED_PARTS.split(value) if len(part) >= 12)
    return found


def _may_be_secret(name: str) -> bool:
    return redact.is_secret(name) or redact.header(name, "a long value") != "a long value"
