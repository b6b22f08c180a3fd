"""Takes a request apart into named fields, and writes it again with other values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

import msgspec

from mockocr.core.errors import ApiError
from mockocr.core.http import Request

BOUNDARY = "cut"
_FORM = "application/x-www-form-urlencoded"


class UnreadableRequestError(ValueError):
    """The request cannot be taken apart, so nothing says where its secrets are."""


class Field(msgspec.Struct, frozen=True):
    """One value of a request. `where` is `query`, `form`, `part`, `json` or `body`; `path` is
    the name with those above it, as in `image.content`; `filename` is that of a part.
    """

    where: str
    name: str
    path: str
    value: Any
    file: bool = False


class Text(msgspec.Struct, frozen=True):
    """A value to write: text, or a placeholder of which `quoted` says the form in a form's body.
    `raw` is the JSON for it in a JSON body.
    """

    text: str
    placeholder: str = ""


Change = Callable[[Field], Any]
"""The value to write: a `Text`, another JSON value, or `DROPPED`."""
DROPPED = object()


class Written(msgspec.Struct):
    """A request with other values; `content_type` has the boundary of the new body, `renamed` the
    file names that were replaced.
    """

    target: str
    body: str
    content_type: str
    renamed: dict[str, str] = msgspec.field(default_factory=dict)


def rewrite(request: Request, change: Change) -> Written:
    """The request with the values that `change` returns; UnreadableRequestError for a body that
    is neither JSON, a form, a multipart form nor a single picture.
    """
    query = _form(request.query_fields(), "query", change)
    target = request.target.partition("?")[0] + (f"?{query}" if query else "")
    kind = request.header("content-type")
    try:
        body, kind = _body(request, kind, change)
    except (ApiError, RecursionError) as error:
        raise UnreadableRequestError(str(error)) from None
    return Written(target, body, kind, _renamed(request))


def _body(request: Request, kind: str, change: Change) -> tuple[str, str]:
    media = request.content_type
    if not request.body:
        return "", kind
    if media == "multipart/form-data":
        return _parts(request, change), f"multipart/form-data; boundary={BOUNDARY}"
    if request.body.lstrip()[:1] in (b"{", b"["):
        value = request.json()
        return json.dumps(_json(value, "", "", change), ensure_ascii=False), kind
    if media == _FORM or (not media and b"=" in request.body[:200]):
        return _form(request.form_fields(), "form", change), kind
    if media.startswith("image/") or media in ("", "application/octet-stream", "application/pdf"):
        written = change(Field("body", "body", "body", request.body, file=True))
        return written.placeholder.format(kind="bytes"), kind
    raise UnreadableRequestError(f"a body of {media} cannot be taken apart")


def _form(pairs: Any, where: str, change: Change) -> str:
    kept = []
    for name, value in pairs:
        written = change(Field(where, name, name, value))
        if written is DROPPED:
            continue
        if isinstance(written, Text) and written.placeholder:
            shown = quote_plus(written.text) + written.placeholder.format(kind="quoted")
        else:
            shown = quote(written.text if isinstance(written, Text) else str(written), safe="")
        kept.append(f"{quote(name, safe='[]')}={shown}")
    return "&".join(kept)


def _parts(request: Request, change: Change) -> str:
    lines = []
    for part in request.parts(unclosed=True):
        file = part.filename is not None or _is_binary(part.data)
        value = part.data if file else part.text
        written = change(Field("part", part.name, part.name, value, file))
        if written is DROPPED:
            continue
        name = "" if part.filename is None else f'; filename="picture{_ending(part.filename)}"'
        lines += [f"--{BOUNDARY}", f'Content-Disposition: form-data; name="{part.name}"{name}']
        if part.content_type:
            lines.append(f"Content-Type: {part.content_type}")
        placeholder = written.placeholder.format(kind="bytes" if file else "base64")
        lines += ["", written.text + placeholder]
    return "\n".join([*lines, f"--{BOUNDARY}--"])


def _renamed(request: Request) -> dict[str, str]:
    if request.content_type != "multipart/form-data":
        return {}
    names = (part.filename for part in request.parts(unclosed=True))
    return {name: f"picture{_ending(name)}" for name in names if name}


def _json(value: Any, name: str, path: str, change: Change) -> Any:
    if isinstance(value, dict):
        below = ((key, _json(item, key, _join(path, key), change)) for key, item in value.items())
        return {key: item for key, item in below if item is not DROPPED}
    if isinstance(value, list):
        items = (_json(item, name, f"{path}[{n}]", change) for n, item in enumerate(value))
        return [item for item in items if item is not DROPPED]
    written = change(Field("json", name, path, value))
    if isinstance(written, Text):
        return written.text + written.placeholder.format(kind="base64")
    return written


def leaves(value: Any, name: str = "", path: str = "") -> Iterator[Field]:
    """The scalars of a JSON value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, key, _join(path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from leaves(item, name, f"{path}[{number}]")
    else:
        yield Field("json", name, path, value)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _is_binary(data: bytes) -> bool:
    try:
        return "\0" in data.decode()
    except UnicodeDecodeError:
        return True


def _ending(filename: str) -> str:
    ending = filename.rpartition(".")[2].lower()
    return f".{ending}" if "." in filename and ending.isalnum() and len(ending) <= 5 else ""
