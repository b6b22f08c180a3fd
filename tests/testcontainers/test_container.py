"""The container for Testcontainers, on a Docker API that maps its port to a server here."""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from testcontainers.core.config import ConnectionMode, testcontainers_config

from mockocr.testcontainers import MockOcrContainer
from mockocr.testing.running import running

ID = "5" * 64


class Engine(BaseHTTPRequestHandler):
    """The routes of Docker's API that a container needs. Port 8080 is mapped to a server here."""

    created: dict[str, Any]
    mapped: int
    asked: list[str]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = re.sub(r"^/v[\d.]+", "", self.path).partition("?")[0]
        type(self).asked.append(f"{self.command} {path}")
        if path == "/containers/create":
            type(self).created = json.loads(body)
        status, document = self._document(path)
        answer = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer) if status != 204 else 0))
        self.end_headers()
        if status != 204:
            self.wfile.write(answer)

    def _document(self, path: str) -> tuple[int, Any]:
        if path == "/version":
            return 200, {"ApiVersion": "1.44", "Version": "25"}
        if path == "/info":
            return 200, {"ServerVersion": "25"}
        if path == "/containers/create":
            return 201, {"Id": ID, "Warnings": []}
        if path == f"/containers/{ID}/json":
            ports = {"8080/tcp": [{"HostIp": "127.0.0.1", "HostPort": str(self.mapped)}]}
            return 200, {
                "Id": ID,
                "Name": "/mockocr",
                "State": {"Status": "running", "Running": True},
                "Config": {"Image": self.created["Image"], "Labels": {}},
                "NetworkSettings": {"Ports": ports, "Networks": {}},
                "HostConfig": {"NetworkMode": "bridge"},
            }
        if path.startswith("/images/"):
            return 200, {"Id": "sha256:" + ID, "RepoTags": ["mockocr:latest"]}
        return 204, None


@contextmanager
def engine(mapped: int) -> Iterator[ThreadingHTTPServer]:
    handler = type("Handler", (Engine,), {"mapped": mapped, "asked": [], "created": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the library leaves its sockets open
@pytest.mark.slow
def test_a_container_is_a_server_that_a_session_controls(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(engine="scripted") as mock, engine(int(mock.url.rpartition(":")[2])) as docker:
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{docker.server_port}")
        monkeypatch.setattr(testcontainers_config, "ryuk_disabled", True)
        mode = ConnectionMode.docker_host
        monkeypatch.setattr(testcontainers_config, "connection_mode_override", mode)
        with MockOcrContainer("mockocr-slim") as container:
            assert container.url == mock.url
            container.session().fail("empty")
            with urllib.request.urlopen(f"{mock.url}/_mockocr/faults") as answer:
                assert [f["fault"] for f in json.loads(answer.read())["faults"]] == ["empty"]
        handler: Any = docker.RequestHandlerClass
        assert handler.created["Image"] == "mockocr-slim"
        assert "MOCKOCR_CONTROL_HOSTS=*" in handler.created["Env"]
        assert list(handler.created["ExposedPorts"]) == ["8080/tcp"]
        assert f"POST /containers/{ID}/start" in handler.asked
        assert f"DELETE /containers/{ID}" in handler.asked
