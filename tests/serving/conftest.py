"""The running servers that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance import mock
from tests.serving.running_server import RunningServer, running_server
from tests.sockets import served


@pytest.fixture(scope="package", params=["asyncio", "uvloop"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A server with all its listeners, once on each event loop."""
    with running_server(tmp_path_factory.mktemp("ca"), loop=request.param) as found:
        yield found


@pytest.fixture(scope="module", params=["h11", "httptools"])
def address(request: pytest.FixtureRequest) -> Iterator[tuple[str, int]]:
    """Host and port of a plain server, once with each parser of HTTP."""
    with served(mock().asgi, request.param) as found:
        yield found
