"""The pytest plugin: `mockocr_server` for the session, `mockocr` with a fresh account per test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mockocr.testing.session import Session

__all__ = ["mockocr", "mockocr_server"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's settings to pytest's configuration file."""
    parser.addini("mockocr_url", "URL of a running server, instead of one per worker", default="")
    parser.addini("mockocr_engine", "recognition engine", default="auto")
    parser.addini("mockocr_golden", "folder of goldens, relative to pytest's rootdir", default="")
    parser.addini("mockocr_golden_mode", "auto | record | replay | off", default="auto")
    parser.addini(
        "mockocr_refusals",
        "ignore | fail: whether a test fails if the server refused a request without a fault",
        default="ignore",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Stop the run if a setting has a wrong value."""
    wanted = config.getini("mockocr_refusals")
    if wanted not in ("ignore", "fail"):
        raise pytest.UsageError(f"mockocr_refusals is ignore or fail, not {wanted!r}")
    config.addinivalue_line(
        "markers", "mockocr_refusals(how): ignore or fail, for this test instead of the setting"
    )


@pytest.fixture(scope="session")
def mockocr_server(pytestconfig: pytest.Config) -> Iterator[Session]:
    """One server on a free port for the session (with pytest-xdist, one per worker), or the one
    at `mockocr_url`.
    """
    url = pytestconfig.getini("mockocr_url")
    if url:
        from mockocr.testing.session import connect

        yield connect(url)
        return
    from mockocr.testing.running import running

    golden = pytestconfig.getini("mockocr_golden")
    with running(
        engine=pytestconfig.getini("mockocr_engine"),
        golden=str(pytestconfig.rootpath / golden) if golden else "",
        golden_mode=pytestconfig.getini("mockocr_golden_mode"),
    ) as server:
        yield server


@pytest.fixture
def mockocr(mockocr_server: Session, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A fresh account. Its faults, quotas, answers and clock are removed after the test."""
    session = mockocr_server.account_of_its_own()
    check = _refusals(request) == "fail"
    # on a shared server a request without an account may come from others
    own_server = not request.config.getini("mockocr_url")
    try:
        before = _ids(session) if check and own_server else set()
        yield session
        if check:
            unauthenticated = session.unauthenticated() if own_server else []
            new = [row for row in unauthenticated if row["id"] not in before]
            errors = [
                f"{row['vendor']}.{row['operation']}: {row['why']}"
                for row in session.unexpected(new)
            ]
            if errors:
                pytest.fail("unexpected refusals: " + "; ".join(errors), pytrace=False)
    finally:
        session.close()


def _ids(session: Session) -> set[str]:
    return {row["id"] for row in session.unauthenticated()}


def _refusals(request: pytest.FixtureRequest) -> str:
    """The test's own mark, else the setting."""
    mark = request.node.get_closest_marker("mockocr_refusals")
    return str(mark.args[0] if mark and mark.args else request.config.getini("mockocr_refusals"))
