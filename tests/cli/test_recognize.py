"""`mockocr recognize`: folders, documents, and drawings in the format of their name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

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


def a_pdf(path: Path, count: int) -> Path:
    drawing = Canvas(str(path), pagesize=(200, 100))
    for number in range(count):
        drawing.drawString(20, 40, f"page {number}")
        drawing.showPage()
    drawing.save()
    return path


@pytest.mark.slow
def test_each_page_of_a_document_is_read(tmp_path: Path) -> None:
    pdf = a_pdf(tmp_path / "a.pdf", 2)
    first = HELLO.lines[0].text
    lines = recognize(pdf).output.splitlines()
    assert [line for line in lines if line.endswith(":")] == ["page 1:", "page 2:"]
    assert lines.count(first) == 2
    shown = json.loads(recognize(pdf, "--json").output)
    assert [(page["image"], page["page"]) for page in shown] == [(str(pdf), 1), (str(pdf), 2)]
    with Image.open(PICTURE) as picture:
        picture.save(tmp_path / "b.tiff", save_all=True, append_images=[picture.copy()])
    headings = [line for line in recognize(tmp_path).output.splitlines() if line.endswith(":")]
    assert headings == [
        f"{tmp_path}/{name}, page {n}:" for name in ("a.pdf", "b.tiff") for n in (1, 2)
    ]


@pytest.mark.slow
def test_a_picture_has_no_page_and_a_document_of_one_page_no_heading(tmp_path: Path) -> None:
    (shown,) = json.loads(recognize(PICTURE, "--json").output)
    assert list(shown)[:2] == ["image", "size"]
    pdf = a_pdf(tmp_path / "a.pdf", 1)
    assert recognize(pdf).output.splitlines() == [line.text for line in HELLO.lines]
    assert recognize(pdf, "--draw", tmp_path / "a.png").exit_code == 0


def test_pages_are_not_drawn_over_one_another(tmp_path: Path) -> None:
    done = recognize(a_pdf(tmp_path / "a.pdf", 2), "--draw", tmp_path / "a.png")
    assert done.exit_code == 1
    assert "--draw takes one picture, not 2 pages" in done.output
    assert not (tmp_path / "a.png").exists()
