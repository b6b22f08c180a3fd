"""`mockocr golden`: every subcommand on a folder of goldens."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from mockocr import samples
from mockocr.cli import main
from mockocr.core.engine import ReadOptions
from mockocr.core.recognition import Recognition
from mockocr.recognition.recordings import Folder, Variant
from mockocr.recognition.recordings.document import options_label
from mockocr.recognition.recordings.replay import record
from tests.recognitions import HELLO, NOTHING, TURNED
from tests.recordings.pictures import sample

DIGEST = sample().digest


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Two goldens: hello.png and an empty page."""
    made = Folder(tmp_path / "goldens")
    record(made, sample(), Variant(HELLO, ReadOptions()), name="hello.png")
    record(made, sample("blank.png"), Variant(NOTHING), name="blank.png")
    return made


def golden(folder: Folder, *arguments: str, **extra: str) -> Result:
    command = ["golden", "--golden", str(folder.path), *arguments]
    return CliRunner().invoke(main, command, env={"EDITOR": "false", **extra})


def text(folder: Folder, digest: str = DIGEST) -> str:
    found = folder.find(digest)
    assert found is not None
    return found.variants[0].recognition.text


def test_the_list_names_every_golden_in_a_line(folder: Folder) -> None:
    done = golden(folder, "list")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    (hello,) = [line for line in lines if line.startswith(DIGEST[:12])]
    assert "640x240" in hello
    assert "page: scripted" in hello
    assert hello.endswith("hello.png  发票 Invoice 2026 / 合计:1280.50")


def test_the_list_as_json_holds_digests_and_texts(folder: Folder) -> None:
    rows = json.loads(golden(folder, "list", "--json").stdout)
    assert {row["name"]: row["readings"][0]["text"] for row in rows} == {
        "hello.png": HELLO.text,
        "blank.png": "",
    }
    assert {row["digest"] for row in rows} == set(folder.digests())


@pytest.mark.parametrize("asked", [("list",), ("show", "hello.png"), ("prune", "--damaged")])
def test_a_missing_folder_is_named(tmp_path: Path, asked: tuple[str, ...]) -> None:
    done = golden(Folder(tmp_path / "nowhere"), *asked)
    assert done.exit_code == 1
    assert done.stderr == f"Error: there is no folder {tmp_path / 'nowhere'}\n"


def test_a_damaged_golden_is_listed_as_damaged(folder: Folder) -> None:
    folder.file(DIGEST).write_text("{")
    done = golden(folder, "list")
    assert done.exit_code == 1
    assert "is not JSON" in done.stderr
    assert "blank.png" in done.stdout


@pytest.mark.parametrize("name", [DIGEST[:8], "hello.png", str(samples.folder() / "exif.jpg")])
def test_a_golden_is_found_by_digest_name_or_picture(folder: Folder, name: str) -> None:
    record(folder, sample("exif.jpg"), Variant(HELLO, ReadOptions()))
    done = golden(folder, "show", name)
    assert done.exit_code == 0, done.output
    assert "read with (page) by scripted:" in done.stdout
    assert "0.99 401x41+20+30  发票 Invoice 2026" in done.stdout


def test_a_missing_golden_is_reported(folder: Folder) -> None:
    done = golden(folder, "show", "nothing.png")
    assert done.exit_code == 1
    assert "holds no golden of nothing.png" in done.output
    assert golden(folder, "show", "").exit_code == 1


def test_the_lines_are_drawn_on_the_kept_or_named_picture(folder: Folder, tmp_path: Path) -> None:
    drawn = tmp_path / "drawn.png"
    done = golden(folder, "show", "hello.png", "--draw", str(drawn))
    assert done.exit_code == 1
    assert "name its file with --picture" in done.output
    file = str(samples.folder() / "hello.png")
    assert golden(folder, "show", "hello.png", "--draw", str(drawn), "--picture", file).output
    picture = Image.open(io.BytesIO(drawn.read_bytes()))
    assert picture.size == (640, 240)
    assert picture.getpixel((300, 30)) == (0xE0, 0x33, 0x2B)
    drawn.unlink()
    folder.keep_picture(sample())
    assert golden(folder, "show", DIGEST, "--draw", str(drawn)).exit_code == 0
    assert drawn.is_file()


def test_lines_are_not_drawn_on_another_picture(folder: Folder, tmp_path: Path) -> None:
    file = str(samples.folder() / "page.png")
    done = golden(folder, "show", DIGEST, "--draw", str(tmp_path / "x"), "--picture", file)
    assert done.exit_code == 1
    assert "is another picture than the golden's" in done.output


def test_one_line_is_changed_without_an_editor(folder: Folder) -> None:
    done = golden(folder, "edit", "hello.png", "--line", "2", "--text", "合计:99.00")
    assert done.exit_code == 0, done.output
    assert text(folder) == "发票 Invoice 2026\n合计:99.00"
    golden(folder, "edit", "hello.png", "--line", "1", "--text", "", "--name", "bill")
    assert text(folder) == "合计:99.00"
    assert golden(folder, "edit", "bill", "--line", "3", "--text", "x").exit_code == 1
    assert golden(folder, "edit", "bill", "--line", "3").exit_code == 2


def test_the_editor_changes_a_golden(folder: Folder, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/发票 Invoice 2026/发票 2027/" "$1"\n')
    editor.chmod(0o755)
    # click reads the file again only if its time changed by a second
    done = golden(folder, "edit", "hello.png", EDITOR=str(editor))
    assert done.exit_code == 0, done.output
    assert text(folder).startswith("发票 2027\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('echo "{" > "$1"', "is not JSON"),
        (f'sed -i "s/{DIGEST}/{"0" * 64}/" "$1"', "the digest belongs to the picture"),
        ("true", "nothing changed"),
    ],
)
def test_an_invalid_edit_is_not_saved(
    folder: Folder, tmp_path: Path, line: str, message: str
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\n{line}\n")
    editor.chmod(0o755)
    before = folder.file(DIGEST).read_bytes()
    done = golden(folder, "edit", "hello.png", EDITOR=str(editor))
    assert done.exit_code == 1
    assert message in done.output
    assert folder.file(DIGEST).read_bytes() == before


def test_prune_only_prints_without_yes(folder: Folder) -> None:
    wanted = str(samples.folder() / "hello.png")
    done = golden(folder, "prune", "--except", wanted)
    assert "1 would be removed" in done.stdout
    assert len(folder.digests()) == 2
    done = golden(folder, "prune", "--except", wanted, "--yes")
    assert "1 removed" in done.stdout
    assert folder.digests() == [DIGEST]
    assert golden(folder, "prune").exit_code == 2


def test_prune_removes_results_of_other_engines_and_damaged_goldens(folder: Folder) -> None:
    by_hand = Variant(TURNED, ReadOptions(turn=True))
    record(folder, sample(), Variant(Recognition(HELLO.lines, 0.0, "old 1.0"), ReadOptions()))
    record(folder, sample(), by_hand)
    folder.file("0" * 64).write_text("{")
    golden(folder, "prune", "--not-by", "scripted", "--yes")
    found = folder.find(DIGEST)
    assert found is not None
    assert [options_label(variant.options) for variant in found.variants] == ["page, turn"]
    assert len(folder.digests()) == 3
    golden(folder, "prune", "--damaged", "--yes")
    assert len(folder.digests()) == 2


def test_pictures_are_recorded_from_files_and_folders(folder: Folder, tmp_path: Path) -> None:
    album = tmp_path / "album"
    album.mkdir()
    shutil.copy(samples.folder() / "page.png", album)
    (album / "notes.txt").write_text("not a picture")
    done = golden(folder, "record", "--engine", "scripted", "--any", str(album), "--keep-pictures")
    assert done.exit_code == 0, done.output
    found = folder.find(sample("page.png").digest)
    assert found is not None
    assert (found.name, found.variants[0].options) == ("page.png", None)
    assert folder.picture(found.digest).is_file()


def test_each_read_option_has_a_flag(folder: Folder) -> None:
    flags = ("--turn", "--handwriting", "--line", "--rules", "--colors")
    page = str(samples.folder() / "page.png")
    assert golden(folder, "record", "--engine", "scripted", *flags, page).exit_code == 0
    found = folder.find(sample("page.png").digest)
    assert found is not None
    assert ReadOptions(True, True, "line", True, True) in [v.options for v in found.variants]


def test_a_file_that_is_not_a_picture_is_reported_and_the_others_are_recorded(
    folder: Folder, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_text("not a picture")
    page = str(samples.folder() / "page.png")
    done = golden(folder, "record", "--engine", "scripted", str(tmp_path / "a.png"), page)
    assert done.exit_code == 1
    assert "a.png:" in done.stderr
    assert len(folder.digests()) == 3


def test_the_folder_comes_from_the_settings_too(folder: Folder, tmp_path: Path) -> None:
    variable = {"MOCKOCR_GOLDEN": str(folder.path)}
    assert len(CliRunner().invoke(main, ["golden", "list"], env=variable).stdout.split("\n")) == 3
    done = CliRunner().invoke(main, ["golden", "list"], env={"MOCKOCR_GOLDEN": None})
    assert done.exit_code == 2
    assert "--golden DIR" in done.output


@pytest.mark.slow
def test_serve_replays_without_any_tesseract(folder: Folder) -> None:
    """With no command on the path and no tesserocr to import, the server starts."""
    blocked = "import sys; sys.modules['tesserocr'] = sys.modules['pytesseract'] = None\n"
    program = f"{blocked}from mockocr.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--golden", str(folder.path), "--golden-mode", "replay"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PATH": "/nowhere", "TESSDATA_PREFIX": "/nowhere"},
    )
    try:
        assert process.stdout is not None
        assert " ready on http://" in process.stdout.readline()
    finally:
        process.kill()
        process.communicate()


def test_serve_refuses_to_replay_from_a_missing_folder(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["serve", "--golden", str(tmp_path / "none"), "--golden-mode", "replay"]
    )
    assert done.exit_code == 2
    assert done.stderr.startswith("mockocr: --golden: ")
    assert done.stderr.count("\n") == 1
