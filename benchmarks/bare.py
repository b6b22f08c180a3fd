"""A minimal server to compare with: Starlette parses the same multipart body, and the response is
constant.
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
    """Answer with the size of the picture, so that the body is really read."""
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
