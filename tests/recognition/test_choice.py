"""Engines are chosen by name, and what is missing is said in one sentence."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image as Pillow

from mockocr.core.engine import ReadOptions
from mockocr.core.errors import ApiError, ErrorKind
from mockocr.core.recognition import Quad, Recognition, line_of_text
from mockocr.recognition import engines, installation
from mockocr.recognition.engines import combined
from mockocr.recognition.engines.scripted import Scripted
from mockocr.recognition.fingerprint import REVISION, fingerprint
from tests.recognition.reading import image_of

IMAGE = image_of(Pillow.new("RGB", (4, 4), "white"))


def language_data(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / f"{name}.traineddata").touch()
    return folder


def test_the_folder_with_all_languages_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    some = language_data(tmp_path / "some", "eng")
    every = language_data(tmp_path / "all", "eng", "chi_sim", "osd")
    assert installation.find_tessdata([tmp_path / "none", some, every]) == every
    assert installation.find_tessdata([tmp_path / "none", some]) == some
    assert installation.find_tessdata([tmp_path / "none"]) is None


def test_the_folder_that_the_environment_names_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = language_data(tmp_path / "named", "eng", "chi_sim")
    other = language_data(tmp_path / "other", "eng", "chi_sim")
    monkeypatch.setenv("TESSDATA_PREFIX", str(named))
    assert installation.find_tessdata([other]) == named


def test_missing_languages_are_named_with_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = language_data(tmp_path / "tessdata", "eng")
    monkeypatch.setattr(installation, "find_tessdata", lambda: folder)
    probe = installation.probe()
    assert probe.engines == ()
    assert any("apt-get install tesseract-ocr-chi-sim" in text for text in probe.missing)


def test_without_any_tesseract_auto_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "models_version", lambda: "")
    monkeypatch.setattr(installation, "command_version", lambda: "")
    monkeypatch.setattr(installation, "module_version", lambda: "")
    with pytest.raises(engines.EngineUnavailableError, match="apt-get install tesseract-ocr"):
        engines.choose("auto")


def test_auto_takes_the_command_where_the_module_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = language_data(tmp_path / "tessdata", "eng", "chi_sim")
    monkeypatch.setattr(installation, "find_tessdata", lambda: folder)
    monkeypatch.setattr(installation, "command_version", lambda: "5.3.0")
    monkeypatch.setattr(installation, "module_version", lambda: "")
    assert installation.probe().engines == ("tesseract",)


@pytest.mark.parametrize(
    ("tesseracts", "models", "name"),
    [
        (("tesserocr", "tesseract"), "3.10.0", "tesserocr {} + rapidocr 3.10.0"),
        (("tesseract",), "3.10.0", "tesseract {} + rapidocr 3.10.0"),
        (("tesserocr", "tesseract"), "", "tesserocr {}"),
        (("tesseract",), "", "tesseract {}"),
    ],
)
@pytest.mark.tesseract
def test_auto_is_the_best_reader_of_what_is_installed(
    tesseracts: tuple[str, ...], models: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = installation.probe()
    versions = {"tesserocr": here.module, "tesseract": here.command}
    languages = "chi_sim", "eng"
    found = installation.Probe(
        here.command if "tesseract" in tesseracts else "",
        here.module if "tesserocr" in tesseracts else "",
        here.tessdata,
        languages,
    )
    monkeypatch.setattr(engines, "probe", lambda: found)
    monkeypatch.setattr(engines, "models_version", lambda: models)
    monkeypatch.setattr(combined, "models_version", lambda: models)
    chosen = engines.choose("auto")
    chosen.close()
    wanted = name.format(versions[tesseracts[0]])
    assert chosen.name == fingerprint(*wanted.split(" + "))


def test_auto_is_the_models_alone_where_there_is_no_tesseract(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("rapidocr", reason="the extra `models` is not installed")
    monkeypatch.setattr(engines, "probe", installation.Probe)
    chosen = engines.choose("auto")
    chosen.close()
    assert chosen.name.startswith("rapidocr ")


def test_the_fingerprint_names_every_engine_and_the_revision_of_the_reader() -> None:
    assert fingerprint("a 1", "b 2") == f"a 1 + b 2, reader {REVISION}"


def test_a_command_that_does_not_run_has_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tesseract").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installation.command_version() == ""
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert installation.command_version() == ""


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        engines.EngineUnavailableError, match="tesserocr, tesseract, rapidocr, scripted"
    ):
        engines.choose("paddle")


@pytest.mark.tesseract
def test_the_probe_sees_what_is_here() -> None:
    probe = engines.probe()
    assert probe.missing == ()
    assert probe.engines[0] == "tesserocr"
    assert {"chi_sim", "eng"} <= set(probe.languages)


@pytest.mark.tesseract
@pytest.mark.parametrize("name", ["tesserocr", "tesseract"])
def test_broken_language_data_is_a_failure_of_the_engine(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = language_data(tmp_path / "tessdata", "chi_sim", "eng")
    monkeypatch.setenv("TESSDATA_PREFIX", str(folder))
    engine = engines.choose(name)
    picture = Pillow.new("RGB", (60, 40), "white")
    picture.paste((0, 0, 0), (10, 10, 40, 30))
    with pytest.raises(ApiError) as error:
        asyncio.run(engine.recognize(image_of(picture), ReadOptions()))
    engine.close()
    assert error.value.reason is ErrorKind.ENGINE_FAILED


def test_a_script_is_answered_in_turn_and_its_last_line_stays() -> None:
    one = Recognition((line_of_text("一", Quad.upright(0, 0, 1, 1)),))
    two = Recognition((line_of_text("二", Quad.upright(0, 0, 1, 1)),))
    engine = Scripted([one, two])

    async def main() -> list[str]:
        return [(await engine.recognize(IMAGE, ReadOptions())).text for _ in range(3)]

    assert asyncio.run(main()) == ["一", "二", "二"]
    assert [options for _, options in engine.seen] == [ReadOptions()] * 3


def test_a_script_without_lines_reads_nothing() -> None:
    engine = engines.choose("scripted")
    assert asyncio.run(engine.recognize(IMAGE, ReadOptions())).lines == ()
    engine.close()


def test_a_script_can_refuse() -> None:
    engine = Scripted(ApiError(ErrorKind.BUSY, "scripted"))
    with pytest.raises(ApiError):
        asyncio.run(engine.recognize(IMAGE, ReadOptions()))
