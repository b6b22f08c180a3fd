"""Runs the test of a kit's README as its reader does: from an empty folder, command by command.

python kits/empty_folder.py go|node|java
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

KITS = Path(__file__).resolve().parent
_BLOCK = re.compile(r"```\w+\n(?://|<!--) (?P<path>\S+)(?: -->)?\n(?P<text>.*?)```", re.DOTALL)
"""A block of code that begins with the name of its file."""


def section(kit: str) -> str:
    """The part of the README below "From an empty folder"."""
    page = (KITS / kit / "README.md").read_text("utf-8")
    return page.partition("\n## From an empty folder\n")[2].partition("\n## ")[0]


def commands(text: str) -> str:
    """The one block of shell commands."""
    (block,) = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return str(block)


def files(text: str) -> dict[str, str]:
    """Path → text of each file that the section shows."""
    return {match["path"]: match["text"] for match in _BLOCK.finditer(text)}


def run(kit: str, folder: Path) -> int:
    """Write the files into `folder`, run the commands there, and return their exit status."""
    text = section(kit)
    for path, code in files(text).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code, "utf-8")
    environment = {**os.environ, "MOCKOCR": str(KITS.parent)}
    shell = ["sh", "-eux", "-c", commands(text)]
    return subprocess.run(shell, cwd=folder, env=environment).returncode


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(run(sys.argv[1], Path(temporary)))
