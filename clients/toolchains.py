"""Installs the clients of each language and builds its programs; never installs its tools."""

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
MAX_ERROR = 600
"""How many characters of a tool's error are shown."""


class ToolchainMissingError(Exception):
    """A tool of the language is not installed; the text names it and says what to type."""


class ToolchainSetupError(Exception):
    """The clients could not be installed or built; the text is the tool's error."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What a language needs: `tools`, and the Debian packages that contain them.

    `commands` install the clients. They run again only if one of `manifests` changes.
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
    "php": Toolchain(("php",), "php-cli php-curl php-guzzlehttp-guzzle"),
    "csharp": Toolchain(
        ("mono", "mcs"),
        "mono-mcs libmono-system-net-http4.0-cil",
        ("*.cs",),
        (
            ("mkdir", "-p", "bin"),
            ("mcs", "-r:System.Net.Http", "-out:bin/Tencent.exe", "Tencent.cs"),
        ),
    ),
    "curl": Toolchain(("curl", "openssl", "base64"), "curl openssl"),
}


def prepare(language: str) -> None:
    """Install and build what the language's programs need. Raises `ToolchainMissingError` or
    `ToolchainSetupError`.
    """
    toolchain = TOOLCHAINS[language]
    missing = [tool for tool in toolchain.tools if shutil.which(tool) is None]
    if missing:
        raise ToolchainMissingError(
            f"missing: {', '.join(missing)}; type: apt-get install {toolchain.debian}"
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
    """The command that starts the program, to be run in its language's folder."""
    folder, source = FOLDER / program.language, program.path
    starts: Mapping[str, Sequence[str]] = {
        "python": (".venv/bin/python", program.source),
        "node": ("node", program.source),
        "go": (f"bin/{source.parent.name}",),
        "curl": ("sh", program.source),
        "php": ("php", program.source),
        "csharp": ("mono", f"bin/{source.stem}.exe"),
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
        raise ToolchainSetupError(f"{command[0]} timed out after {PREPARE_SECONDS} s") from None
    if done.returncode:
        errors = _error_lines(done.stdout + done.stderr)
        message = f"{' '.join(command[:3])} failed: {' | '.join(errors)}"
        raise ToolchainSetupError(message[:MAX_ERROR])


def _error_lines(printed: str) -> list[str]:
    """The lines that mention an error, or else the last ones; without colours."""
    lines = re.sub(r"\x1b\[[\d;]*m", "", printed).strip().splitlines()
    errors = [line for line in lines if re.search("error|fail", line, re.IGNORECASE)]
    return errors[:3] or lines[-3:] or ["no output"]


def _state(folder: Path, manifests: Sequence[str]) -> str:
    """A digest of the folder, the interpreter and the manifests."""
    digest = hashlib.sha256(f"{folder} {sys.version}".encode())
    for pattern in manifests:
        for path in sorted(folder.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
