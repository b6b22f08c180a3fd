"""What is in the wheel: it works without the checkout, and its page has no dead links."""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
import zipfile
from email.message import Message
from pathlib import Path

import pytest

from mockocr import __version__, samples
from mockocr.samples import scenarios

ROOT = Path(__file__).parent.parent

_TRY = """
import sys
sys.path.insert(0, sys.argv[1])
import json, mockocr
from mockocr import samples
from mockocr.samples import scenarios
from mockocr.testing.running import running
with running(engine="scripted") as mock:
    mock.scenario("quota-runs-out")
    quota = mock.bill()
print(json.dumps([mockocr.__file__, len(samples.names()), list(scenarios.names())]))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name))


@pytest.mark.slow
def test_the_wheel_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    command = [sys.executable, "-P", "-c", _TRY, str(tmp_path / "installed")]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    file, pictures, found = json.loads(done.stdout)
    assert Path(file).is_relative_to(tmp_path / "installed")
    assert pictures == len(samples.names())
    assert (
        found
        == list(scenarios.names())
        == sorted(path.stem for path in (ROOT / "fixtures" / "scenarios").glob("*.toml"))
    )


@pytest.mark.slow
def test_the_page_of_the_package_has_absolute_links_to_files_that_exist(metadata: Message) -> None:
    page = str(metadata.get_payload(decode=True), "utf-8")  # type: ignore[arg-type]  # bytes
    targets = re.findall(r"\]\(([^)\s]+)\)", page)
    assert len(targets) > 20
    home = "https://github.com/mockocr/mockocr/blob/main/"
    for target in targets:
        assert target.startswith(("https://", "http://localhost", "#")), target
        if target.startswith(home):
            path = target.removeprefix(home).partition("#")[0]
            assert (ROOT / path).exists(), target
    pictures = re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", page)
    raw = "https://github.com/mockocr/mockocr/raw/main/"
    assert pictures
    for target in pictures:  # a page of a file shows no picture elsewhere
        assert (ROOT / target.removeprefix(raw)).is_file(), target


@pytest.mark.slow
def test_the_metadata_names_the_project(metadata: Message) -> None:
    assert metadata["Name"] == "mockocr"
    assert metadata["Version"] == __version__
    labels = {line.partition(", ")[0] for line in metadata.get_all("Project-URL", [])}
    assert labels == {"Homepage", "Documentation", "Source", "Issues", "Changelog"}
    assert "Framework :: Pytest" in metadata.get_all("Classifier", [])
    extras = set(metadata.get_all("Provides-Extra", []))
    assert extras >= {"full", "fast", "models", "redis", "grpc", "pdf", "tls", "testcontainers"}


def test_the_base_install_is_small(metadata: Message) -> None:
    needed = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    names = {re.split(r"[<>=!~; ]", line)[0].lower() for line in needed}
    assert names == {
        *("starlette", "uvicorn", "uvloop", "httptools", "python-multipart", "pytesseract"),
        *("pillow", "click", "platformdirs", "httpx2", "prometheus-client", "msgspec"),
    }
