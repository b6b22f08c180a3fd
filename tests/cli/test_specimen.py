"""`mockocr specimen` draws a document and writes its truth."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from mockocr.cli.specimen import command
from mockocr.samples.specimens import specimen


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_it_writes_the_picture_and_its_truth(tmp_path: Path) -> None:
    picture, truth = tmp_path / "id.png", tmp_path / "id.json"
    result = run("id_card_front", "--seed", "7", "--out", str(picture), "--truth", str(truth))
    assert result.exit_code == 0, result.output
    assert picture.read_bytes() == specimen("id_card_front", 7).image
    written = json.loads(truth.read_text(encoding="utf-8"))
    assert written["fields"]["birth"] == specimen("id_card_front", 7).fields["birth"]
    assert written["lines"][0]["text"] == "姓名"


@pytest.mark.parametrize(("name", "format"), [("id.png", "PNG"), ("id.jpg", "JPEG")])
@pytest.mark.slow
def test_the_ending_of_the_name_chooses_the_format(tmp_path: Path, name: str, format: str) -> None:
    for options in ([], ["--photo"], ["--scan"]):
        assert run("id_card_front", "--out", str(tmp_path / name), *options).exit_code == 0
        assert Image.open(BytesIO((tmp_path / name).read_bytes())).format == format


def test_it_lists_the_kinds() -> None:
    assert run("--list").output.split()[0] == "id_card_front"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "give a KIND and --out FILE, or --list"),
        (("id_card_front", "--out", "x.pdf"), "must end in .png or .jpg"),
        (("visa", "--out", "x.png"), "there is no specimen of 'visa'"),
        (("id_card_front", "--out", "x.jpg", "--photo", "--scan"), "not both"),
        (("id_card_front", "--out", "/nowhere/x.png"), "/nowhere/x.png: No such file"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments: tuple[str, ...], sentence: str) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert sentence in result.output
