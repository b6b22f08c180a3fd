"""The console: a page of ES modules that shows what happens and controls the server through the
control routes. It loads nothing from other hosts.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from mockocr import __version__
from mockocr.control.api.routing import ControlRoute, Method, route
from mockocr.control.validation import InvalidInputError

FOLDERS = ("app", "views", "vendor")
MEDIA_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
IMPORTS = {
    "preact": "./static/vendor/preact.js",
    "preact/hooks": "./static/vendor/preact-hooks.js",
    "@preact/signals": "./static/vendor/preact-signals.js",
    "@preact/signals-core": "./static/vendor/preact-signals-core.js",
    "htm": "./static/vendor/htm.js",
}
"""The names by which modules import the vendored libraries."""
_HEADERS = {"Cache-Control": "no-cache"}


def routes() -> list[ControlRoute]:
    """The page and its files, without the control prefix."""

    async def get(request: Request) -> Response:
        return HTMLResponse(page(), headers=_HEADERS)

    async def get_file(request: Request) -> Response:
        folder, name = request.path_params["folder"], request.path_params["name"]
        found = static_files().get(f"{folder}/{name}")
        if found is None:
            raise InvalidInputError(f"the console has no file {folder}/{name}", 404)
        data, tag = found
        headers = {**_HEADERS, "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        kind = MEDIA_TYPES[f".{name.rpartition('.')[2]}"]
        return Response(data, media_type=kind, headers=headers)

    file = Method(get_file, "A file of the console", media_type="text/javascript", errors=(404,))
    return [
        route("/", get=Method(get, "The console, a web page", media_type="text/html")),
        route("/static/{folder}/{name}", get=file),
    ]


@cache
def page() -> str:
    """The HTML of the page."""
    text = (files("mockocr.console") / "static/index.html").read_text("utf-8")
    return text.replace("VERSION", __version__).replace("IMPORTS", _import_map())


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """Every script and style by `folder/name`: its bytes and its ETag."""
    found = {}
    for folder in FOLDERS:
        for file in (files("mockocr.console") / "static" / folder).iterdir():
            if file.name.endswith(tuple(MEDIA_TYPES)):
                data = file.read_bytes()
                tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
                found[f"{folder}/{file.name}"] = data, tag
    return found


@cache
def content_security_policy() -> str:
    """What the page may do: run its own files, and call and show this server's routes."""
    digest = base64.b64encode(hashlib.sha256(_import_map().encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'sha256-{digest}'; style-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def _import_map() -> str:
    return json.dumps({"imports": IMPORTS})
