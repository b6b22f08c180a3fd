"""The pytest plugin: `mockocr_server` for the session, `mockocr` with a fresh account per test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mockocr.testing.session import Session


def pytest_addoption(parser: pytest.Parser) -> None:
    """The plugin's settings in pytest's own file."""
    parser.addini(
        "mockocr_url", "a server that runs already, instead of one per worker", default=""
    )
    parser.addini("mockocr_engine", "what reads the pictures", default="auto")
    parser.addini("mockocr_golden", "folder of goldens, from the root of the tests", default="")
    parser.addini("mockocr_golden_mode", "auto | record | replay | off", default="auto")
    parser.addini(
        "mockocr_refusals",
        "ignore | fail: whether a test fails when the mock refused a request and no fault asked",
        default="ignore",
    )


def pytest_configure(config: pytest.Config) -> None:
    """A misspelt setting stops the run instead of checking nothing."""
    wanted = config.getini("mockocr_refusals")
    if wanted not in ("ignore", "fail"):
        raise pytest.UsageError(f"mockocr_refusals is ignore or fail, not {wanted!r}")
    config.addinivalue_line(
        "markers", "mockocr_refusals(how): ignore or fail, for this test instead of the setting"
    )


@pytest.fixture(scope="session")
def mockocr_server(pytestconfig: pytest.Config) -> Iterator[Session]:
    """One server on a free port for the session (under pytest-xdist, one per worker), or the one
    that `mockocr_url` names.
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
    """A fresh account: its faults, quotas, answers and clock end with the test."""
    session = mockocr_server.account_of_its_own()
    checked = _how(request) == "fail"
    # on a server that others ask as well, a request without an account may be theirs
    alone = not request.config.getini("mockocr_url")
    try:
        before = {row["id"] for row in session.strangers()} if checked and alone else set()
        yield session
        if checked:
            strangers = session.strangers() if alone else []
            new = [row for row in strangers if row["id"] not in before]
            error = [
                f"{row['vendor']}.{row['operation']}: {row['why']}"
                for row in session.unexpected(new)
            ]
            if error:
                pytest.fail("unexpected refusals: " + "; ".join(error), pytrace=False)
    finally:
        session.close()


def _how(request: pytest.FixtureRequest) -> str:
    """The test's own mark, else the setting."""
    mark = request.node.get_closest_marker("mockocr_refusals")
    return str(mark.args[0] if mark and mark.args else request.config.getini("mockocr_refusals"))
