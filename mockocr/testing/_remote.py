"""The client of a server's control routes."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any


class ControlError(Exception):
    """The server refused a control request. The text is its own sentence."""


class Remote:
    """A client of the control routes of one server. `token` is the server's `--control-token`, by
    default that of the variable `MOCKOCR_CONTROL_TOKEN`.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json"}
        if token is None:
            token = os.environ.get("MOCKOCR_CONTROL_TOKEN", "")
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        # ignore a proxy in the environment: the server is usually on this machine
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def request(self, method: str, path: str, value: Any = None) -> Any:
        """The JSON of the response, None if it is empty. ControlError on 4xx and 5xx."""
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(
            f"{self.url}/_mockocr{path}",
            data=data,
            method=method,
            headers=self._headers,
        )
        try:
            with self._opener.open(request, timeout=60) as response:
                raw = response.read()
        except urllib.error.HTTPError as error:
            with error:
                raise ControlError(_sentence(error.read(), error.code)) from None
        return json.loads(raw) if raw else None


def _sentence(raw: bytes, status: int) -> str:
    try:
        return str(json.loads(raw)["error"])
    except (ValueError, KeyError, TypeError):
        return f"the server answered {status}: {raw[:200]!r}"
