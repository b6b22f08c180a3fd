"""`mockocr diff --update-fixtures` in a copy of a checkout: recordings become its fixtures, and a
guess of a real table something observed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.asgi import Answer
from tests.conformance import CASES, VENDORS, Case, mock_for, send, signed_request
from tests.exchange import ROOT
from tests.vendor_recordings.replaying import keep

pytestmark = pytest.mark.slow

BUSY, GRANT, READ = (
    CASES[id] for id in ("google.images_annotate", "baidu.token", "tencent_cloud.general_basic")
)

OBSERVED = "observed: a recording of"


def run(checkout: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy: a fresh process, which cannot see the real checkout."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env={
            **os.environ,
            "PYTHONPATH": str(checkout),
            "PYTHONPYCACHEPREFIX": str(checkout / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def copy_of_checkout(folder: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("mockocr", "fixtures/images", "fixtures/goldens", "tests/literals"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for path in [ROOT / "pyproject.toml", *(ROOT / "tests").glob("*.py")]:
        shutil.copy2(path, folder / path.relative_to(ROOT))
    for namespace in ("google", "baidu", "tencent_cloud"):
        (folder / "fixtures" / namespace).mkdir()
    return folder


def refusal(case: Case, id: str) -> Answer:
    """The vendor answers as the entry says, with all the headers of the service."""
    request = signed_request(case)
    entry = next(entry for entry in case.service.errors if entry.id == id)
    assert entry.source.startswith("guess"), f"{id} was seen: the test needs another guess"
    rendered = case.service.add_headers(request, case.service.render_error(request, entry))
    return Answer(rendered.status, rendered.headers, rendered.body)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with three recordings: an error on demand, one that a request gets by itself, and a
    response with the vendor's own reading.
    """
    folder = copy_of_checkout(tmp_path_factory.mktemp("checkout"))
    recordings = folder / "recordings"
    keep(recordings, BUSY, signed_request(BUSY), refusal(BUSY, "unavailable"))
    wrong = signed_request(GRANT)
    target = wrong.target.replace("client_credentials", "password")
    wrong = wrong.replaced(target=target, query=target.partition("?")[2])
    wrong = wrong.with_body(wrong.body.replace(b"client_credentials", b"password"))
    keep(recordings, GRANT, wrong, refusal(GRANT, "unsupported_grant_type"))
    answer = send(mock_for(READ), signed_request(READ))
    value = answer.json
    value["Response"]["TextDetections"][0]["DetectedText"] = "as the vendor read it"
    keep(
        recordings,
        READ,
        signed_request(READ),
        Answer(200, answer.headers, json.dumps(value).encode()),
    )
    return folder


@pytest.fixture(scope="module")
def updated(checkout: Path) -> str:
    """What the command prints; it has exit code 0, because nothing drifts."""
    done = run(checkout, ["-m", "mockocr", "diff", "recordings", "--update-fixtures"])
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def sources(checkout: Path) -> dict[str, str]:
    program = (
        "import json; from mockocr.vendors import discover\n"
        "print(json.dumps({f'{v.name}/{s.name}/{e.id}': e.source"
        " for v in discover() for s in v.services for e in s.errors}))"
    )
    done = run(checkout, ["-c", program])
    assert done.returncode == 0, done.stderr
    loaded: dict[str, str] = json.loads(done.stdout)
    return loaded


def test_the_command_says_what_it_wrote(checkout: Path, updated: str) -> None:
    written = sorted(path.relative_to(checkout) for path in checkout.glob("fixtures/*/*.http"))
    assert [f"wrote {path}" in updated for path in written] == [True] * 3
    names = [path.name.partition("_observed_")[0].partition("-observed_")[0] for path in written]
    assert names == ["token-refused", "images_annotate-refused", "general_basic"]
    assert "google/vision/errors.py: unavailable is observed now" in updated
    assert "baidu/oauth/errors.py: unsupported_grant_type is observed now" in updated


def test_a_fresh_process_loads_the_new_sources_and_no_others(checkout: Path, updated: str) -> None:
    before = {
        f"{v.name}/{s.name}/{e.id}": e.source
        for v in VENDORS.values()
        for s in v.services
        for e in s.errors
    }
    after = sources(checkout)
    assert {name: after[name] for name in after if after[name] != before[name]} == {
        "google/vision/unavailable": f"{OBSERVED} google.images_annotate on 2026-01-02",
        "baidu/oauth/unsupported_grant_type": f"{OBSERVED} baidu.token on 2026-01-02",
    }
    assert after.keys() == before.keys()


def test_the_page_of_errors_shows_the_new_source(checkout: Path, updated: str) -> None:
    program = (
        "from mockocr.cli._errors_page import errors_page; from mockocr.vendors import discover\n"
        "print(errors_page(discover()))"
    )
    page = run(checkout, ["-c", program]).stdout.splitlines()
    (row,) = [line for line in page if line.endswith(f"| {OBSERVED} baidu.token on 2026-01-02 |")]
    assert "| `unsupported_grant_type` |" in row
    old = (ROOT / "docs" / "errors.md").read_text("utf-8").splitlines()
    assert len(set(page) - set(old)) == 2


def test_a_second_comparison_has_no_drift_and_changes_nothing(checkout: Path, updated: str) -> None:
    modules = {path: path.read_bytes() for path in checkout.glob("mockocr/vendors/**/*.py")}
    fixtures = {path: path.read_bytes() for path in checkout.glob("fixtures/*/*.http")}
    done = run(checkout, ["-m", "mockocr", "diff", "recordings", "--update-fixtures"])
    assert done.returncode == 0
    assert "3 recordings: 0 drifts, 2 notes" in done.stdout
    assert "observed now" not in done.stdout
    assert {path: path.read_bytes() for path in fixtures} == fixtures
    assert {path: path.read_bytes() for path in modules} == modules


def test_the_test_of_exchanges_passes_in_the_copy(checkout: Path, updated: str) -> None:
    program = (
        "from tests.conformance import EXCHANGES\n"
        "from tests.test_conformance import test_every_exchange_replays as check\n"
        "print([check(exchange) or exchange.name for exchange in EXCHANGES])"
    )
    done = run(checkout, ["-c", program])
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("observed_") == 3


def test_it_needs_a_checkout(tmp_path: Path) -> None:
    (tmp_path / "recordings").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "mockocr", "diff", "recordings", "--update-fixtures"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "mockocr: --update-fixtures needs a checkout of mockocr\n"
