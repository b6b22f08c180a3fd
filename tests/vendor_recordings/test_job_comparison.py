"""This server does the jobs of recordings, and its starts and results are compared and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockocr.recordings.jobs import named_in
from tests.conformance import EXCHANGES, case_of, send, signed
from tests.exchange import Exchange, read
from tests.exchange_server import server_of
from tests.vendor_recordings.comparing import differences, fixtures, problem
from tests.vendor_recordings.job_recording import (
    PAIRS,
    Pair,
    record_two_jobs,
)
from tests.vendor_recordings.replaying import keep

pytestmark = pytest.mark.slow

every_pair = pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)


@every_pair
def test_our_own_job_is_compared_with_the_vendors(pair: Pair, tmp_path: Path) -> None:
    record_two_jobs(tmp_path, pair)
    found = differences(tmp_path / "recordings")
    assert [(each.skipped, each.drift) for each in found] == [("", [])] * 6


def test_a_difference_in_the_result_of_a_job_is_drift(tmp_path: Path) -> None:
    record_two_jobs(tmp_path, PAIRS["read"])
    changed = 0
    for path in (tmp_path / "recordings" / "azure").glob("read_result-*.http"):
        text = path.read_text("utf-8")
        if '"succeeded"' in text:
            path.write_text(text.replace('"version"', '"release"'), "utf-8")
            changed += 1
    assert changed == 2
    drifts = [each.drift for each in differences(tmp_path / "recordings") if each.drift]
    assert [[str(finding) for finding in found] for found in drifts] == [
        [
            "drift: $.analyzeResult.release: the vendor sends this key, we do not",
            "drift: $.analyzeResult.version: we send this key, the vendor does not",
        ]
    ] * 2


@pytest.mark.parametrize("name", ["read", "documents"])
def test_start_and_results_become_fixtures_that_hold(name: str, tmp_path: Path) -> None:
    record_two_jobs(tmp_path, PAIRS[name])
    written = fixtures(tmp_path / "recordings", tmp_path / "out")
    assert [problem(tmp_path / "out" / each) for each in written] == [""] * 6, written
    results = [read(tmp_path / "out" / each) for each in written if "result-observed" in each]
    assert sorted((each.reads, each.options.get("async_delay", "")) for each in results) == [
        ("hello", "60"),
        ("hello", "60"),
        ("response", ""),
        ("response", ""),
    ]
    assert {each.after for each in results} == {
        Path(each).stem for each in written if "result-observed" not in each
    }


def test_a_job_of_an_object_becomes_no_fixture(tmp_path: Path) -> None:
    record_two_jobs(tmp_path, PAIRS["aws"])
    why = "its picture is in object storage"
    said = fixtures(tmp_path / "recordings", tmp_path / "out")
    assert sorted(set(said)) == [
        f"no fixture: {why}",
        f"no fixture: the start of its job has none: {why}",
    ]


OF_JOBS = [
    exchange
    for exchange in EXCHANGES
    if exchange.after
    and exchange.status < 300
    and b"MaxResults" not in exchange.body
    # whose sample has no object storage to write to, though the comparison has
    and exchange.namespace != "google"
    and named_in(case_of(exchange).service, case_of(exchange).operation, signed(exchange))
]


@pytest.mark.parametrize("exchange", OF_JOBS, ids=lambda exchange: exchange.name)
def test_our_own_job_has_no_drift(exchange: Exchange, tmp_path: Path) -> None:
    earlier = read(exchange.path.with_name(f"{exchange.after}.http"))
    to = server_of(earlier)
    started = send(to, signed(earlier))
    start = keep(tmp_path, case_of(earlier), signed(earlier), started)
    answer = send(server_of(exchange), signed(exchange))
    assert answer.status == exchange.status
    keep(tmp_path, case_of(exchange), signed(exchange), answer, after=Path(start).stem)
    found = differences(tmp_path)
    assert [(each.skipped, each.drift) for each in found] == [("", [])] * 2
