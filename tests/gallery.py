"""A small web server with the pictures of `fixtures/images`, for requests with a picture's URL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@cache
def gallery(picture: Callable[[str], bytes]) -> str:
    """The server's base URL; `picture` returns the bytes for a name. It stops with the process."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                data = picture(self.path.lstrip("/"))
            except OSError:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, name="gallery", daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"
