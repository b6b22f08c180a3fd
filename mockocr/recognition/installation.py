"""Finds out which Tesseracts there are, with which languages, and what to type for the rest."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec

LANGUAGES = ("chi_sim", "eng")
"""What both engines read at once."""

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng"

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)


class EngineUnavailableError(Exception):
    """Nothing here can read; the message is one sentence that ends in what to type."""


class Probe(msgspec.Struct, frozen=True):
    """What is installed. `command` and `module` are the versions of the Tesseract behind the
    command line and inside tesserocr, empty where there is none. `tessdata` is the folder of
    language data that will be used, `languages` what it holds. `missing` has one sentence for
    every thing that hinders reading; empty when all is there.
    """

    command: str = ""
    module: str = ""
    tessdata: Path | None = None
    languages: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def engines(self) -> tuple[str, ...]:
        """The Tesseract engines that can work, the best first."""
        if self.tessdata is None or not set(LANGUAGES) <= set(self.languages):
            return ()
        found = (("tesserocr", self.module), ("tesseract", self.command))
        return tuple(name for name, version in found if version)


def probe() -> Probe:
    """Look at this machine: no picture is read, the command is run once for its version."""
    tessdata = find_tessdata()
    languages = languages_in(tessdata) if tessdata else ()
    command, module = command_version(), module_version()
    missing = []
    if not command and not module:
        missing.append(f"neither Tesseract nor tesserocr is installed; type: {INSTALL}")
    absent = [name for name in LANGUAGES if name not in languages]
    if absent:
        where = f"in {tessdata}" if tessdata else "anywhere"
        packages = " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in absent)
        missing.append(
            f"no language data for {' and '.join(absent)} {where}; type: apt-get install {packages}"
        )
    return Probe(command, module, tessdata, languages, tuple(missing))


def find_tessdata(folders: Sequence[str | Path] = _FOLDERS) -> Path | None:
    """The folder that holds every language of ours, else the first that holds any; None without
    one. `TESSDATA_PREFIX` goes first.
    """
    named = os.environ.get("TESSDATA_PREFIX")
    candidates = [Path(p) for p in folders]
    if named:
        candidates[:0] = [Path(named), Path(named) / "tessdata"]
    filled = [path for path in candidates if languages_in(path)]
    for path in filled:
        if set(LANGUAGES) <= set(languages_in(path)):
            return path
    return filled[0] if filled else None


def languages_in(folder: Path) -> tuple[str, ...]:
    """The languages whose data the folder holds; nothing when it cannot be read."""
    try:
        return tuple(sorted(p.stem for p in folder.glob("*.traineddata")))
    except OSError:
        return ()


def command_version() -> str:
    """The version of the `tesseract` command, empty without one that runs."""
    command = shutil.which("tesseract")
    if command is None:
        return ""
    try:
        done = subprocess.run(
            [command, "--version"], capture_output=True, timeout=10, check=False, text=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    words = (done.stdout or done.stderr).split()
    return words[1] if done.returncode == 0 and len(words) > 1 else ""


def module_version() -> str:
    """The version of the Tesseract inside tesserocr, empty without a tesserocr that loads."""
    if importlib.util.find_spec("tesserocr") is None:
        return ""
    try:
        import tesserocr
    except ImportError:
        return ""
    words = str(tesserocr.tesseract_version()).split()
    return words[1] if len(words) > 1 else ""
