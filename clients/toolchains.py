"""Makes each language's programs ready to run: its tools are asked for, never installed."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clients.programs import FOLDER, Program

PREPARE_SECONDS = 900
SAID = 600
"""So many characters of a tool's complaint are shown."""


class ToolchainMissingError(Exception):
    """A tool of the language is not installed here; the text names it and what to type."""


class ToolchainSetupError(Exception):
    """The clients could not be fetched or built; the text is the tool's last word."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What a language needs. `debian` are the packages that bring the tools.

    `manifests` are the files that decide what is fetched; while they are unchanged, `commands` are
    not run again.
    """

    tools: tuple[str, ...]
    debian: str
    manifests: tuple[str, ...] = ()
    commands: tuple[tuple[str, ...], ...] = ()


TOOLCHAINS: Mapping[str, Toolchain] = {
    "python": Toolchain(
        (),
        "python3-venv",
        ("requirements.txt",),
        (
            (sys.executable, "-m", "venv", "--clear", ".venv"),
            (
                ".venv/bin/python",
                *("-m", "pip", "--disable-pip-version-check", "-q", "install"),
                *("-r", "requirements.txt"),
            ),
        ),
    ),
    "node": Toolchain(
        ("node", "npm"),
        "nodejs npm",
        ("package.json", "package-lock.json"),
        (("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),),
    ),
    "java": Toolchain(
        ("java", "mvn"),
        "default-jdk-headless maven",
        ("pom.xml", "src/main/java/*.java"),
        (
            (
                *("mvn", "-q", "-B", "compile", "dependency:build-classpath"),
                "-Dmdep.outputFile=target/classpath",
            ),
        ),
    ),
    "go": Toolchain(
        ("go",),
        "golang",
        ("go.mod", "go.sum", "*/*.go"),
        (("go", "build", "-o", "bin/", "./..."),),
    ),
    "curl": Toolchain(("curl", "openssl", "base64"), "curl openssl"),
}


def prepare(language: str) -> None:
    """Fetch and build what the language's programs need; `ToolchainMissingError` or `ToolchainSetupError` when that fails."""
    toolchain = TOOLCHAINS[language]
    missing = [tool for tool in toolchain.tools if shutil.which(tool) is None]
    if missing:
        raise ToolchainMissingError(
            f"no {' and no '.join(missing)}; type: apt-get install {toolchain.debian}"
        )
    folder = FOLDER / language
    mark, state = folder / ".ready", _state(folder, toolchain.manifests)
    if mark.is_file() and mark.read_text() == state:
        return
    for command in toolchain.commands:
        _run(folder, command)
    if toolchain.commands:
        mark.write_text(state)


def command(program: Program) -> list[str]:
    """How to start the program, from its language's folder."""
    folder, source = FOLDER / program.language, program.path
    starts: Mapping[str, Sequence[str]] = {
        "python": (".venv/bin/python", program.source),
        "node": ("node", program.source),
        "go": (f"bin/{source.parent.name}",),
        "curl": ("sh", program.source),
    }
    if program.language != "java":
        return [*starts[program.language], *program.arguments]
    paths = (folder / "target/classpath").read_text().strip()
    return ["java", "-cp", f"target/classes{os.pathsep}{paths}", source.stem, *program.arguments]


def _run(folder: Path, command: Sequence[str]) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PREPARE_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise ToolchainSetupError(f"{command[0]} was not done after {PREPARE_SECONDS} s") from None
    if done.returncode:
        said = _plain(done.stdout + done.stderr)
        raise ToolchainSetupError(f"{' '.join(command[:3])} said: {' | '.join(said)}"[:SAID])


def _plain(printed: str) -> list[str]:
    """The lines that speak of an error, or the last ones when none does; without colours."""
    lines = re.sub(r"\x1b\[[\d;]*m", "", printed).strip().splitlines()
    telling = [line for line in lines if re.search("error|fail", line, re.IGNORECASE)]
    return telling[:3] or lines[-3:] or ["nothing"]


def _state(folder: Path, manifests: Sequence[str]) -> str:
    """Changes with the place, the interpreter and every file that decides what is fetched."""
    digest = hashlib.sha256(f"{folder} {sys.version}".encode())
    for pattern in manifests:
        for path in sorted(folder.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
