"""The barest handler that reads the same multipart body: Starlette's own form parser, and a
constant as the answer.
"""

from __future__ import annotations

import socket
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


async def read(request: Request) -> Response:
    """The size of the picture, so that it was really read."""
    async with request.form() as form:
        size = 0
        for value in form.values():
            size += len(value) if isinstance(value, str) else len(await value.read())
    return JSONResponse({"code": 0, "message": "OK", "size": size})


app = Starlette(routes=[Route("/{path:path}", read, methods=["POST"])])

if __name__ == "__main__":
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    sys.stdout.write(f"bare ready on http://127.0.0.1:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(app, access_log=False, log_config=None)
    uvicorn.Server(config).run(sockets=[listener])
