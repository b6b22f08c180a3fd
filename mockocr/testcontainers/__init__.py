"""A server in a container, for tests with Testcontainers: needs the extra `testcontainers`."""

from __future__ import annotations

from typing import Any

from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

from mockocr.testing.session import Session, connect

__all__ = ["MockOcrContainer"]

PORT = 8080


class MockOcrContainer(DockerContainer):
    """`with MockOcrContainer() as container: container.session().tencent.general.fail("reset")`.

    `image` is `mockocr`, `mockocr-slim`, or one of a registry; `options` are those of
    `DockerContainer`.
    """

    def __init__(self, image: str = "mockocr", **options: Any) -> None:
        super().__init__(image, **options)
        self.with_exposed_ports(PORT)
        # where containers run on another machine, the address of the mapped port is no local name
        self.with_env("MOCKOCR_CONTROL_HOSTS", "*")
        self.waiting_for(HttpWaitStrategy(PORT, "/_mockocr/livez"))

    @property
    def url(self) -> str:
        """The base URL for the client under test."""
        return f"http://{self.get_container_host_ip()}:{self.get_exposed_port(PORT)}"

    def session(self) -> Session:
        """The server's account `dev`, to control the server with."""
        return connect(self.url)
