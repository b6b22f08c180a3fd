"""`mockocr picture` draws lines, the same every time, and prints where the text is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from mockocr.cli.picture import command


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(command, arguments)
    return done.exit_code, done.output


def test_lines_are_drawn_and_their_corners_printed(tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    code, text = run("发票 7", "合计", "-o", str(out), "--pixels", "20", "--angle", "90", "--truth")
    assert code == 0, text
    truth = json.loads(text)
    assert [line["text"] for line in truth["lines"]] == ["发票 7", "合计"]
    assert truth["angle"] == 90
    (x0, y0), (x1, y1), *_ = truth["lines"][0]["corners"]
    assert y1 > y0 + 30
    assert x0 == pytest.approx(x1)
    with Image.open(out) as picture:
        assert list(picture.size) == truth["size"]
        assert picture.format == "PNG"


def test_a_degraded_picture_is_the_same_twice(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jpg", tmp_path / "b.jpg"
    for out in (first, second):
        code, text = run("文字", "-o", str(out), "--blur", "1", "--grain", "9", "--quality", "70")
        assert code == 0, text
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give the lines"),
        (("文字",), "give the lines"),
        (("文字", "-o", "x.png", "--ink", "nocolour"), "nocolour"),
        (("文字", "-o", "/nowhere/x.png"), "/nowhere/x.png"),
        (("文字", "-o", "x.nothing"), "png"),
    ],
)
def test_a_wrong_argument_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    code, text = run(*arguments)
    assert code != 0
    assert message in text
    assert "Traceback" not in text
