"""`mockocr recognize`: folders, and drawings in the format of their name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from mockocr import samples
from mockocr.cli import main
from mockocr.recognition import engines
from tests.recognitions import HELLO, Reader

PICTURE = samples.folder() / "hello.png"


class Closable(Reader):
    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def _scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine reads the same in every picture."""
    monkeypatch.setattr(engines, "choose", lambda name: Closable(HELLO))


def recognize(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["recognize", *map(str, arguments)])


@pytest.mark.parametrize(
    ("name", "format"), [("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.webp", "WEBP"), ("a.tif", "TIFF")]
)
def test_a_drawing_has_the_format_of_its_name(tmp_path: Path, name: str, format: str) -> None:
    done = recognize(PICTURE, "--draw", tmp_path / name)
    assert done.exit_code == 0, done.output
    with Image.open(tmp_path / name) as drawn:
        assert drawn.format == format


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("nowhere/a.png", "--draw: there is no folder "),
        ("a.txt", "--draw: no picture format has the suffix '.txt'"),
        ("a", "--draw: no picture format has the suffix ''"),
    ],
)
def test_a_drawing_that_cannot_be_written_is_refused_first(
    tmp_path: Path, name: str, part: str
) -> None:
    done = recognize(PICTURE, "--draw", tmp_path / name)
    assert done.exit_code == 2
    assert part in done.output
    assert HELLO.lines[0].text not in done.output


def test_a_drawing_over_a_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    done = recognize(PICTURE, "--draw", tmp_path / "a.png")
    assert done.exit_code == 1
    assert done.output.splitlines()[-1].startswith("Error: --draw: ")


def test_the_pictures_of_a_folder_are_read(tmp_path: Path) -> None:
    for name in ("b.png", "a.png"):
        shutil.copy(PICTURE, tmp_path / name)
    (tmp_path / "notes.txt").write_text("no picture")
    done = recognize(tmp_path)
    assert done.exit_code == 0, done.output
    named = [line for line in done.output.splitlines() if line.endswith(".png:")]
    assert named == [f"{tmp_path}/a.png:", f"{tmp_path}/b.png:"]
    assert recognize(tmp_path, "--draw", tmp_path / "c.png").exit_code == 2
