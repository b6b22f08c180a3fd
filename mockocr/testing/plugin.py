"""The pytest plugin: `mockocr_server` for the session, `mockocr` with a fresh account per test."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mockocr.control.documents.reports import RequestSummary
    from mockocr.testing.session import Session

__all__ = ["UnusedRuleWarning", "mockocr", "mockocr_server"]


class UnusedRuleWarning(UserWarning):
    """No request of the test met a fault or a scripted answer that the test made."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """A setting of pytest's configuration file; `--mockocr-…` on the command line overrides it."""

    name: str
    help: str
    default: str = ""
    values: tuple[str, ...] = ()


_SETTINGS = (
    _Setting("mockocr_url", "URL of a running server, instead of one per worker"),
    _Setting("mockocr_engine", "recognition engine", "auto"),
    _Setting("mockocr_golden", "folder of goldens, relative to pytest's rootdir"),
    _Setting(
        "mockocr_golden_mode",
        "how goldens are used",
        "auto",
        ("auto", "record", "replay", "off"),
    ),
    _Setting("mockocr_replay", "folder of recordings to replay, relative to pytest's rootdir"),
    _Setting(
        "mockocr_replay_miss",
        "what becomes of a request without a recording",
        "read",
        ("read", "refuse"),
    ),
    _Setting(
        "mockocr_refusals",
        "whether a test fails if the server refused a request without a fault",
        "ignore",
        ("ignore", "fail"),
    ),
    _Setting(
        "mockocr_unused",
        "what happens if a test leaves a fault or a scripted answer unused",
        "warn",
        ("warn", "fail", "ignore"),
    ),
)
_MARKS = ("mockocr_refusals", "mockocr_unused")
"""Settings that a mark of the same name replaces for one test."""
_failed = pytest.StashKey[bool]()
_unauthenticated = pytest.StashKey[set[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the plugin's settings to pytest's configuration file and command line."""
    group = parser.getgroup("mockocr")
    for setting in _SETTINGS:
        shown = f"{setting.help}: {' | '.join(setting.values)}" if setting.values else setting.help
        parser.addini(setting.name, shown, default=setting.default)
        flag = "--" + setting.name.replace("_", "-")
        group.addoption(flag, dest=setting.name, default=None, help=shown)


def pytest_configure(config: pytest.Config) -> None:
    """Stop the run if a setting has a wrong value."""
    for setting in _SETTINGS:
        given = _value(config, setting.name)
        if setting.values and given not in setting.values:
            allowed = _alternatives(setting.values)
            raise pytest.UsageError(f"{setting.name} is {allowed}, not {given!r}")
        if setting.name in _MARKS:
            what = f"{_alternatives(setting.values)}, for this test instead of the setting"
            config.addinivalue_line("markers", f"{setting.name}(how): {what}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the server refused, and why, in the report of a test that failed."""
    report = yield
    session = getattr(item, "funcargs", {}).get("mockocr")
    if call.when == "call" and report.failed and session is not None:
        item.stash[_failed] = True
        refused = [*session.refusals(), *_new_unauthenticated(item, session)]
        if refused:
            lines = "\n".join(map(_line, refused))
            report.sections.append(("requests that mockocr refused", lines))
    return report


@pytest.fixture(scope="session")
def mockocr_server(pytestconfig: pytest.Config) -> Iterator[Session]:
    """One server on a free port for the session (with pytest-xdist, one per worker), or the one
    at `mockocr_url`.
    """
    url = _value(pytestconfig, "mockocr_url")
    if url:
        from mockocr.testing.session import connect

        yield connect(url)
        return
    from mockocr.testing.running import running

    golden = _value(pytestconfig, "mockocr_golden")
    replay = _value(pytestconfig, "mockocr_replay")
    with running(
        engine=_value(pytestconfig, "mockocr_engine"),
        golden=str(pytestconfig.rootpath / golden) if golden else "",
        golden_mode=_value(pytestconfig, "mockocr_golden_mode"),
        replay=str(pytestconfig.rootpath / replay) if replay else "",
        replay_miss=_value(pytestconfig, "mockocr_replay_miss"),
    ) as server:
        yield server


@pytest.fixture
def mockocr(mockocr_server: Session, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A fresh account. Its faults, quotas, answers and clock are removed after the test."""
    refusals, unused = (_of_test(request, name) for name in _MARKS)
    session = mockocr_server.account_of_its_own()
    try:
        # on a shared server a request without an account may come from others
        if not _value(request.config, "mockocr_url"):
            before = {row["id"] for row in session.unauthenticated()}
            request.node.stash[_unauthenticated] = before
        yield session
        if request.node.stash.get(_failed, False):
            return  # the report of the failed test has all of it
        errors = []
        if refusals == "fail":
            rows = session.unexpected(_new_unauthenticated(request.node, session))
            errors += [f"unexpected refusal: {_line(row)}" for row in rows]
        left = session.unused() if unused != "ignore" else []
        if unused == "fail":
            errors += left
        if errors:
            pytest.fail("\n".join(errors), pytrace=False)
        for sentence in left:
            warnings.warn(sentence, UnusedRuleWarning, stacklevel=1)
    finally:
        session.close()


def _new_unauthenticated(item: pytest.Item, session: Session) -> list[RequestSummary]:
    """Refused requests of no account that came since the test began; none on a shared server."""
    before = item.stash.get(_unauthenticated, None)
    if before is None:
        return []
    return [row for row in session.unauthenticated() if row["id"] not in before]


def _line(row: RequestSummary) -> str:
    name = f"{row['vendor']}.{row['operation']}" if row["operation"] else row["target"]
    code = f" {row['code']}" if row["code"] else ""
    return f"{name}: {row['why']} (answered {row['status']}{code})"


def _value(config: pytest.Config, name: str) -> str:
    """The option of the command line, else the setting of the configuration file."""
    option = config.getoption(name)
    return str(config.getini(name) if option is None else option)


def _of_test(request: pytest.FixtureRequest, name: str) -> str:
    """The test's own mark, else the setting. A mark with a wrong value fails the test."""
    mark = request.node.get_closest_marker(name)
    if mark is None:
        return _value(request.config, name)
    (values,) = (setting.values for setting in _SETTINGS if setting.name == name)
    if len(mark.args) != 1 or mark.kwargs or mark.args[0] not in values:
        given = ", ".join(map(repr, mark.args)) or "empty"
        allowed = _alternatives(values)
        pytest.fail(f"the mark {name} takes {allowed}, not {given}", pytrace=False)
    return str(mark.args[0])


def _alternatives(values: Sequence[str]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"
