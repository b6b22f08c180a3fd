"""How the suite itself runs: what its collection makes is never searched for garbage, and workers
report only what says something.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator

import pytest
from _pytest.runner import runtestprotocol


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep thousands of tests and modules, which live until the end, out of garbage collection."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(optionalhook=True)  # unknown without xdist
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than cores for the quick tests, which wait for sockets and processes in between."""
    quick: bool = config.option.markexpr == "not slow"
    return (os.cpu_count() or 1) + quick


if "PYTEST_XDIST_WORKER" in os.environ:

    def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Do not report a set-up or an end that went well: each report is a message to the main
        process, and these messages take a third of the time of a short test.
        """
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        for report in runtestprotocol(item, nextitem=nextitem, log=False):
            if report.when == "call" or not report.passed:
                item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True
