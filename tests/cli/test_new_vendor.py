"""`mockocr new-vendor` makes a vendor that runs and passes the conformance suite as it is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mockocr import samples

ROOT = Path(__file__).parents[2]
NAME = "acme_ocr"
SUITE = ("tests/test_conformance.py", "tests/test_decoded_once.py")
ARCHITECTURE = ("tests/test_architecture.py", "-k", f"{NAME} or vendor or service")
OWN = (f"mockocr/vendors/{NAME}/", f"fixtures/{NAME}/")


def python(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in that checkout, without settings from the environment."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MOCKOCR_", "PYTEST_"))}
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
    for exchange in (copy / "fixtures").glob("*/*.http"):
        exchange.unlink()
    before = contents(copy)
    done = python(copy, "-m", "mockocr", "new-vendor", NAME, "--title", "Acme OCR")
    assert done.returncode == 0, done.stderr
    after = contents(copy)
    assert {path: after[path] for path in before} == before, "a file outside the vendor changed"
    assert all(path.startswith(OWN) for path in after.keys() - before.keys())
    return copy


@pytest.fixture
def changed(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the checkout to take something away from."""
    shutil.copytree(checkout, tmp_path / "checkout", symlinks=True)
    return tmp_path / "checkout"


def test_a_new_vendor_passes_the_conformance_suite(checkout: Path) -> None:
    for arguments in (SUITE, ARCHITECTURE):
        done = suite(checkout, *arguments)
        assert done.returncode == 0, done.stdout[-3000:]
    assert f"{NAME}.read" in suite(checkout, "--collect-only", SUITE[0]).stdout


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


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        (f"mockocr/vendors/{NAME}/api/schemas/read.json", "schemas/read.json"),
        (f"fixtures/{NAME}/read.http", f"{NAME}.read has no signed exchange that succeeds"),
        (f"fixtures/{NAME}/read-documented_request.http", "no exchange with credentials from"),
        (f"fixtures/{NAME}/errors.json", f"fixtures/{NAME}/errors.json has no literal"),
        (f"fixtures/{NAME}/garbage.json", "garbage.json has no literal"),
    ],
)
def test_the_suite_names_a_missing_file(changed: Path, missing: str, named: str) -> None:
    (changed / missing).unlink()
    done = suite(changed, SUITE[0])
    assert done.returncode == 1
    assert named in done.stdout


def test_the_suite_names_a_missing_example(changed: Path) -> None:
    file = changed / f"mockocr/vendors/{NAME}/api/examples.py"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("EXAMPLES =")] + "EXAMPLES = ()\n", "utf-8")
    done = suite(changed, SUITE[0], "-k", "request_example")
    assert done.returncode == 1
    assert "examples.py of the service has none" in done.stdout


def test_the_suite_names_a_missing_error_kind(changed: Path) -> None:
    file = changed / f"mockocr/vendors/{NAME}/api/errors.py"
    text = file.read_text("utf-8")
    file.write_text(text.replace("ErrorKind.ENGINE_FAILED, ", ""), "utf-8")
    done = suite(changed, SUITE[0], "-k", "every_error_kind")
    assert done.returncode == 1
    assert "the error table has no entry for engine_failed" in done.stdout


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
