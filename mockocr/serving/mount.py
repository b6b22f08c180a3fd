"""Joins two ASGI apps: the control routes under their prefix, the vendors everywhere else."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from mockocr.serving.asgi import UNPARSABLE


def mount(control: ASGIApp, prefix: str, vendors: ASGIApp) -> ASGIApp:
    """One app. `control` also gets the lifespan events; websockets are closed."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "lifespan":
            await control(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1003})
        elif scope["type"] == UNPARSABLE:
            await vendors(scope, receive, send)
        elif path == prefix or path.startswith(prefix + "/"):
            await control(scope, receive, send)
        else:
            await vendors(scope, receive, send)

    return app
