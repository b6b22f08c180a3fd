"""`mockocr new-vendor` makes a vendor that runs and passes the conformance suite as it is."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from mockocr import samples

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAME = "acme_ocr"
SUITE = ("tests/test_conformance.py", "tests/test_decoded_once.py", "tests/test_architecture.py")
OWN = (f"mockocr/vendors/{NAME}/", f"fixtures/{NAME}/")


def python(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in that checkout, without settings from the environment."""
    left_out = ("MOCKOCR_", "PYTEST_", "PYTHONPYCACHEPREFIX")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=checkout,
        env={**kept, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def suite(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


def contents(checkout: Path) -> dict[str, str]:
    """The digest of every file."""
    return {
        str(path.relative_to(checkout)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in checkout.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def copy_bytecode(copy: Path) -> None:
    """Copy the bytecode of this checkout's modules: compiling them again takes seconds."""
    for folder in {path.parent for path in copy.rglob("*.py")}:
        ours = ROOT / folder.relative_to(copy) / "any.py"
        compiled = Path(cache_from_source(str(ours))).parent
        if compiled.is_dir():
            shutil.copytree(
                compiled,
                folder / "__pycache__",
                ignore=lambda at, names: {n for n in names if not n.endswith(".pyc")},
            )


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout with the new vendor as its only one."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in ("mockocr", "tests", "fixtures", "docs"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for vendor in (copy / "mockocr/vendors").iterdir():
        if vendor.is_dir():
            shutil.rmtree(vendor)
    copy_bytecode(copy)
    for exchange in (copy / "fixtures").glob("*/*.http"):
        exchange.unlink()
    before = contents(copy)
    done = python(copy, "-m", "mockocr", "new-vendor", NAME, "--title", "Acme OCR")
    assert done.returncode == 0, done.stderr
    after = contents(copy)
    assert {path: after[path] for path in before} == before, "a file outside the vendor changed"
    assert all(path.startswith(OWN) for path in after.keys() - before.keys())
    return copy


def test_a_new_vendor_passes_the_conformance_suite(checkout: Path) -> None:
    done = suite(checkout, *SUITE, "-vv", "-k", f"{NAME} or vendor or service")
    assert done.returncode == 0, done.stdout[-3000:]
    for test in ("test_every_exchange_replays", "test_every_operation_has_a_request_example"):
        assert f"{SUITE[0]}::{test}[{NAME}" in done.stdout


def test_a_new_vendor_reads_a_picture(checkout: Path) -> None:
    picture = str(samples.folder() / "hello.png")
    program = f"""
import json
from mockocr import running
from mockocr.client import sender
from mockocr.core.request_example import SampleImage
vendor, service, _ = sender.find("{NAME}.read")
image = SampleImage(open({picture!r}, "rb").read(), "hello.png")
with running(engine="scripted") as mock:
    mock.{NAME}.read.answers(["one", "two"])
    request = sender.prepare(
        mock.url, vendor, service, service.examples[0], image, vendor.credentials
    )
    print(json.dumps(sender.send(mock.url, request).json()["lines"]))
"""
    done = python(checkout, "-c", program)
    assert done.returncode == 0, done.stderr
    assert [line["text"] for line in json.loads(done.stdout)] == ["one", "two"]


def test_the_suite_names_what_is_missing(checkout: Path, tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    shutil.copytree(checkout, copy)
    vendor, fixtures = copy / "mockocr/vendors" / NAME / "api", copy / "fixtures" / NAME
    replace_text(vendor / "examples.py", r"EXAMPLES = .*", "EXAMPLES = ()")
    replace_text(vendor / "errors.py", r"ErrorKind\.ENGINE_FAILED, ", "")
    (vendor / "schemas/read.json").unlink()
    for name in ("read-documented_request.http", "errors.json", "garbage.json"):
        (fixtures / name).unlink()
    named = {
        "test_every_operation_has_a_request_example": "examples.py of the service has none",
        "test_every_error_kind_has_an_entry": "the error table has no entry for engine_failed",
        "test_the_response_has_the_documented_shape": "schemas/read.json",
        "test_a_signature_that_we_did_not_make_is_accepted": "no exchange with credentials from",
        "test_an_unknown_path_gets": f"fixtures/{NAME}/errors.json has no literal responses",
        "test_garbage_gets": "garbage.json has no literal answers",
    }
    done = suite(copy, SUITE[0], "-k", " or ".join(named))
    assert done.returncode == 1
    for test, sentence in named.items():
        assert sentence in done.stdout, test
        assert f"FAILED {SUITE[0]}::{test}" in done.stdout
    (fixtures / "read.http").unlink()
    done = suite(copy, SUITE[0], "-k", "has_an_exchange_that_succeeds")
    assert f"{NAME}.read has no signed exchange that succeeds" in done.stdout


def replace_text(file: Path, pattern: str, replacement: str) -> None:
    """Replace the one match of the pattern in the file."""
    text, count = re.subn(pattern, replacement, file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Acme", "'Acme' is not a name"),
        ("class", "'class' is not a name"),
        ("../acme", "'../acme' is not a name"),
        (NAME, f"there is already a vendor '{NAME}'"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(checkout: Path, name: str, message: str) -> None:
    before = contents(checkout)
    done = python(checkout, "-m", "mockocr", "new-vendor", name)
    assert done.returncode == 2
    assert message in done.stderr
    assert contents(checkout) == before


def test_a_folder_that_is_not_a_checkout_is_refused(tmp_path: Path) -> None:
    done = python(ROOT, "-m", "mockocr", "new-vendor", NAME, "--checkout", str(tmp_path))
    assert done.returncode == 2
    assert "is not a checkout of mockocr" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_templates_have_the_style_of_the_project(checkout: Path) -> None:
    folder = str(checkout / "mockocr/vendors")
    for check in (("check",), ("format", "--check")):
        done = python(checkout, "-m", "ruff", *check, folder)
        if "No module named ruff" in done.stderr:
            pytest.skip("ruff is not installed here")
        assert done.returncode == 0, done.stdout
