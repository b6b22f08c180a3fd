"""The benchmarks print their page and say which tool is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from benchmarks import load, measures, servers
from mockocr import samples

ROOT = Path(__file__).parent.parent
needs_wrk = pytest.mark.skipif(
    shutil.which("wrk") is None, reason="the load tool wrk is not installed"
)


def test_without_wrk_it_says_what_to_type() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PATH": "/nowhere"},
    )
    assert done.returncode == 1
    assert done.stderr == (
        "scripts/bench: the load tool wrk is not installed; type: apt-get install wrk\n"
    )


def test_the_page_has_every_part_and_no_host_name() -> None:
    page = (ROOT / "docs/benchmarks.md").read_text("utf-8")
    for title in ("The server", "The journal", "The engines alone", "From 0.1 to 20 megapixels"):
        assert f"## {title}\n" in page
    assert re.search(r"The machine: \d+ cores \(.*\), \d+ GB of memory, Debian [\d.]+", page)
    assert os.uname().nodename not in page
    assert re.search(r"\| cold: .*\| ≥ 0.90 \|", page)
    assert re.search(r"\| cached: .*\| ≥ 0.50 \|", page)


@needs_wrk
@pytest.mark.slow
def test_both_servers_answer_under_load() -> None:
    data = samples.find("hello.png").data
    with (
        servers.bare_server() as bare,
        servers.mockocr_server("--engine", "scripted", "--log", "json") as ours,
    ):
        found = load.run(bare.url, [load.multipart(bare.url, data)], connections=2, seconds=1)
        assert found.rate > 10
        assert found.failed == 0
        assert 20 < ours.megabytes() < 200
        call = load.multipart(ours.url, data).replaced(headers=())
        error = load.run(ours.url, [call], connections=2, seconds=1)
        assert error.failed > 10


def test_the_page_picture_has_the_stated_size() -> None:
    assert 150_000 < len(measures.page()) < 500_000
    assert measures.page() == measures.page()


def test_the_scan_picture_has_the_stated_size() -> None:
    assert 190_000 < len(measures.scan()) < 210_000


@needs_wrk
@pytest.mark.slow
def test_every_request_that_fills_the_journal_is_different() -> None:
    with servers.mockocr_server("--engine", "scripted") as server:
        call = load.multipart(server.url, measures.scan() + load.PLACEHOLDER)
        found = load.run(server.url, [call], connections=2, seconds=1, first=7)
        assert found.failed == 0
        with urllib.request.urlopen(f"{server.url}/_mockocr/requests?limit=9") as answer:
            rows = json.load(answer)["requests"]
        bodies = set()
        for row in rows:
            with urllib.request.urlopen(f"{server.url}/_mockocr/requests/{row['id']}") as answer:
                bodies.add(json.load(answer)["body"]["sha256"])
        assert len(bodies) == len(rows) == 9
        assert found.calls >= 9


@needs_wrk
@pytest.mark.slow
def test_the_servers_memory_is_measured_until_enough_requests_were_sent() -> None:
    measured = measures.fill_journal(100, 1, "--engine", "scripted", "--journal-mb", "1")
    assert measured[-1][0] >= 100 > (measured[-2][0] if len(measured) > 1 else 0)
    assert all(20 < megabytes < 300 for _, megabytes in measured)


def test_the_ratio_to_zero_is_zero() -> None:
    assert measures.Comparison(10.0, 20.0).ratio == 0.5
    assert measures.Comparison(10.0, 0.0).ratio == 0.0


def test_the_median_round_is_chosen() -> None:
    rounds = [
        measures.Comparison(9.0, 10.0),
        measures.Comparison(1.0, 10.0),
        measures.Comparison(5.0, 10.0),
    ]
    assert measures.median(rounds) == rounds[2]
